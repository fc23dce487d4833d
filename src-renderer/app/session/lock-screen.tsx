import { App, Button, type InputRef, Modal } from 'antd'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { roles } from '#shared/domain/account/role'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { formatMoment } from '../../ui/time-format'
import { useFocusReturn } from '../frame/use-focus-return'
import { AwayClock } from './away-clock'
import { PasswordInput, useCapsLock } from './password-input'
import { PlateField } from './plate'
import { CapsLockHint } from './sign-in-form'

/** Covers a seat that was left: says whose it is, and opens only for that person, or signs them out. What was typed stays where it is. */
export function LockScreen() {
  const session = useTopic('session.changed')
  const bridge = useBridge()
  const now = useNow(60_000)
  const capsLock = useCapsLock()
  const unlock = useUnlock()
  const { agent, lockedAt } = session ?? {}
  useQuietScreen()
  useFocusReturn()

  return (
    <div className="lock" role="dialog" aria-modal="true" aria-label="坐席已锁定">
      <form
        className="lock-box"
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void unlock.submit()
        }}
      >
        <h1>坐席已锁定</h1>
        <p className="plate-lead">
          {agent?.name}（{agent?.accountNo}，{agent ? roles[agent.role] : ''}）
          {lockedAt !== null && lockedAt !== undefined && `于 ${formatMoment(lockedAt, now)} 锁定`}；已填写的内容都在
        </p>
        <AwayClock />
        <PlateField
          label="口令"
          htmlFor="unlockPassword"
          error={unlock.fieldError?.message}
          hint={capsLock.hint && <CapsLockHint words={capsLock.hint} />}
        >
          <PasswordInput
            id="unlockPassword"
            autoFocus
            value={unlock.password}
            inputRef={unlock.passwordRef}
            hasError={unlock.fieldError !== undefined}
            onChange={unlock.setPassword}
            onCapsLock={capsLock.set}
          />
        </PlateField>
        <div className="plate-go">
          <Button type="primary" htmlType="submit" size="large" loading={unlock.isBusy}>
            解锁
            <Kbd>Enter</Kbd>
          </Button>
          <Button size="large" onClick={() => void bridge.call('session.signOut', {})}>
            签出，换人
          </Button>
        </div>
        {unlock.formError && (
          <p className="plate-why" role="alert">
            <Lamp tone="red" label="" />
            <span>
              {unlock.formError.message} <code>{unlock.formError.code}</code>
            </span>
          </p>
        )}
      </form>
    </div>
  )
}

/** What floats above the frame says things that a locked seat must not: it goes when the lock comes. Questions can be asked again. */
function useQuietScreen(): void {
  const { message, notification } = App.useApp()
  useEffect(() => {
    message.destroy()
    notification.destroy()
    Modal.destroyAll()
  }, [message, notification])
}

function useUnlock() {
  const bridge = useBridge()
  const passwordRef = useRef<InputRef>(null)
  const [password, setPassword] = useState('')
  const [error, setError] = useState<AppError>()
  const [isEmpty, setEmpty] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const isOfPassword = error?.code === 'auth/wrongPassword' || error?.code === 'auth/lockedOut'

  async function submit(): Promise<void> {
    setEmpty(password === '')
    if (password === '') return passwordRef.current?.focus()
    setBusy(true)
    const answer = await bridge.call('session.unlock', { password })
    setBusy(false)
    setPassword('')
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) passwordRef.current?.focus()
  }

  return {
    passwordRef,
    password,
    setPassword,
    isBusy,
    submit,
    fieldError: isOfPassword ? error : isEmpty ? { message: '请填写口令。' } : undefined,
    formError: isOfPassword ? undefined : error,
  }
}
