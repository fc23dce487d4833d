import type { ReactNode } from 'react'
import { roles } from '#shared/domain/account/role'
import { useDraftSavedAt, useLink, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { Lamp, type LampTone } from '../../ui/lamp'
import { formatClock, formatDate, formatLength, formatTime, formatTimeWithSeconds, formatWeekday } from '../../ui/time-format'
import { Icon } from '../icons'
import type { PanelId } from './frame-context'

/** The line at the bottom, 24 px. Each item opens what is behind it; before sign-in only what anybody may see is there. */
export function StatusBar({ onOpen }: { readonly onOpen?: ((panel: PanelId) => void) | undefined }) {
  const session = useTopic('session.changed')
  const app = useQuery('app.describe', {}).value
  return (
    <footer className="status-bar">
      {onOpen && <OutboxItem onOpen={() => onOpen('outbox')} />}
      {onOpen && <DraftItem />}
      {session?.agent && <ShiftItems />}
      <span className="spring" />
      {!session?.agent && <Item>坐席 {session?.seatNo ?? '—'} 未签入</Item>}
      <ConnectionItem onOpen={onOpen && (() => onOpen('connection'))} />
      {onOpen && <NoticesItem onOpen={() => onOpen('notices')} />}
      <Item title="本机状态" onClick={onOpen && (() => onOpen('diagnostics'))}>
        v{app?.version ?? '—'}
      </Item>
      <ClockItem />
    </footer>
  )
}

function Item({
  children,
  title,
  onClick,
}: {
  readonly children: ReactNode
  readonly title?: string
  readonly onClick?: (() => void) | undefined
}) {
  if (!onClick) {
    return (
      <span className="status-item" title={title}>
        {children}
      </span>
    )
  }
  return (
    <button type="button" className="status-item" title={title} onClick={onClick}>
      {children}
    </button>
  )
}

function OutboxItem({ onOpen }: { onOpen(): void }) {
  const outbox = useTopic('outbox.changed')
  const total = (outbox?.waiting ?? 0) + (outbox?.parked ?? 0)
  return (
    <Item title="待发送的记录　Ctrl+B" onClick={onOpen}>
      {total > 0 && <Lamp tone={outbox && outbox.parked > 0 ? 'red' : 'late'} label="" />}
      待发送 <b>{total}</b>
      {outbox && outbox.parked > 0 && <span className="overrun">（{outbox.parked} 条未被接受）</span>}
    </Item>
  )
}

function DraftItem() {
  const savedAt = useDraftSavedAt()
  const offsetMs = useTopic('connection.changed')?.clockOffsetMs ?? 0
  if (savedAt === undefined) return null
  return (
    <Item title="正在输入的文字由本机程序保存">
      草稿已存 <b>{formatTimeWithSeconds(savedAt + offsetMs)}</b>
    </Item>
  )
}

/** From this far before the handover the countdown shows seconds. */
const closeMs = 60 * 60_000

function ShiftItems() {
  const session = useTopic('session.changed')
  const now = useNow(1000)
  const { agent, shift } = session ?? {}
  if (!agent) return null
  if (!shift) {
    return (
      <Item>
        <span>
          本班 <b>{agent.name}</b>（{roles[agent.role]}）不在班次内
        </span>
      </Item>
    )
  }
  const left = shift.endsAt - now
  return (
    <>
      <Item>
        <span>
          本班 <b>{agent.name}</b>（{roles[agent.role]}）{shift.name} {formatTime(shift.startsAt)}–{formatTime(shift.endsAt)}
        </span>
      </Item>
      <Item title={`${formatDate(shift.endsAt)} ${formatTime(shift.endsAt)} 交接`}>
        {left < 0 ? (
          <>
            <Lamp tone="red" label="" />
            已过交接 <b className="overrun">{formatLength(-left)}</b>
          </>
        ) : (
          <>
            距交接 <b>{left < closeMs ? formatClock(left) : formatLength(left)}</b>
          </>
        )}
      </Item>
    </>
  )
}

function ConnectionItem({ onOpen }: { readonly onOpen?: (() => void) | undefined }) {
  const connection = useTopic('connection.changed')
  const link = useLink()
  const [tone, words] = connectionWords(connection, link === 'closed')
  return (
    <Item title={connection?.reason ?? '与中心的连接'} onClick={onOpen}>
      <Lamp tone={tone} label="" />
      {words}
    </Item>
  )
}

function connectionWords(connection: ReturnType<typeof useTopic<'connection.changed'>>, isCut: boolean): readonly [LampTone, string] {
  if (isCut) return ['lost', '与本机程序断开']
  if (!connection) return ['none', '尚未得知连接']
  const since = formatTime(connection.since)
  if (connection.state === 'offline') return ['red', `中心离线，自 ${since} 起`]
  if (connection.state === 'connecting') return ['amber', `正在连接中心，自 ${since} 起`]
  const latency = connection.roundTripMs === null ? '' : ` ${connection.roundTripMs} 毫秒`
  return ['green', `中心已连接${latency}，自 ${since} 起`]
}

function NoticesItem({ onOpen }: { onOpen(): void }) {
  const notices = useTopic('notices.changed')?.notices ?? []
  const worst = notices.some((notice) => notice.level === 'error')
    ? 'red'
    : notices.some((notice) => notice.level === 'warning')
      ? 'amber'
      : null
  return (
    <Item title="通知" onClick={onOpen}>
      <Icon name="bell" size={14} />
      通知 <b>{notices.length}</b>
      {worst && <Lamp tone={worst} label={worst === 'red' ? '有出错' : '有须注意'} />}
    </Item>
  )
}

function ClockItem() {
  const now = useNow(1000)
  return (
    <Item title="北京时间，按中心时钟">
      <b>
        {formatDate(now)} {formatWeekday(now).replace('星期', '周')} {formatTimeWithSeconds(now)}
      </b>
    </Item>
  )
}
