import { type FormEvent, useState } from 'react'
import { useParts } from './parts'

/** Signing in with a collector's account, and choosing a password of one's own when somebody else set it. */
export function SignIn() {
  const { central } = useParts()
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    setBusy(true)
    const answer = await central.signIn(String(fields.get('accountNo')).trim(), String(fields.get('password')))
    setBusy(false)
    setFailure(answer.ok ? null : answer.error.message)
  }
  return (
    <main className="door">
      <h1>城管通</h1>
      <p className="quiet">信息采集员移动终端</p>
      <form onSubmit={submit}>
        <label>
          账号
          <input name="accountNo" autoComplete="username" autoCapitalize="none" inputMode="numeric" required maxLength={16} />
        </label>
        <label>
          口令
          <input name="password" type="password" autoComplete="current-password" required maxLength={200} />
        </label>
        {failure && (
          <p className="notice bad" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="main" disabled={isBusy}>
          {isBusy ? '正在签入…' : '签入'}
        </button>
      </form>
    </main>
  )
}

export function ChangePassword() {
  const { central } = useParts()
  const [failure, setFailure] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const [before, next, again] = ['old', 'new', 'again'].map((field) => String(fields.get(field)))
    if (next !== again) return setFailure('两次输入的新口令不一样，请重新输入。')
    const answer = await central.changePassword(before ?? '', next ?? '')
    if (!answer.ok) setFailure(answer.error.message)
  }
  return (
    <main className="door">
      <h1>修改口令</h1>
      <p className="quiet">口令由他人设定，请先改成只有自己知道的：至少 10 个字符。</p>
      <form onSubmit={submit}>
        <label>
          原口令
          <input name="old" type="password" autoComplete="current-password" required />
        </label>
        <label>
          新口令
          <input name="new" type="password" autoComplete="new-password" required minLength={10} />
        </label>
        <label>
          再输一次
          <input name="again" type="password" autoComplete="new-password" required />
        </label>
        {failure && (
          <p className="notice bad" role="alert">
            {failure}
          </p>
        )}
        <button type="submit" className="main">
          改好并进入
        </button>
        <button type="button" onClick={() => void central.signOut()}>
          签出
        </button>
      </form>
    </main>
  )
}
