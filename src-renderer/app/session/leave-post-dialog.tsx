import { Button, Input, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { useBridge, useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { Kbd } from '../../ui/kbd'
import { CodedError } from '../../ui/states'
import { keysOf } from '../keyboard/keys'
import { PlateField } from './plate'

interface LeavePostDialogProps {
  onHandOver(): void
  onClose(): void
}

/** Signing out of a post that nobody took over: hand over first, or say why not and who agreed. What is known is then handed over signed, all the same. */
export function LeavePostDialog({ onHandOver, onClose }: LeavePostDialogProps) {
  const form = useLeaving()
  const session = useTopic('session.changed')
  return (
    <Modal
      open
      title="本岗还没有人接班"
      width={520}
      onCancel={onClose}
      afterOpenChange={(isShown) => isShown && form.reasonRef.current?.focus()}
      footer={
        <div className="leave-post-foot">
          <Button onClick={onHandOver}>
            先去交接班<Kbd>{keysOf('pane.6')}</Kbd>
          </Button>
          <ActionButton
            type="primary"
            keys="Ctrl+Enter"
            loading={form.isBusy}
            reason={form.reason.trim() === '' ? '先写离岗理由。' : null}
            onClick={() => void form.submit()}
          >
            记下并签出
          </ActionButton>
        </div>
      }
    >
      <form
        className="leave-post"
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void form.submit()
        }}
      >
        <p className="plate-lead">
          {session?.agent?.name}
          {session?.shift ? `，${session.shift.name}` : ''}
          ：无人接班，未经同意不得离岗。写明后按此刻的事实封存交班，由接班人补接，记入考勤。
        </p>
        <PlateField label="离岗理由" htmlFor="leaveReason">
          <Input
            id="leaveReason"
            ref={form.reasonRef}
            maxLength={500}
            placeholder="为什么没有等到接班人"
            value={form.reason}
            onChange={(event) => form.setReason(event.target.value)}
          />
        </PlateField>
        <PlateField label="谁准许" htmlFor="leaveConsent" hint={<span className="ui-meta">不填即记为“未注明”</span>}>
          <Input
            id="leaveConsent"
            maxLength={40}
            placeholder="姓名或岗位"
            value={form.consentBy}
            onChange={(event) => form.setConsentBy(event.target.value)}
          />
        </PlateField>
        <button type="submit" hidden />
      </form>
      {form.error && <CodedError error={form.error} onRetry={() => void form.submit()} />}
    </Modal>
  )
}

function useLeaving() {
  const { call } = useBridge()
  const reasonRef = useRef<InputRef>(null)
  const [reason, setReason] = useState('')
  const [consentBy, setConsentBy] = useState('')
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  async function submit(): Promise<void> {
    if (isBusy) return
    if (reason.trim() === '') return reasonRef.current?.focus()
    setBusy(true)
    const left = await call('handover.leavePost', { reason: reason.trim(), consentBy: consentBy.trim() || null })
    const answer = left.ok ? await call('session.signOut', {}) : left
    setBusy(false)
    setError(answer.ok ? undefined : answer.error)
  }
  return { reasonRef, reason, setReason, consentBy, setConsentBy, error, isBusy, submit }
}
