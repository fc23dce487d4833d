/** Calendars for the tests of the clock: those that the product ships, and a slow second opinion that knows nothing of running sums. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CalendarYear, workCalendarOf } from '#shared/domain/clock/work-calendar'

const folder = join(import.meta.dirname, '../../../../resources/reference')
export const shippedYear = (year: number): CalendarYear =>
  (JSON.parse(readFileSync(join(folder, `calendar-${year}.json`), 'utf8')) as { document: CalendarYear }).document

export const years = [shippedYear(2025), shippedYear(2026)] as const
export const calendar = workCalendarOf(years)

export const at = (chinaTime: string): number => Date.parse(`${chinaTime}+08:00`)
export const chinaTime = (moment: number): string => new Date(moment + 8 * hourMs).toISOString().slice(0, 16)
export const minuteMs = 60_000
export const hourMs = 3_600_000

/** Whether the minute that starts at `moment` is worked, read from the documents one by one. Between 2025 and 2026 only. */
export function isWorkedMinute(moment: number): boolean {
  const [date = '', time = ''] = chinaTime(moment).split('T')
  const year = years.find((document) => date.startsWith(String(document.year)))
  if (!year || year.holidays.some((day) => day.date === date)) return false
  const isWeekend = [0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay())
  if (isWeekend && !year.shiftedWorkingDays.some((day) => day.date === date)) return false
  return year.workingHours.some(({ start, end }) => start <= time && time < end)
}
