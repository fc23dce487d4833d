import { Button } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { browserClock } from '../../bridge/browser-clock'
import { useBridge, useLink, useTopic } from '../../bridge/react'
import { Kbd } from '../../ui/kbd'
import { Lamp, type LampTone } from '../../ui/lamp'
import { formatTime } from '../../ui/time-format'
import { keysOf } from '../keyboard/keys'

/**
 * What is wrong with the whole seat, in one line above the work: lost from the program, without the centre, or not accepted by the centre. Only
 * the gravest is shown; each says since when, what still works, what does not, and what to do.
 */
export function Banners({ onOpenOutbox, onRenew }: { onOpenOutbox?(): void; onRenew?(): void }) {
  const link = useLink()
  const connection = useTopic('connection.changed')
  const session = useTopic('session.changed')
  if (link === 'closed') return <CutBanner />
  if (connection?.state === 'offline') return <OfflineBanner since={connection.since} onOpenOutbox={onOpenOutbox} />
  if (session?.needsSignIn) return <RenewBanner isOfflineSignIn={session.admittedBy === 'offline'} onRenew={onRenew} />
  return null
}

function RenewBanner({ isOfflineSignIn, onRenew }: { readonly isOfflineSignIn: boolean; readonly onRenew: (() => void) | undefined }) {
  return (
    <Banner
      tone="amber"
      title={isOfflineSignIn ? '离线时签入，中心还没有核准' : '中心不再认可这次签入'}
      text="输一次口令即可。在此之前记录照常填写，存本机排队；须中心在线的操作不能做。"
    >
      {onRenew && (
        <Button size="small" type="primary" onClick={onRenew}>
          重新签入
        </Button>
      )}
    </Banner>
  )
}

function OfflineBanner({ since, onOpenOutbox }: { readonly since: number; readonly onOpenOutbox?: (() => void) | undefined }) {
  const { call } = useBridge()
  const outbox = useTopic('outbox.changed')
  const waiting = (outbox?.waiting ?? 0) + (outbox?.parked ?? 0)
  return (
    <Banner
      tone="amber"
      title={`中心离线，自 ${formatTime(since)} 起`}
      text="日志等记录照常填写，存本机，恢复后自动送达；账号、坐席管理等须中心在线的操作暂不能做。"
    >
      {onOpenOutbox && (
        <Button size="small" onClick={onOpenOutbox}>
          待发送 {waiting} <Kbd>{keysOf('outbox.open')}</Kbd>
        </Button>
      )}
      <Button size="small" onClick={() => void call('connection.retry', {})}>
        重试
      </Button>
    </Banner>
  )
}

function CutBanner() {
  const [since, setSince] = useState<number>()
  useEffect(() => setSince(browserClock.now()), [])
  return (
    <Banner
      tone="red"
      title={`本窗口与本机程序断开${since === undefined ? '' : `，自 ${formatTime(since)} 起`}`}
      text="正在自动重连。屏幕停在断开时的样子；此后输入的文字只在窗口里，请不要关窗，接上后自动存下。"
    />
  )
}

function Banner({
  tone,
  title,
  text,
  children,
}: {
  readonly tone: LampTone
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  return (
    <div className={`banner banner-${tone}`} role="alert">
      <Lamp tone={tone} label="" />
      <b>{title}</b>
      <span className="banner-text" title={text}>
        {text}
      </span>
      <span className="spring" />
      {children}
    </div>
  )
}
