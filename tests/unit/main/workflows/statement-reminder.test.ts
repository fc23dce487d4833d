/** When whoever answers for attendance is reminded of the month's statement. */
import { expect, it } from 'vitest'
import { createStatementReminder } from '#main/workflows/shift/statement-reminder'
import type { RoleId } from '#shared/domain/account/role'
import { createFakeClock } from '../../../fakes/fake-clock'

const dayMs = 86_400_000

it('reminds from the 21st, insists on the 24th and 25th, and is silent from the 26th on; nobody else is reminded', async () => {
  const clock = createFakeClock(Date.parse('2026-11-20T12:00:00+08:00'))
  let role: RoleId = 'shiftLead'
  const held = new Map<string, string>()
  const reminder = createStatementReminder({
    clock,
    now: () => clock.now(),
    session: { current: () => ({ me: { role } }) },
    notices: { raise: (key, { level, title }) => void held.set(key, `${level} ${title}`), settle: (key) => void held.delete(key) },
  })
  reminder.look()
  const days: (string | undefined)[] = []
  for (let day = 20; day <= 26; day++) {
    days.push([...held.values()][0])
    await clock.advance(dayMs)
  }
  const words = '11 月考勤统计 25 日前上报'
  const info = `info ${words}`
  expect(days).toEqual([undefined, info, info, info, `warning ${words}`, `warning ${words}`, undefined])
  role = 'intake'
  const other = createFakeClock(Date.parse('2026-11-24T12:00:00+08:00'))
  createStatementReminder({
    clock: other,
    now: () => other.now(),
    session: { current: () => ({ me: { role } }) },
    notices: { raise: () => expect.unreachable(), settle: () => {} },
  }).look()
  reminder.stop()
})
