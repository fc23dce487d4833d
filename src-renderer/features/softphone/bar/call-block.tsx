import { Dropdown } from 'antd'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { warningWords } from '#shared/domain/call/quality'
import { useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { Lamp } from '../../../ui/lamp'
import { formatClock } from '../../../ui/time-format'
import { telephoneKeys } from '../key-names'
import { useSoftphone } from '../softphone'
import { foremostCall } from '../telephone-rules'
import { callerFacts, callerNumber, phaseWords } from './call-words'
import { Listeners, SupervisionParts } from './supervised-call'

/** The calls of the seat: who is at the other end, what the call does, how it sounds. The one that keys act on stands first and large. */
export function CallBlock({ telephone }: { readonly telephone: TelephoneView }) {
  const focus = foremostCall(telephone)
  const others = telephone.calls.filter((call) => call !== focus)
  return (
    <div className="call-block" data-calls={telephone.calls.length}>
      {focus && <FocusCall call={focus} telephone={telephone} />}
      {others.map((call) => (
        <OtherCall key={call.callId} call={call} telephone={telephone} />
      ))}
    </div>
  )
}

function FocusCall({ call, telephone }: { readonly call: TelephoneCallView; readonly telephone: TelephoneView }) {
  const facts = callerFacts(call)
  return (
    <span className="two-lines call-focus">
      <span className="call-line">
        {call.isNumberHidden ? (
          <HiddenNumber call={call} />
        ) : (
          <span className="call-number">
            {call.supervision ? `${call.supervision.seatNo} ${call.supervision.name}` : callerNumber(call)}
          </span>
        )}
        {telephone.isConference && <span className="call-tag">三方会议</span>}
        <span className="clipped">
          {facts.map((fact) => (
            <bdi key={fact}>{fact}</bdi>
          ))}
        </span>
      </span>
      <span className="call-line meta">
        <b>{phaseWords(call)}</b>
        {call.answeredAt !== null && (
          <span className="call-describes">
            <CallClock since={call.answeredAt} />
          </span>
        )}
        {call.supervision ? <SupervisionParts call={call} telephone={telephone} /> : <RecordingMark call={call} />}
        <Listeners listeners={telephone.listeners} />
        <QualityMark callId={call.callId} />
        {call.caseNo !== null && <span className="call-describes">案卷 {call.caseNo}</span>}
        {call.wasResumed && <span className="call-describes">重启后接续，草稿都在</span>}
      </span>
    </span>
  )
}

/** A press shows it, as Alt+N does; the audit hears of it. */
function HiddenNumber({ call }: { readonly call: TelephoneCallView }) {
  const { ask } = useSoftphone()
  return (
    <button
      type="button"
      className="call-number call-hidden"
      title={`${telephoneKeys.number.keys} 显示完整号码，记入审计`}
      onClick={() => void ask({ command: 'telephone.showNumber', input: { callId: call.callId } })}
    >
      {callerNumber(call)}
    </button>
  )
}

/** The second line: small, with what it does now and the one step there is for it. */
function OtherCall({ call, telephone }: { readonly call: TelephoneCallView; readonly telephone: TelephoneView }) {
  const { ask } = useSoftphone()
  const canSwap = call.phase === 'talking' && !telephone.isConference
  return (
    <span className={`call-other${call.phase === 'ringing' ? ' call-waiting' : ''}`}>
      <span className="two-lines">
        <span className="clipped">{callerNumber(call)}</span>
        <span className="meta clipped">
          {call.phase === 'ringing' ? '来电，F2 应答' : phaseWords(call)} <CallClock since={call.answeredAt ?? call.startedAt} />
        </span>
      </span>
      {canSwap && (
        <button type="button" className="call-small" onClick={() => void ask({ command: 'telephone.swap', input: {} })}>
          切换
        </button>
      )}
      {call.phase === 'ringing' && (
        <button
          type="button"
          className="call-small"
          onClick={() => void ask({ command: 'telephone.reject', input: { callId: call.callId } })}
        >
          拒接
        </button>
      )}
    </span>
  )
}

function CallClock({ since }: { readonly since: number }) {
  const now = useNow(1000)
  return <span>{formatClock(Math.max(0, now - since))}</span>
}

const pauseReasons = ['报身份证号', '报银行卡号', '来电人要求'] as const

function RecordingMark({ call }: { readonly call: TelephoneCallView }) {
  const { ask } = useSoftphone()
  const { callId, recording } = call
  if (call.phase !== 'talking') return null
  if (recording === 'off') return <span title="这通电话没有录音">未录音</span>
  if (recording === 'paused')
    return (
      <button type="button" className="call-small" onClick={() => void ask({ command: 'telephone.resumeRecording', input: { callId } })}>
        ‖ 继续<span className="call-describes">录音（已暂停）</span>
      </button>
    )
  const pause = (reason: string) => void ask({ command: 'telephone.pauseRecording', input: { callId, reason } })
  return (
    <Dropdown
      trigger={['click']}
      menu={{ items: pauseReasons.map((reason) => ({ key: reason, label: `暂停录音：${reason}` })), onClick: ({ key }) => pause(key) }}
    >
      <button type="button" className="call-small" aria-label="录音中，暂停" title="录音中；暂停须选原因">
        ● <span className="call-describes">录音中</span>
      </button>
    </Dropdown>
  )
}

/** Only what is worth a look: a score in words while it is good, plain advice while it is not. Paints apart, each second. */
function QualityMark({ callId }: { readonly callId: string }) {
  const quality = useTopic('callQuality.changed')?.calls.find((call) => call.callId === callId)
  if (!quality) return null
  const [warning] = quality.warnings
  if (warning)
    return (
      <span className="call-warning" title={`${warningWords[warning].name}：${warningWords[warning].advice}`}>
        <Lamp tone="amber" label="" /> {warningWords[warning].name}
        <span className="call-describes">：{warningWords[warning].advice}</span>
      </span>
    )
  if (quality.mos === null) return null
  return (
    <span title={`丢包 ${percent(quality.lossRatio)}，抖动 ${ms(quality.jitterMs)}，往返 ${ms(quality.roundTripMs)}`}>
      语音 {quality.mos.toFixed(1)}
    </span>
  )
}

const percent = (ratio: number | null): string => (ratio === null ? '—' : `${(ratio * 100).toFixed(1)}%`)
const ms = (value: number | null): string => (value === null ? '—' : `${Math.round(value)} 毫秒`)
