import { describe, expect, it } from 'vitest'
import { demonstrationAccounts, demonstrationPassword } from '#server/demo/seed'
import { isWeakPassword } from '#server/workflows/passwords'
import { seatRoleIds } from '#shared/domain/account/role'

describe('the demonstration', () => {
  it('has one account for every post of the hall', () => {
    expect(demonstrationAccounts.map(({ role }) => role).sort()).toEqual([...seatRoleIds].sort())
    expect(new Set(demonstrationAccounts.map(({ accountNo }) => accountNo)).size).toBe(demonstrationAccounts.length)
    for (const { accountNo } of demonstrationAccounts) expect(isWeakPassword(demonstrationPassword, accountNo)).toBe(false)
  })
})
