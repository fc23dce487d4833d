import type { ReferenceDocument } from '#shared/contracts/reference'
import { isWeekend } from '#shared/domain/clock/calendar-mistakes'

/** Changes of a year's working calendar while it is entered, as functions from document to document. Whether the result is fit is `calendarMistakes`. */
export type CalendarDocument = ReferenceDocument<'calendar'>

/** Holidays for all of the nation 全体公民放假的节日. */
export const festivals = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const

/** The year after: the same hours, no day marked yet, and uncertain until somebody says that it was announced. */
export function nextCalendar({ year, workingHours }: CalendarDocument): CalendarDocument {
  const next = year + 1
  const title = `${next} 年工作日历`
  return { kind: 'calendar', title, year: next, workingHours, holidays: [], shiftedWorkingDays: [], source: '', isCertain: false }
}

/**
 * What a day becomes when it is marked with a holiday's name: a weekday is off and, marked again, worked as usual; a weekend day is first worked in
 * exchange, then off, then as usual. A day that carries another name takes this one instead.
 */
export function markDay(document: CalendarDocument, date: string, name: string): CalendarDocument {
  const holiday = document.holidays.find((day) => day.date === date)
  const shifted = document.shiftedWorkingDays.find((day) => day.date === date)
  const marked = holiday ?? shifted
  const rest = without(document, date)
  const asHoliday = { ...rest, holidays: inOrder([...rest.holidays, { date, name }]) }
  const asShifted = { ...rest, shiftedWorkingDays: inOrder([...rest.shiftedWorkingDays, { date, name }]) }
  if (marked && marked.name !== name) return holiday ? asHoliday : asShifted
  if (shifted) return asHoliday
  if (holiday) return rest
  return isWeekend(date) ? asShifted : asHoliday
}

const without = (document: CalendarDocument, date: string): CalendarDocument => ({
  ...document,
  holidays: document.holidays.filter((day) => day.date !== date),
  shiftedWorkingDays: document.shiftedWorkingDays.filter((day) => day.date !== date),
})

const inOrder = <T extends { readonly date: string }>(days: readonly T[]): T[] => [...days].sort((a, b) => a.date.localeCompare(b.date))

/** `08:00–12:00，14:00–18:00` */
export const hoursText = (hours: CalendarDocument['workingHours']): string => hours.map(({ start, end }) => `${start}–${end}`).join('，')

/** As people type it: any dash between the two times, any comma or space between the spans; what is no time stays as typed and is found by the check. */
export function hoursOf(text: string): CalendarDocument['workingHours'] {
  const plain = text.normalize('NFKC').trim()
  const spans = plain.split(/[,、;\s]+/).filter(Boolean)
  return spans.map((span) => {
    const [start = '', end = ''] = span.split(/[-–—~至]/)
    return { start: padded(start), end: padded(end) }
  })
}

const padded = (time: string): string => (/^\d:\d\d$/.test(time) ? `0${time}` : time)

/** The day so many days on, within the same year. */
export function dayAfter(date: string, days: number): string {
  const moved = new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
  return moved.slice(0, 4) === date.slice(0, 4) ? moved : date
}
