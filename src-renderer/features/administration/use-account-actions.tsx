import { App } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { randomPassword } from '../../bridge/random-password'
import { useBridge } from '../../bridge/react'
import type { Account } from './account-form'
import { showPasswordOnce } from './shown-once'

/** The acts on one account that ask first and say what will happen. After each, and after a refusal as stale, the list is read again. */
export function useAccountActions(reload: () => void) {
  const { call } = useBridge()
  const { modal, message } = App.useApp()
  const [error, setError] = useState<AppError>()

  async function switchTo(account: Account, isEnabled: boolean): Promise<void> {
    const answer = await call('accounts.update', { accountId: account.accountId, version: account.version, isEnabled })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) void message.success(`${account.name} 已${isEnabled ? '启用' : '停用'}。`)
    reload()
  }

  async function reset(account: Account): Promise<void> {
    const password = randomPassword()
    const answer = await call('accounts.resetPassword', { accountId: account.accountId, password })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) showPasswordOnce(modal, account.name, password)
    reload()
  }

  return {
    error,
    askToSwitch(account: Account): void {
      const { name, isEnabled } = account
      modal.confirm({
        title: isEnabled ? `停用 ${name}？` : `启用 ${name}？`,
        content: isEnabled ? '此人将不能签入，已签入的随即失效；他的记录都保留，以后可再启用。' : '此人可用原口令签入原有岗位。',
        okText: isEnabled ? '停用' : '启用',
        cancelText: '取消',
        focusable: { autoFocusButton: 'cancel' },
        okButtonProps: { danger: isEnabled },
        onOk: () => switchTo(account, !isEnabled),
      })
    },
    askToReset(account: Account): void {
      modal.confirm({
        title: `重设 ${account.name} 的口令？`,
        content: '旧口令立即作废，锁定解除；新口令由程序生成，只显示一次，本人首次签入须改。',
        okText: '重设',
        cancelText: '取消',
        focusable: { autoFocusButton: 'cancel' },
        onOk: () => reset(account),
      })
    },
  }
}
