import { chinaDate } from '#shared/base/china-time'
import { ok } from '#shared/base/result'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import type { RosterLine } from '#shared/domain/shift/roster'
import { daysOfMonth, isWeekend, monthAfter } from '#shared/domain/shift/roster-month'
import { insertAdmission, isAdmitted, replaceRoster, rosterLines } from '../store/shift-store'
import { patternInForce } from '../workflows/describe-centre'
import type { Services } from '../workflows/services'
import { type DemonstrationAccount, demonstrationAccounts, secondAccounts } from './people'

/**
 * The demonstration's roster from today to the end of the next month, so that somebody is on duty and somebody relieves them. A month that anybody wrote into is left
 * alone. Who tries the program comes at any hour: everybody of the demonstration is admitted outside their shift, by an admission that says so.
 */
const admittedMs = 400 * 86_400_000

export async function seedDemonstrationRoster(services: Services): Promise<void> {
  const { clock, ids, transactor } = services
  const pattern = await patternInForce(services)
  if (!pattern || pattern.shifts.length === 0) return
  const ruleIds = pattern.shifts.map(({ id }) => id)
  const now = clock.now()
  const people = [...demonstrationAccounts, ...secondAccounts].filter(({ role }) => shiftPosts.some((post) => post === role))
  // Not the days before: nobody came then, and attendance would say so.
  const today = chinaDate(now)
  const months = [today.slice(0, 7), monthAfter(today.slice(0, 7), 1)]
  const director = demonstrationAccounts.find(({ role }) => role === 'director')
  await transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    for (const month of months) {
      const days = daysOfMonth(month)
      const [from = month, until = month] = [days[0], days.at(-1)]
      if ((await rosterLines(unit.trx, from, until)).length > 0) continue
      await replaceRoster(
        unit.trx,
        from,
        until,
        linesOf(
          people,
          days.filter((date) => date >= today),
          ruleIds,
        ),
      )
    }
    for (const { accountNo } of people) {
      if (!director || (await isAdmitted(unit.trx, accountNo, now + admittedMs / 2))) continue
      const by = { byNo: director.accountNo, byName: director.name, at: now, reason: '演示：随时可以签入' }
      await insertAdmission(unit.trx, { admissionId: ids.uuid(), accountNo, until: now + admittedMs, ...by })
    }
    return ok(undefined)
  })
}

/** Two of a post take turns, day by day; one alone works the whole day from Monday to Friday. */
function linesOf(people: readonly DemonstrationAccount[], days: readonly string[], ruleIds: readonly string[]): readonly RosterLine[] {
  return people.flatMap(({ accountNo, name, role }) => {
    const same = people.filter((other) => other.role === role)
    const place = same.findIndex((other) => other.accountNo === accountNo)
    return days.flatMap((date, day): readonly RosterLine[] => {
      const own = same.length === 1 ? (isWeekend(date) ? [] : ruleIds) : ruleIds.filter((_, shift) => (shift + day) % same.length === place)
      return own.length === 0 ? [] : [{ accountNo, name, role, date, ruleIds: own }]
    })
  })
}
