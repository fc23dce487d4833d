import { Input, type InputRef, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { type AttendanceLine, type Verdict, verdicts } from '#shared/domain/shift/attendance'
import { ActionButton } from '../../../ui/action-button'
import { formatTime } from '../../../ui/time-format'

const choices = (Object.keys(verdicts) as Verdict[]).filter((verdict) => verdict !== 'open')

/** What the lead puts right of one duty, with the reason; what was worked out stays beside it. */
export function CorrectionForm(props: {
  readonly line: AttendanceLine
  readonly reason: string | null
  onCorrect(verdict: Verdict, reason: string): Promise<boolean>
  onClose(): void
}) {
  const { line, onClose } = props
  const [verdict, setVerdict] = useState<Verdict>(line.verdict === 'open' ? 'present' : line.verdict)
  const [reason, setReason] = useState('')
  const [isBusy, setBusy] = useState(false)
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.focus(), [])
  const missing = props.reason ?? (reason.trim() === '' ? '先写理由。' : null)
  async function submit(): Promise<void> {
    if (missing !== null || isBusy) return field.current?.focus()
    setBusy(true)
    const isDone = await props.onCorrect(verdict, reason.trim())
    setBusy(false)
    if (isDone) onClose()
  }
  return (
    <form
      className="attendance-correct"
      aria-label="更正考勤"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else if (event.key === 'Enter' && event.ctrlKey) void submit()
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <span>
        更正 <b>{line.name}</b> {line.date} {line.span.name} {formatTime(line.span.startsAt)}–{formatTime(line.span.endsAt)}，算得
        {verdicts[line.worked]}
      </span>
      <Input
        ref={field}
        size="small"
        className="attendance-why"
        maxLength={200}
        aria-label="更正理由"
        placeholder="理由，必填；与原结论一并留存"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Select<Verdict>
        size="small"
        className="attendance-verdict"
        aria-label="更正为"
        value={verdict}
        onChange={setVerdict}
        options={choices.map((value) => ({ value, label: verdicts[value] }))}
      />
      <ActionButton size="small" onClick={onClose}>
        收起
      </ActionButton>
      <ActionButton size="small" type="primary" keys="Ctrl+Enter" htmlType="submit" loading={isBusy} reason={missing}>
        更正
      </ActionButton>
    </form>
  )
}
