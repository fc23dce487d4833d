import { Button, Input, type InputRef, Select } from 'antd'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { CentreView } from '#shared/contracts/seat-api/views'
import { type RoleId, roles, seatRoleIds } from '#shared/domain/account/role'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { formatDate, formatTime } from '../../ui/time-format'
import { Icon } from '../icons'
import { PasswordInput, useCapsLock } from './password-input'
import { PlateField } from './plate'
import { preselectShift } from './preselect-shift'

const noShift = 'none'

/** The sign-in form: Enter or Ctrl+Enter from every field. A wrong password empties the password alone. */
export function SignInForm() {
  const centre = useTopic('centre.changed')?.centre ?? null
  const isOffline = useTopic('connection.changed')?.state === 'offline'
  const app = useQuery('app.describe', {}).value
  const form = useSignIn(app?.suggestedAccountNo ?? null, centre)
  const capsLock = useCapsLock()
  const seat = centre?.seats.find((each) => each.seatNo === app?.seatNo)
  const { fieldOfError, error } = form

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
    <form onSubmit={onSubmit} onKeyDown={onKeyDown} aria-label="签入" noValidate>
      <h1>签入</h1>
      <p className="plate-lead">{centre?.name ?? '尚未连上中心，名称待定'}</p>
      <PlateField label="坐席" hint="本机固定，由系统管理员登记" error={errorAt('seat')}>
        <div className="fixed-field">
          <b>{app?.seatNo ?? '—'}</b>
          <span>{seatWords(centre, seat)}</span>
          <Icon name="lock" />
        </div>
      </PlateField>
      <PlateField label="账号" htmlFor="accountNo" error={errorAt('accountNo')} hint="工号；按首个岗位签入，可在下面换岗位">
        <Input
          id="accountNo"
          ref={form.accountRef}
          value={form.accountNo}
          maxLength={16}
          autoComplete="username"
          spellCheck={false}
          aria-describedby="accountNo-hint"
          {...(fieldOfError === 'accountNo' && { status: 'error' as const })}
          onChange={(event) => form.setAccountNo(event.target.value.trim())}
        />
      </PlateField>
      <PlateField
        label="口令"
        htmlFor="password"
        error={errorAt('password')}
        hint={capsLock.hint && <CapsLockHint words={capsLock.hint} />}
      >
        <PasswordInput
          id="password"
          value={form.password}
          inputRef={form.passwordRef}
          hasError={fieldOfError === 'password'}
          onChange={form.setPassword}
          onCapsLock={capsLock.set}
        />
      </PlateField>
      <PlateField label="岗位" htmlFor="role" error={errorAt('role')}>
        <Select
          id="role"
          value={form.role ?? ''}
          onChange={(role) => form.setRole(role === '' ? undefined : (role as RoleId))}
          options={[
            { value: '', label: '按账号登记的岗位' },
            ...seatRoleIds.map((role) => ({ value: role as string, label: roles[role] })),
          ]}
        />
      </PlateField>
      <PlateField label="班次" htmlFor="shift" hint={centre ? '按时钟预选' : '连上中心后列出班次'}>
        <Select id="shift" value={form.shiftId} onChange={form.setShiftId} options={form.shiftOptions} />
      </PlateField>
      <div className="plate-go">
        <Button type="primary" htmlType="submit" size="large" loading={form.isBusy}>
          签入
          <Kbd>Ctrl+Enter</Kbd>
        </Button>
      </div>
      {error && fieldOfError === undefined && (
        <p className="plate-why" role="alert">
          <Lamp tone="red" label="" />
          <span>
            {error.message} <code>{error.code}</code>
          </span>
        </p>
      )}
      {isOffline && (
        <p className="plate-why">
          <Lamp tone="amber" label="" />
          <span>中心离线。近 7 天在本机签入过的账号仍可签入；之后写的记录先存本机，恢复后自动送达。</span>
        </p>
      )}
    </form>
  )

  function errorAt(field: SignInField): string | undefined {
    return fieldOfError === field ? error?.message : undefined
  }
}

