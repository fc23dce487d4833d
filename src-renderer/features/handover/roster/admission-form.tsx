import { App, Input, InputNumber } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { RosterPerson } from '#shared/domain/shift/roster-month'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { CodedError } from '../../../ui/states'
import { formatMoment } from '../../../ui/time-format'
import { PersonSelect } from './person-select'

/** 非当班受理员不得上机: lets somebody sit down outside their shift, for some hours, with the reason. */
export function AdmissionForm({ onClose }: { onClose(): void }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const { reason: offline } = useFreshness()
  const offsetMs = useTopic('connection.changed')?.clockOffsetMs ?? 0
  const now = useNow(30_000)
  const [person, setPerson] = useState<RosterPerson | null>(null)
  const [hours, setHours] = useState(6)
  const [why, setWhy] = useState('')
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  const missing = offline ?? (person === null ? '先选谁。' : why.trim() === '' ? '先写理由。' : null)
  async function admit(): Promise<void> {
    if (missing !== null || person === null || isBusy) return
    setBusy(true)
    const until = now + offsetMs + hours * 3_600_000
    const answer = await call('admissions.create', { accountNo: person.accountNo, until, reason: why.trim() })
    setBusy(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success(`${person.name}现在可以上机，到 ${formatMoment(answer.value.until, now)} 为止。`)
    onClose()
  }
  return (
    <>
      <form
        className="attendance-correct"
        aria-label="准许上机"
        onSubmit={(event) => {
          event.preventDefault()
          void admit()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          else if (event.key === 'Enter' && event.ctrlKey) void admit()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        <span>准许非当班上机</span>
        <PersonSelect label="准许谁" placeholder="谁：姓名、拼音或工号" value={person} onChoose={setPerson} />
        <InputNumber
          size="small"
          className="visit-count"
          aria-label="几小时"
          min={1}
          max={16}
          precision={0}
          suffix="小时"
          value={hours}
          onChange={(value) => setHours(value ?? 1)}
        />
        <Input
          size="small"
          className="attendance-why"
          maxLength={200}
          aria-label="准许理由"
          placeholder="理由，记入审计"
          value={why}
          onChange={(event) => setWhy(event.target.value)}
        />
        <ActionButton size="small" onClick={onClose}>
          收起
        </ActionButton>
        <ActionButton size="small" type="primary" keys="Ctrl+Enter" htmlType="submit" loading={isBusy} reason={missing}>
          准许
        </ActionButton>
      </form>
      {error && <CodedError error={error} onRetry={() => void admit()} />}
    </>
  )
}
