import { App, Button } from 'antd'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { useBridge, useTopic } from '../../bridge/react'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { PasswordInput, useCapsLock } from './password-input'
import { Plate, PlateField } from './plate'
import { CapsLockHint } from './sign-in-form'

/** Stands before the home of somebody whose password was set by an administrator: a new one first, or out again. */
export function ChangePasswordScreen() {
  const agent = useTopic('session.changed')?.agent
  const bridge = useBridge()
  const form = useChangePassword()
  const capsLock = useCapsLock()

  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    if (event.key !== 'Enter' || !event.ctrlKey) return
    event.preventDefault()
    void form.submit()
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault()
    void form.submit()
  }

  return (
    <main className="sign-in sign-in-single">
      <Plate side="left">
        <form onSubmit={onSubmit} onKeyDown={onKeyDown} aria-label="修改口令" noValidate>
          <h1>先修改口令</h1>
          <p className="plate-lead">
            {agent?.name}（{agent?.accountNo}）的口令由系统管理员设定，改过才能进入
          </p>
          {fields.map(({ id, label, hint, autoComplete }, index) => (
            <PlateField
              key={id}
              label={label}
              htmlFor={id}
              error={form.errors[id]}
              hint={capsLock.hint ? <CapsLockHint words={capsLock.hint} /> : hint}
            >
              <PasswordInput
                id={id}
                value={form.values[id]}
                autoFocus={index === 0}
                autoComplete={autoComplete}
                hasError={form.errors[id] !== undefined}
                onChange={(value) => form.change(id, value)}
                onCapsLock={capsLock.set}
              />
            </PlateField>
          ))}
          <div className="plate-go">
            <Button type="primary" htmlType="submit" size="large" loading={form.isBusy}>
              改好，进入
              <Kbd>Ctrl+Enter</Kbd>
            </Button>
            <Button size="large" onClick={() => void bridge.call('session.signOut', {})}>
              签出
            </Button>
          </div>
          {form.formError && (
            <p className="plate-why" role="alert">
              <Lamp tone="red" label="" />
              <span>
                {form.formError.message} <code>{form.formError.code}</code>
              </span>
            </p>
          )}
        </form>
      </Plate>
      <Plate side="right">
        <PasswordRules accountNo={agent?.accountNo ?? ''} values={form.values} />
      </Plate>
    </main>
  )
}

/** The rules, each with its lamp as it is typed. The centre decides in the end. */
function PasswordRules({ accountNo, values }: { readonly accountNo: string; readonly values: Readonly<Record<FieldId, string>> }) {
  const { oldPassword, newPassword, again } = values
  const rules: readonly (readonly [isMet: boolean, words: string])[] = [
    [newPassword.length >= 10, '至少 10 个字符'],
    [newPassword !== '' && newPassword !== accountNo, '不同于账号'],
    [newPassword !== '' && newPassword !== oldPassword, '不同于旧口令'],
    [newPassword !== '' && newPassword === again, '两次输入相同'],
  ]
  return (
    <section aria-label="口令要求">
      <h1>口令要求</h1>
      <p className="plate-lead">只有本人知道；忘记时请系统管理员重设</p>
      <ul className="checks">
        {rules.map(([isMet, words]) => (
          <li key={words} className="check">
            <span className="check-state">
              <Lamp tone={isMet ? 'green' : 'none'} label="" />
              {isMet ? '符合' : '未到'}
            </span>
            <span className="check-fact">{words}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type FieldId = 'oldPassword' | 'newPassword' | 'again'

const fields = [
  { id: 'oldPassword', label: '旧口令', hint: '刚才签入用的口令', autoComplete: 'current-password' },
  { id: 'newPassword', label: '新口令', hint: '至少 10 个字符，不同于账号和旧口令', autoComplete: 'new-password' },
  { id: 'again', label: '确认', hint: '再输一次新口令', autoComplete: 'new-password' },
] as const satisfies readonly { id: FieldId; label: string; hint: string; autoComplete: string }[]

function useChangePassword() {
  const bridge = useBridge()
  const { message } = App.useApp()
  const [values, setValues] = useState<Record<FieldId, string>>({ oldPassword: '', newPassword: '', again: '' })
  const [errors, setErrors] = useState<Partial<Record<FieldId, string>>>({})
  const [formError, setFormError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)

  async function submit(): Promise<void> {
    const found = gapsIn(values)
    setErrors(found)
    setFormError(undefined)
    const first = fields.find(({ id }) => found[id] !== undefined)
    if (first) return document.getElementById(first.id)?.focus()
    setBusy(true)
    const { oldPassword, newPassword } = values
    const answer = await bridge.call('session.changePassword', { oldPassword, newPassword })
    setBusy(false)
    if (answer.ok) void message.success('口令已修改。')
    else refuse(answer.error)
  }

  function refuse(error: AppError): void {
    if (error.code === 'auth/wrongPassword') setErrors({ oldPassword: error.message })
    else if (error.code === 'auth/weakPassword') setErrors({ newPassword: error.message })
    else setFormError(error)
  }

  return { values, errors, formError, isBusy, submit, change: (id: FieldId, value: string) => setValues({ ...values, [id]: value }) }
}

function gapsIn(values: Record<FieldId, string>): Partial<Record<FieldId, string>> {
  if (values.oldPassword === '') return { oldPassword: '请填写旧口令。' }
  if (values.newPassword === '') return { newPassword: '请填写新口令。' }
  if (values.again !== values.newPassword) return { again: '两次输入不同，请再输一次。' }
  return {}
}
