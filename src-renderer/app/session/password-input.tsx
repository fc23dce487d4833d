import { Input, type InputRef } from 'antd'
import { type KeyboardEvent, type RefObject, useState } from 'react'

/** A password field that notices Caps Lock. It shows nothing of the password and keeps nothing. */
export function PasswordInput({
  id,
  value,
  onChange,
  onCapsLock,
  inputRef,
  hasError = false,
  autoFocus = false,
  autoComplete = 'current-password',
}: {
  readonly id: string
  readonly value: string
  onChange(value: string): void
  onCapsLock(isOn: boolean): void
  readonly inputRef?: RefObject<InputRef | null>
  readonly hasError?: boolean
  readonly autoFocus?: boolean
  readonly autoComplete?: 'current-password' | 'new-password'
}) {
  const noticeCapsLock = (event: KeyboardEvent) => onCapsLock(event.getModifierState('CapsLock'))
  return (
    <Input
      id={id}
      type="password"
      ref={inputRef}
      value={value}
      maxLength={200}
      autoFocus={autoFocus}
      autoComplete={autoComplete}
      aria-describedby={`${id}-hint`}
      {...(hasError && { status: 'error' as const, 'aria-invalid': true })}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={noticeCapsLock}
      onKeyUp={noticeCapsLock}
    />
  )
}

/** State of Caps Lock as last seen in a field, and the words for it. */
export function useCapsLock(): { readonly hint: string | undefined; set(isOn: boolean): void } {
  const [isOn, set] = useState(false)
  return { hint: isOn ? '大写锁定已开' : undefined, set }
}
