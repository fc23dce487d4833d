import { describe, expect, it } from 'vitest'
import { dutyLogRoutes } from '#shared/contracts/central-api/duty-log'
import type { CommandSpec } from '#shared/contracts/seat-api/command'
import { commands } from '#shared/contracts/seat-api/commands'
import { seatRoleIds } from '#shared/domain/account/role'
import { homeOf } from '../../../../src-renderer/features/home/role-home'

const sectionsOf = (role: (typeof seatRoleIds)[number]) => homeOf(role).flatMap((column) => column.sections)
const allowed = (name: keyof typeof commands, role: string) => {
  const { allowed: who }: CommandSpec = commands[name]
  return who === 'always' || who === 'signedIn' || who.some((each) => each === role)
}

describe('the home of every post', () => {
  it.each(seatRoleIds)('%s sees only what the contracts let it read, and each section once', (role) => {
    const sections = sectionsOf(role)
    expect(new Set(sections).size).toBe(sections.length)
    if (sections.includes('dutyLog')) expect(dutyLogRoutes['dutyLog.list'].roles).toContain(role)
    if (sections.includes('queues')) expect(allowed('queues.read', role)).toBe(true)
    if (sections.includes('accounts')) expect(allowed('accounts.list', role)).toBe(true)
    if (sections.includes('audit')) expect(allowed('audit.list', role)).toBe(true)
  })

  it('differs where the minute that matters differs', () => {
    expect([
      sectionsOf('intake').slice(0, 3),
      sectionsOf('shiftLead').slice(0, 3),
      sectionsOf('admin')[0],
      sectionsOf('presenter').includes('dutyLog'),
    ]).toEqual([['queues', 'shift', 'dutyLog'], ['queues', 'shift', 'people'], 'accounts', false])
  })
})
