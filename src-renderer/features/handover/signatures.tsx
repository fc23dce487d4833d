import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { acceptedVia, type Handover } from '#shared/domain/shift/handover'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { formatTimeWithSeconds } from '../../ui/time-format'
import { type ReadBackProps, reasonAgainstTaking } from './read-back'

/** Both signatures, what was signed, and what does not fit: conflicts of steps that were made without hearing of each other. */
export function Signatures(props: ReadBackProps) {
  const { handover, me, entered, act } = props
  const { handoverId, points, sealed, accepted, left, outgoing } = handover
  if (!sealed) return null
  const due = points.filter(({ takenAt }) => takenAt === null).length
  const reason = reasonAgainstTaking(props) ?? (due > 0 ? `还有 ${due} 项没有收，收完可签；有异议按 Y 写明，不影响接班。` : null)
  const isOutgoing = outgoing.accountNo === me.accountNo
  return (
    <section className="handover-signatures" aria-label="双方签字">
      <div className="handover-sign">
        <span className="ui-meta">交班人</span>
        <b>{outgoing.name}</b>
        <span className="ui-meta">
          <Lamp tone="green" label="" /> 已签 {formatTimeWithSeconds(sealed.at)}，坐席 {sealed.seatNo}
        </span>
      </div>
      <div className="handover-sign">
        <span className="ui-meta">接班人</span>
        <b>{accepted?.by.name ?? (isOutgoing ? (entered ?? '—') : me.name)}</b>
        {accepted ? (
          <span className="ui-meta">
            <Lamp tone="green" label="" /> 已签 {formatTimeWithSeconds(accepted.at)}，{acceptedVia[accepted.via]}
          </span>
        ) : (
          <ActionButton type="primary" keys="F9" reason={reason} onClick={() => void act('handover.accept', { handoverId })}>
            签字接班
          </ActionButton>
        )}
      </div>
      {!accepted && isOutgoing && entered === undefined && <EnterForm handoverId={handoverId} act={act} />}
      {!accepted && isOutgoing && !left && <LeaveForm handoverId={handoverId} act={act} />}
      {left && (
        <p className="handover-warning">
          <Lamp tone="amber" label="" /> 未接班而离岗：{left.reason}
          {left.consentBy && `（${left.consentBy}准许）`}
        </p>
      )}
      <Conflicts handover={handover} />
      <p className="handover-digest">
        封存摘要 <code>{handover.digest?.slice(0, 24)}…</code>
      </p>
    </section>
  )
}

const conflictWords: Partial<Record<Handover['conflicts'][number]['code'], string>> = {
  'handover/acceptedBefore': '另有一人也签了接班，以先签的为准，由指挥长定夺',
  'handover/sealedBefore': '签字之后又改了内容，没有采用',
  'handover/ended': '结束之后才到的一步，没有采用',
}

function Conflicts({ handover }: { readonly handover: Handover }) {
  if (handover.conflicts.length === 0) return null
  return (
    <ul className="handover-conflicts" aria-label="冲突">
      {handover.conflicts.map(({ stepId, byName, at, code }) => (
        <li key={stepId}>
          <Lamp tone="amber" label="" /> {byName} {formatTimeWithSeconds(at)}：{conflictWords[code] ?? '这一步与先前的不合，没有采用'}
        </li>
      ))}
    </ul>
  )
}

/** The incoming person at this PC: their password stands for their signature, and signs nobody in. */
function EnterForm({ handoverId, act }: Pick<ReadBackProps, 'act'> & { readonly handoverId: string }) {
  const [accountNo, setAccountNo] = useState('')
  const [password, setPassword] = useState('')
  async function enter(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (await act('handover.enter', { handoverId, accountNo, password })) setAccountNo('')
    setPassword('')
  }
  const isFilled = /^[0-9A-Za-z]{2,16}$/.test(accountNo) && password !== ''
  return (
    <form className="handover-inline" onSubmit={(event) => void enter(event)}>
      <span className="ui-meta">在本席接班</span>
      <Input
        size="small"
        autoFocus
        aria-label="接班人工号"
        placeholder="接班人工号"
        value={accountNo}
        onChange={(event) => setAccountNo(event.target.value.trim())}
      />
      <Input.Password
        size="small"
        aria-label="接班人口令"
        placeholder="口令"
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      <ActionButton size="small" htmlType="submit" reason={isFilled ? null : '先填工号和口令。'}>
        确认身份
      </ActionButton>
    </form>
  )
}

function LeaveForm({ handoverId, act }: Pick<ReadBackProps, 'act'> & { readonly handoverId: string }) {
  const [reason, setReason] = useState('')
  const [consentBy, setConsentBy] = useState('')
  return (
    <details className="handover-leave">
      <summary>没有人接班，须先离岗</summary>
      <form
        className="handover-inline"
        onSubmit={(event) => {
          event.preventDefault()
          void act('handover.leave', { handoverId, reason, consentBy: consentBy.trim() || null })
        }}
      >
        <Input
          size="small"
          aria-label="离岗理由"
          placeholder="理由"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Input
          size="small"
          aria-label="准许人"
          placeholder="谁准许"
          maxLength={40}
          value={consentBy}
          onChange={(event) => setConsentBy(event.target.value)}
        />
        <ActionButton size="small" htmlType="submit" reason={reason.trim() === '' ? '先写理由。' : null}>
          记下并离岗
        </ActionButton>
      </form>
    </details>
  )
}