export function CapsLockHint({ words }: { readonly words: string }) {
  return (
    <span className="plate-caps">
      <Lamp tone="amber" label="" /> {words}
    </span>
  )
}

function seatWords(centre: CentreView['centre'], seat: { name: string; extension: string | null } | undefined): string {
  if (seat) return seat.extension === null ? seat.name : `${seat.name}·分机 ${seat.extension}`
  return centre ? '中心没有登记这个坐席' : '名称待连上中心'
}

type SignInField = 'seat' | 'accountNo' | 'password' | 'role'

const fieldsOfErrors: Readonly<Record<string, SignInField>> = {
  'auth/wrongPassword': 'password',
  'auth/lockedOut': 'password',
  'auth/accountDisabled': 'accountNo',
  'auth/roleNotHeld': 'role',
  'seat/unknown': 'seat',
  'seat/taken': 'seat',
}

function useSignIn(suggestedAccountNo: string | null, centre: CentreView['centre']) {
  const bridge = useBridge()
  const now = useNow(60_000)
  const [typedAccountNo, setTypedAccountNo] = useState<string>()
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<RoleId>()
  const [chosenShiftId, setShiftId] = useState<string>()
  const [error, setError] = useState<AppError>()
  const [missing, setMissing] = useState<'accountNo' | 'password'>()
  const [isBusy, setBusy] = useState(false)
  const accountRef = useRef<InputRef>(null)
  const passwordRef = useRef<InputRef>(null)
  const accountNo = typedAccountNo ?? suggestedAccountNo ?? ''
  const shifts = centre?.shifts ?? []
  const shiftId = chosenShiftId ?? preselectShift(shifts, now)?.shiftId ?? noShift

  // The cursor waits where the first key belongs: at the password when the account is known, else at the account.
  useEffect(() => {
    if (suggestedAccountNo === null) accountRef.current?.focus()
    else passwordRef.current?.focus()
  }, [suggestedAccountNo])

  async function submit(): Promise<void> {
    if (isBusy) return
    const gap = accountNo === '' ? 'accountNo' : password === '' ? 'password' : undefined
    setMissing(gap)
    setError(undefined)
    if (gap) {
      const target = gap === 'accountNo' ? accountRef : passwordRef
      target.current?.focus()
      return
    }
    setBusy(true)
    const shift = shifts.find((each) => each.shiftId === shiftId) ?? null
    const answer = await bridge.call('session.signIn', { accountNo, password, ...(role && { role }), shift })
    setBusy(false)
    if (answer.ok) return
    setError(answer.error)
    setPassword('')
    passwordRef.current?.focus()
  }

  const missingError = missing && {
    code: 'form/missing',
    message: missing === 'accountNo' ? '请填写账号。' : '请填写口令。',
    retryable: false,
  }
  const shown = error ?? missingError
  return {
    accountRef,
    passwordRef,
    accountNo,
    setAccountNo: setTypedAccountNo,
    password,
    setPassword(value: string) {
      setPassword(value)
      setMissing(undefined)
    },
    role,
    setRole,
    shiftId,
    setShiftId,
    shiftOptions: [
      ...shifts.map((each) => ({ value: each.shiftId, label: shiftLabel(each, now) })),
      { value: noShift, label: '不在班次内' },
    ],
    error: shown,
    fieldOfError: missing && !error ? missing : shown && fieldsOfErrors[shown.code],
    isBusy,
    submit,
  }
}

function shiftLabel(shift: { name: string; startsAt: number; endsAt: number }, now: number): string {
  const day = formatDate(shift.startsAt) === formatDate(now) ? '' : `${formatDate(shift.startsAt).slice(5)} `
  return `${shift.name}　${day}${formatTime(shift.startsAt)}–${formatTime(shift.endsAt)}`
}
