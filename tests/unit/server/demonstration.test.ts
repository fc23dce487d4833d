import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { demonstrationAccounts, demonstrationOf, demonstrationPassword } from '#server/demo/seed'
import { isWeakPassword } from '#server/workflows/passwords'
import type { ReferenceFile } from '#server/workflows/reference'
import { Areas, type ReferenceDocument } from '#shared/contracts/reference'
import { seatRoleIds } from '#shared/domain/account/role'

const shipped = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../resources/reference/areas-230108.json'), 'utf8'),
) as ReferenceFile

describe('the demonstration', () => {
  it('has one account for every post of the hall', () => {
    expect(demonstrationAccounts.map(({ role }) => role).sort()).toEqual([...seatRoleIds].sort())
    expect(new Set(demonstrationAccounts.map(({ accountNo }) => accountNo)).size).toBe(demonstrationAccounts.length)
    for (const { accountNo } of demonstrationAccounts) expect(isWeakPassword(demonstrationPassword, accountNo)).toBe(false)
  })

  it('spreads 418 grids over all communities, under codes of the standard, and marks them as its own', () => {
    const [file, other] = demonstrationOf([shipped, { id: 'x', origin: 'product', document: { kind: 'calendar' } }])
    const areas = file?.document as ReferenceDocument<'areas'>
    expect(Value.Errors(Areas, areas)).toEqual([])
    expect(file?.origin).toBe('demonstration')
    expect(other?.origin).toBe('product')
    expect(new Set(areas.grids.map(({ code }) => code)).size).toBe(418)
    expect(new Set(areas.grids.map(({ communityCode }) => communityCode))).toEqual(new Set(areas.communities.map(({ code }) => code)))
    for (const { code, communityCode } of areas.grids) expect(code.startsWith(communityCode)).toBe(true)
  })
})
