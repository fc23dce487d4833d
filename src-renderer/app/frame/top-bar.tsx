import { memo, type ReactNode } from 'react'
import type { SessionView } from '#shared/contracts/seat-api/views'
import { roles } from '#shared/domain/account/role'
import { useLink, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { lineWords, soundWords } from '../../features/softphone/line-words'
import { Kbd } from '../../ui/kbd'
import { Lamp, type LampTone } from '../../ui/lamp'
import { formatClock, formatTime } from '../../ui/time-format'
import { Icon } from '../icons'
import { keysOf } from '../keyboard/keys'
import { useSeat } from './use-seat'

export interface TopBarProps {
  readonly corner: ReactNode
  onOpenCommandLine?(): void
  /** The telephone of a seat that has one; it takes the place of the session's state, and gets what stands there without a call. */
  readonly softphone?: ((idle: ReactNode) => ReactNode) | undefined
  onOpenLine?(): void
}

/** The bar on top, 48 px: the telephone, or who is here and since when, the command line, and the lamps. Without a session it says only that. */
export function TopBar({ corner, onOpenCommandLine, softphone, onOpenLine }: TopBarProps) {
  const session = useTopic('session.changed')
  const person = session?.agent && <PersonBlock session={session} />
  return (
    <header className="top-bar">
      <div className="corner">{corner}</div>
      {softphone ? (
        softphone(
          <>
            {person}
            <div className="top-middle">
              <CommandBox words="查找" onOpen={onOpenCommandLine} />
            </div>
          </>,
        )
      ) : (
        <>
          <StateBlock session={session} />
          {person}
          <div className="top-middle">
            {onOpenCommandLine ? (
              <CommandBox words="窗格、动作、小类、街道、社区、单位" onOpen={onOpenCommandLine} />
            ) : (
              <span className="secondary">{session?.agent ? '改过口令后开始工作' : '签入后开始工作'}</span>
            )}
          </div>
        </>
      )}
      <Lamps hasTelephone={session?.agent != null} onOpenLine={onOpenLine} />
    </header>
  )
}

const CommandBox = memo(({ words, onOpen }: { readonly words: string; readonly onOpen: (() => void) | undefined }) => {
  return (
    <button type="button" className="command-box" onClick={onOpen}>
      <Icon name="search" />
      <span>{words}</span>
      <Kbd framed>{keysOf('commandLine.open')}</Kbd>
    </button>
  )
})

const admissions = { central: '中心已核准', offline: '本机核准，中心离线', resumed: '重启后接续' } as const

function StateBlock({ session }: { readonly session: SessionView | undefined }) {
  const now = useNow(1000)
  if (!session || session.state === 'signedOut' || session.signedInAt === null) {
    return (
      <div className="state-block">
        <span className="two-lines">
          <b className="state-words">
            <Lamp tone="none" label="" /> 未签入
          </b>
        </span>
        <span className="big-clock">--:--:--</span>
      </div>
    )
  }
  const isDoubtful = session.needsSignIn || session.admittedBy === 'offline'
  return (
    <div className="state-block">
      <span className="two-lines">
        <b className="state-words">
          <Lamp tone={isDoubtful ? 'amber' : 'green'} label="" /> 已签入
        </b>
        <span className="meta">{session.needsSignIn ? '要重新签入' : admissions[session.admittedBy ?? 'central']}</span>
      </span>
      <span className="big-clock" title={`${formatTime(session.signedInAt)} 签入`}>
        {formatClock(now - session.signedInAt)}
      </span>
    </div>
  )
}

const PersonBlock = memo(({ session }: { readonly session: SessionView }) => {
  const seat = useSeat()
  const { agent, shift } = session
  if (!agent) return null
  return (
    <div className="person-block">
      <span className="two-lines">
        <span className="clipped">
          <b>{agent.name}</b> {agent.accountNo}·{roles[agent.role]}
        </span>
        <span className="meta clipped">
          {`坐席 ${session.seatNo}${seat ? `·${seat.name}` : ''}，`}
          {shift ? `${shift.name} ${formatTime(shift.startsAt)}–${formatTime(shift.endsAt)}` : '不在班次内'}
        </span>
      </span>
    </div>
  )
})

/** Before somebody signs in the telephone is nobody's, and its lamps would say nothing. */
function Lamps({ hasTelephone, onOpenLine }: { readonly hasTelephone: boolean; readonly onOpenLine: (() => void) | undefined }) {
  const connection = useTopic('connection.changed')
  const isDemonstration = useTopic('centre.changed')?.centre?.demonstration === true
  const link = useLink()
  const telephone = useTopic('telephone.changed')
  const isLinked = link === 'open'
  const line = lineWords(isLinked ? telephone : undefined)
  const sound = soundWords(isLinked ? telephone : undefined)
  const centre: readonly [LampTone, string] = !isLinked
    ? ['late', '中心 未知']
    : connection?.state === 'online'
      ? ['green', connection.roundTripMs === null ? '中心 已连' : `中心 ${connection.roundTripMs} 毫秒`]
      : connection?.state === 'offline'
        ? ['red', '中心 离线']
        : ['amber', '中心 连接中']
  const store: readonly [LampTone, string] = isLinked ? ['green', '本机数据 可读'] : ['red', '本机数据 断开']
  return (
    <>
      {isDemonstration && (
        <div className="demonstration" title="模拟部件在运行，数据为演示">
          <span>演示</span>
        </div>
      )}
      {hasTelephone && (
        <div className="lamps">
          <button
            type="button"
            className="line-lamp"
            title={`${line.hint}。点开话机设置与自检`}
            onClick={onOpenLine}
            disabled={!onOpenLine}
          >
            <Lamp tone={line.tone} label="" />
            {line.words}
          </button>
          <button type="button" className="line-lamp" title={sound.hint} onClick={onOpenLine} disabled={!onOpenLine}>
            <Lamp tone={sound.tone} label="" />
            {sound.words}
          </button>
        </div>
      )}
      <div className="lamps">
        {[centre, store].map(([tone, words]) => (
          <span key={words}>
            <Lamp tone={tone} label="" />
            {words}
          </span>
        ))}
      </div>
    </>
  )
}
