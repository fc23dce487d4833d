import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import { useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { Lamp } from '../../../ui/lamp'
import { formatClock } from '../../../ui/time-format'
import { useSoftphone } from '../softphone'
import { ringingCall } from '../telephone-rules'
import { callerFacts, callerNumber } from './call-words'
import { CallerLine } from './caller-line'
import './softphone.css'

/** In a window of one pane alone, which has no bar. Beside a conversation it rings calmly: one line, no colour over the work. */
export function RingingHere() {
  const telephone = useTopic('telephone.changed')
  const call = telephone && ringingCall(telephone)
  if (!call) return null
  if (telephone.calls.length === 1) return <RingingBar call={call} isDemonstration={telephone.isDemonstration} />
  return (
    <div className="ringing-calm" role="status">
      <Lamp tone="amber" label="" /> 第二路来电 <b>{callerNumber(call)}</b>，F2 应答
    </div>
  )
}

/** What everybody sees while it rings, in every window of the seat: solid, tall, with one large key. It covers the bar; nothing below it moves. */
export function RingingBar({ call, isDemonstration }: { readonly call: TelephoneCallView; readonly isDemonstration: boolean }) {
  const { ask } = useSoftphone()
  return (
    <div className="ringing-bar" role="alert" aria-label="来电振铃">
      <svg className="ringing-bell" viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="14.5" />
        <path d="M10 20v-5a6 6 0 0 1 12 0v5l1.500 2h-15zM14.500 24h3M7.500 11a10 10 0 0 1 2-4M24.500 11a10 10 0 0 0-2-4" />
      </svg>
      <span className="two-lines">
        <b className="ringing-title">{isDemonstration ? '来电振铃（演示）' : '来电振铃'}</b>
        <RingLine call={call} />
      </span>
      <span className="two-lines ringing-caller">
        <span className="call-number">{callerNumber(call)}</span>
        <span className="clipped">
          {callerFacts(call).map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
          {call.caseNo !== null && <span>随转案卷 {call.caseNo}</span>}
          <CallerLine call={call} />
        </span>
      </span>
      <button
        type="button"
        className="ringing-answer"
        onClick={() => void ask({ command: 'telephone.answer', input: { callId: call.callId } })}
      >
        应答 <kbd>F2</kbd>
      </button>
      <button
        type="button"
        className="ringing-reject"
        onClick={() => void ask({ command: 'telephone.reject', input: { callId: call.callId } })}
      >
        拒接
      </button>
    </div>
  )
}

function RingLine({ call: { startedAt, answersItselfAt } }: { readonly call: TelephoneCallView }) {
  const now = useNow(1000)
  const left = answersItselfAt === null ? null : Math.max(0, Math.ceil((answersItselfAt - now) / 1000))
  return (
    <span>
      已振铃 {formatClock(Math.max(0, now - startedAt))}
      {left !== null && `，${left} 秒后自动应答`}
    </span>
  )
}
