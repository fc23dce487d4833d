import type { RosterLine } from './roster'

/**
 * Holidays and the duty over them 节假日值守 (seed 004: 节假日主任带头值班、增派人手): which days of the roster are off or worked in exchange, by the city's working
 * calendar, and which of them nobody leads. Pure.
 */
export interface DayMark {
  readonly kind: 'holiday' | 'worked'
  readonly name: string
  /** False while the calendar of that year was not announced. */
  readonly isCertain: boolean
}

export interface HolidayCalendar {
  readonly year: number
  readonly holidays: readonly { readonly date: string; readonly name: string }[]
  readonly shiftedWorkingDays: readonly { readonly date: string; readonly name: string }[]
  readonly isCertain: boolean
}

export function dayMarks({ holidays, shiftedWorkingDays, isCertain }: HolidayCalendar): ReadonlyMap<string, DayMark> {
  const marks = new Map<string, DayMark>()
  for (const { date, name } of holidays) marks.set(date, { kind: 'holiday', name, isCertain })
  for (const { date, name } of shiftedWorkingDays) marks.set(date, { kind: 'worked', name, isCertain })
  return marks
}

/** Who can lead the duty of a holiday 带班. */
const holidayLeads: readonly RosterLine['role'][] = ['director', 'commander', 'assistant']

export interface HolidayDuty {
  readonly date: string
  readonly name: string
  readonly leads: readonly RosterLine[]
  readonly others: readonly RosterLine[]
}

/** The holidays of these days in order, with who is on. */
export function holidayDuties(
  days: readonly string[],
  marks: ReadonlyMap<string, DayMark>,
  lines: readonly RosterLine[],
): readonly HolidayDuty[] {
  return days.flatMap((date) => {
    const mark = marks.get(date)
    if (mark?.kind !== 'holiday') return []
    const on = lines.filter((line) => line.date === date)
    const isLead = ({ role }: RosterLine) => holidayLeads.includes(role)
    return [{ date, name: mark.name, leads: on.filter(isLead), others: on.filter((line) => !isLead(line)) }]
  })
}

/** What is missing on a holiday, in words; undefined: nothing. */
export function holidayGap({ name, leads, others }: HolidayDuty): string | undefined {
  if (leads.length + others.length === 0) return `${name}还没有排值守`
  return leads.length === 0 ? `${name}没有领导带班` : undefined
}
