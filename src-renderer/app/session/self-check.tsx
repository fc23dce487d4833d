import type { ReactNode } from 'react'
import type { ConnectionView } from '#shared/contracts/seat-api/views'
import { useLink, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { Lamp, type LampTone } from '../../ui/lamp'
import { formatLength, formatMoment, formatOffset } from '../../ui/time-format'
import { Icon, type IconName } from '../icons'

interface Check {
  readonly icon: IconName
  readonly name: string
  readonly tone: LampTone
  readonly words: string
  readonly fact: ReactNode
  readonly at: number | null
}

/** What this PC can do at this moment, said only where it was really tried. Telephone checks join with the telephone. */
export function SelfCheck() {
  const checks = useChecks()
  const now = useNow(1000)
  const bad = checks.filter((check) => check.tone !== 'green').length
  return (
    <section aria-label="本机检测">
      <div className="plate-title">
        <h1>本机检测</h1>
        <span>
          {checks.length} 项，<b>{checks.length - bad}</b> 项正常
          {bad > 0 && (
            <>
              ，<b className="overrun">{bad}</b> 项要留意
            </>
          )}
        </span>
      </div>
      <p className="plate-lead">随时自动检测，结果是此刻的</p>
      <ul className="checks">
        {checks.map((check) => (
          <li key={check.name} className={check.tone === 'red' ? 'check check-bad' : 'check'}>
            <Icon name={check.icon} />
            <b className="check-name">{check.name}</b>
            <span className="check-state">
              <Lamp tone={check.tone} label="" />
              {check.words}
            </span>
            <span className="check-fact">{check.fact}</span>
            <span className="check-at">{check.at === null ? '' : formatMoment(check.at, now)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function useChecks(): readonly Check[] {
  const connection = useTopic('connection.changed')
  const settings = useTopic('settings.changed')
  const link = useLink()
  const now = useNow(1000)
  const isLinked = link === 'open'
  const store: Check = {
    icon: 'store',
    name: '本机数据',
    at: null,
    ...(isLinked && settings
      ? { tone: 'green', words: '可读', fact: '设置、草稿和待发送的记录在本机' }
      : { tone: 'red', words: '读不到', fact: '本窗口与本机程序断开，正在自动重连' }),
  }
  return [centreCheck(connection, now), clockCheck(connection), store]
}

function centreCheck(connection: ConnectionView | undefined, now: number): Check {
  const base = { icon: 'centre', name: '中心', at: connection?.lastHeardAt ?? null } as const
  if (!connection || connection.state === 'connecting')
    return { ...base, tone: 'amber', words: '连接中', fact: '正在连接，不必等待，可先填表' }
  if (connection.state === 'offline') {
    const since = `离线 ${formatLength(now - connection.since)}`
    return { ...base, tone: 'red', words: '离线', fact: connection.reason === null ? since : `${since}，${connection.reason}` }
  }
  return {
    ...base,
    tone: 'green',
    words: '正常',
    fact: connection.roundTripMs === null ? '已连接' : `已连接，往返 ${connection.roundTripMs} 毫秒`,
  }
}

/** Above two seconds people would notice on paper; records follow the centre's clock either way. */
const noticeableMs = 2000

function clockCheck(connection: ConnectionView | undefined): Check {
  const base = { icon: 'clock', name: '时钟差', at: connection?.lastHeardAt ?? null } as const
  const offset = connection?.clockOffsetMs ?? null
  if (offset === null) return { ...base, tone: 'none', words: '未知', fact: '连上中心后校对；此前按本机时钟' }
  const fact = `中心比本机 ${formatOffset(offset)}，记录按中心时间`
  return Math.abs(offset) < noticeableMs ? { ...base, tone: 'green', words: '正常', fact } : { ...base, tone: 'amber', words: '偏差', fact }
}
