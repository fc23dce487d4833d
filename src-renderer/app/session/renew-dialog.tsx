import { App, type InputRef, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { SessionView } from '#shared/contracts/seat-api/views'
import { useBridge } from '../../bridge/react'
import { Kbd } from '../../ui/kbd'
import { CodedError } from '../../ui/states'
import { PasswordInput, useCapsLock } from './password-input'
import { PlateField } from './plate'
import { CapsLockHint } from './sign-in-form'

/** Signs the same person in again in the middle of the work: one password, and everything on screen stays as it is. */
export function RenewDialog({ session, onClose }: { readonly session: SessionView; onClose(): void }) {
  const capsLock = useCapsLock()
  const renewal = useRenewal(session, onClose)
  const isOfPassword = renewal.error?.code === 'auth/wrongPassword' || renewal.error?.code === 'auth/lockedOut'
  return (
    <Modal
      open
      title="重新签入"
      width={440}
      onCancel={onClose}
      onOk={() => void renewal.submit()}
      confirmLoading={renewal.isBusy}
      okText={
        <>
          签入<Kbd>Enter</Kbd>
        </>
      }
      cancelText="以后再签"
      afterOpenChange={(isShown) => isShown && renewal.passwordRef.current?.focus()}
    >
      <p className="plate-lead">
        {session.agent?.name}（{session.agent?.accountNo}），已填写的内容不动
      </p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void renewal.submit()
        }}
      >
        <PlateField
          label="口令"
          htmlFor="renewPassword"
          error={isOfPassword ? renewal.error?.message : undefined}
          hint={capsLock.hint && <CapsLockHint words={capsLock.hint} />}
        >
          <PasswordInput
            id="renewPassword"
            value={renewal.password}
            inputRef={renewal.passwordRef}
            hasError={isOfPassword}
            onChange={renewal.setPassword}
            onCapsLock={capsLock.set}
          />
        </PlateField>
      </form>
      {renewal.error && !isOfPassword && <CodedError error={renewal.error} />}
    </Modal>
  )
}

function useRenewal({ agent, shift }: SessionView, onDone: () => void) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const passwordRef = useRef<InputRef>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    if (!agent || isBusy) return
    if (password === '') return passwordRef.current?.focus()
    setBusy(true)
    const answer = await bridge.call('session.signIn', { accountNo: agent.accountNo, password, role: agent.role, shift })
    setBusy(false)
    setPassword('')
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return passwordRef.current?.focus()
    void message.success('已重新签入，中心已核准。')
    onDone()
  }

  return { passwordRef, password, setPassword, error, isBusy, submit }
}
