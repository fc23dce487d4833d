import { chinaDate, dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import type { RosterLine } from './roster'

/** A month of the roster as people write it: one row for each person and post, one cell for each day. Pure. */

/** Dates of a month `YYYY-MM`, in order. */
export function daysOfMonth(month: string): readonly string[] {
  const first = noonOf(`${month}-01`)
  const days: string[] = []
  for (let at = first; chinaDate(at).startsWith(month); at += dayMs) days.push(chinaDate(at))
  return days
}

export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 + by
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
}

export type RosterPerson = Pick<RosterLine, 'accountNo' | 'name' | 'role'>

/** Everybody of these lines, in the order of posts as given, then by number. */
export function peopleOf(lines: readonly RosterLine[], posts: readonly string[]): readonly RosterPerson[] {
  const people = new Map<string, RosterPerson>()
  for (const { accountNo, name, role } of lines) people.set(`${accountNo}/${role}`, { accountNo, name, role })
  const rank = ({ role }: RosterPerson) => posts.indexOf(role)
  return [...people.values()].sort((a, b) => rank(a) - rank(b) || (a.accountNo < b.accountNo ? -1 : 1))
}

/** The lines with this cell written anew; no shifts: the day is free. Nobody stands twice on a day, whatever their post. */
export function withCell(
  lines: readonly RosterLine[],
  person: RosterPerson,
  date: string,
  ruleIds: readonly string[],
): readonly RosterLine[] {
  const others = lines.filter((line) => line.accountNo !== person.accountNo || line.date !== date)
  return ruleIds.length === 0 ? others : [...others, { ...person, date, ruleIds }]
}

/** Goes on with the seven days before `from`, up to `until`, for this person: what turns in weeks is written once. */
export function withWeekRepeated(lines: readonly RosterLine[], person: RosterPerson, from: string, until: string): readonly RosterLine[] {
  let written = lines
  for (let at = noonOf(from); chinaDate(at) <= until; at += dayMs) {
    const model = written.find((line) => line.accountNo === person.accountNo && line.date === chinaDate(at - 7 * dayMs))
    written = withCell(written, person, chinaDate(at), model?.ruleIds ?? [])
  }
  return written
}

export function isWeekend(date: string): boolean {
  const day = new Date(noonOf(date)).getUTCDay()
  return day === 0 || day === 6
}

/** Short names of shifts that are told apart: as few first characters as it takes. */
export function shortNames(rules: readonly { readonly id: string; readonly name: string }[]): ReadonlyMap<string, string> {
  for (let length = 1; length <= 4; length++) {
    const names = rules.map(({ name }) => [...name].slice(0, length).join(''))
    if (new Set(names).size === names.length) return new Map(rules.map(({ id }, index) => [id, names[index] as string]))
  }
  return new Map(rules.map(({ id, name }) => [id, name]))
}

const noonOf = (date: string): EpochMs => Date.parse(`${date}T12:00:00+08:00`)
