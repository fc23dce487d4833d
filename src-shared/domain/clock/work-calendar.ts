import { chinaDay, chinaOffsetMs, dayMs, startOfChinaDay } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'

/**
 * The working calendar: how much working time lies between two moments. It is made once from the calendar documents of the years and then
 * answers by a table of running sums, so that a lamp costs the same whether a case is an hour or ten years old. It does not know limits or cases.
 */
export interface CalendarYear {
  readonly year: number
  /** Working hours of a working day, `HH:mm` China time, `24:00` for the end of the day. */
  readonly workingHours: readonly { readonly start: string; readonly end: string }[]
  readonly holidays: readonly { readonly date: string }[]
  /** Weekend days that are worked in exchange 调休上班. */
  readonly shiftedWorkingDays: readonly { readonly date: string }[]
  /** False while its days off were not announced: it is counted with, and what it gives is still a guess. */
  readonly isCertain?: boolean
}

/** Working hours of one day, in ms from its midnight, in order and without overlap. */
interface DayHours {
  readonly intervals: readonly { readonly fromMs: number; readonly untilMs: number }[]
  readonly totalMs: number
}

/** Made by `workCalendarOf`; the fields are its tables and mean nothing outside this file. */
export interface WorkCalendar {
  /** Years with a document whose days are certain. */
  readonly certainYears: readonly number[]
  /** Number of the first China day in the tables. Days before and after them are Monday to Friday with `hoursBefore` and `hoursAfter`. */
  readonly firstDay: number
  /** Per day: 0 for a day off, else 1 + the index of its hours in `hours`. */
  readonly dayKinds: Uint16Array
  /** Working time of all days before this one, from `firstDay`; one entry more than days. */
  readonly workedBefore: Float64Array
  readonly hours: readonly DayHours[]
  readonly hoursBefore: DayHours
  readonly hoursAfter: DayHours
}

const noHours: DayHours = { intervals: [], totalMs: 0 }

/** Office hours where no document of any year says otherwise. */
const usualHours = hoursOf([
  { start: '08:00', end: '12:00' },
  { start: '14:00', end: '18:00' },
])

/** A year without a document between known ones, before or after them: Monday to Friday, with the hours of the nearest known year. */
export function workCalendarOf(years: readonly CalendarYear[]): WorkCalendar {
  const known = [...years].sort((a, b) => a.year - b.year)
  const hours = known.map((year) => hoursOf(year.workingHours))
  const first = known[0]?.year ?? 1970
  const last = known.at(-1)?.year ?? first - 1
  const firstDay = dayOfYear(first)
  const dayCount = dayOfYear(last + 1) - firstDay
  const dayKinds = new Uint16Array(dayCount)
  for (let year = first; year <= last; year++) fillYear(dayKinds, firstDay, year, known)
  const workedBefore = new Float64Array(dayCount + 1)
  dayKinds.forEach((kind, index) => {
    workedBefore[index + 1] = (workedBefore[index] ?? 0) + hoursOfKind(hours, kind).totalMs
  })
  return {
    certainYears: known.filter(({ isCertain }) => isCertain !== false).map(({ year }) => year),
    firstDay,
    dayKinds,
    workedBefore,
    hours,
    hoursBefore: hours[0] ?? usualHours,
    hoursAfter: hours.at(-1) ?? usualHours,
  }
}

/** False in a year without a certain document: its holidays are not known yet, and whatever is told about working time there is a guess. */
export function isCertainAt(calendar: WorkCalendar, at: EpochMs): boolean {
  return calendar.certainYears.includes(yearOf(at))
}

/** The first year from `from` to `until` in which working time is a guess; undefined when there is none. */
export function firstUncertainYear(calendar: WorkCalendar, from: EpochMs, until: EpochMs): number | undefined {
  // A calendar without working hours leads to no end at all.
  const last = yearOf(Math.min(until, from + centuryMs))
  for (let year = yearOf(from); year <= last; year++) if (!calendar.certainYears.includes(year)) return year
  return undefined
}

const centuryMs = 36_525 * dayMs

const yearOf = (at: EpochMs): number => new Date(at + chinaOffsetMs).getUTCFullYear()

/** The working hours of one working day in ms, which is what a working day 工作日 lasts: those of the latest known year. */
export function workingDayMs(calendar: WorkCalendar): number {
  return calendar.hoursAfter.totalMs
}

/** Working time from `from` to `until` in ms; negative when `until` is the earlier. */
export function workingMsBetween(calendar: WorkCalendar, from: EpochMs, until: EpochMs): number {
  return workedUntil(calendar, until) - workedUntil(calendar, from)
}

/**
 * The first moment at which `ms` (not negative) of working time have gone by since `from`: the end of a working day rather than the start of
 * the next. Infinity when the calendar has no working hours left.
 */
export function addWorkingMs(calendar: WorkCalendar, from: EpochMs, ms: number): EpochMs {
  if (ms <= 0) return from
  const target = workedUntil(calendar, from) + ms
  const day = dayReaching(calendar, target)
  if (!Number.isFinite(day)) return Number.POSITIVE_INFINITY
  let missing = target - workedBeforeDay(calendar, day)
  for (const { fromMs, untilMs } of hoursOfDay(calendar, day).intervals) {
    if (missing <= untilMs - fromMs) return startOfChinaDay(day) + fromMs + missing
    missing -= untilMs - fromMs
  }
  return startOfChinaDay(day + 1)
}

/** Working time since the start of the tables; negative before it. It never falls, and differences of it are working time. */
function workedUntil(calendar: WorkCalendar, at: EpochMs): number {
  const day = chinaDay(at)
  const inDay = at - startOfChinaDay(day)
  let worked = workedBeforeDay(calendar, day)
  for (const { fromMs, untilMs } of hoursOfDay(calendar, day).intervals) {
    if (inDay <= fromMs) break
    worked += Math.min(inDay, untilMs) - fromMs
  }
  return worked
}

function workedBeforeDay(calendar: WorkCalendar, day: number): number {
  const { firstDay, workedBefore, hoursBefore, hoursAfter } = calendar
  const index = day - firstDay
  const end = workedBefore.length - 1
  if (index < 0) return -(weekdaysBefore(firstDay) - weekdaysBefore(day)) * hoursBefore.totalMs
  if (index <= end) return workedBefore[index] ?? 0
  return (workedBefore[end] ?? 0) + (weekdaysBefore(day) - weekdaysBefore(firstDay + end)) * hoursAfter.totalMs
}

/** The first day at whose end at least `target` has been worked. Infinity when that never comes. */
function dayReaching(calendar: WorkCalendar, target: number): number {
  const { firstDay, workedBefore, hoursBefore, hoursAfter } = calendar
  const end = workedBefore.length - 1
  const total = workedBefore[end] ?? 0
  if (target > total) return firstWeekdayReaching(firstDay + end, target - total, hoursAfter.totalMs)
  if (target <= 0) return firstWeekdayReaching(firstDay, target, hoursBefore.totalMs)
  let low = 0
  let high = end - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((workedBefore[middle + 1] ?? 0) >= target) high = middle
    else low = middle + 1
  }
  return firstDay + low
}

/** Among days that are all Monday to Friday: the first at whose end `ms` have been worked since `day`; `ms` may be negative. */
function firstWeekdayReaching(day: number, ms: number, ofOneDayMs: number): number {
  if (ofOneDayMs === 0) return Number.POSITIVE_INFINITY
  const wanted = weekdaysBefore(day) + Math.ceil(ms / ofOneDayMs)
  // Five weekdays in seven days; from there it is at most a few days to the exact one.
  let found = Math.floor((wanted / 5) * 7) - 7
  while (weekdaysBefore(found + 1) < wanted) found++
  return found
}

/** Mondays to Fridays before a day, counted from a Monday; negative before it. 1970-01-05, day 4, was a Monday. */
function weekdaysBefore(day: number): number {
  const sinceMonday = day - 4
  const weeks = Math.floor(sinceMonday / 7)
  return weeks * 5 + Math.min(sinceMonday - weeks * 7, 5)
}

function hoursOfDay(calendar: WorkCalendar, day: number): DayHours {
  const kind = calendar.dayKinds[day - calendar.firstDay]
  if (kind !== undefined) return hoursOfKind(calendar.hours, kind)
  if (weekdaysBefore(day + 1) === weekdaysBefore(day)) return noHours
  return day < calendar.firstDay ? calendar.hoursBefore : calendar.hoursAfter
}

function hoursOfKind(hours: readonly DayHours[], kind: number): DayHours {
  return kind === 0 ? noHours : (hours[kind - 1] ?? noHours)
}

function fillYear(dayKinds: Uint16Array, firstDay: number, year: number, known: readonly CalendarYear[]): void {
  const nearest = known.reduce(
    (best, { year: other }, index) => (distance(other, year) < distance(known[best]?.year, year) ? index : best),
    0,
  )
  const document = known.find((other) => other.year === year)
  const off = new Set(document?.holidays.map(({ date }) => date))
  const shifted = new Set(document?.shiftedWorkingDays.map(({ date }) => date))
  for (let day = dayOfYear(year); day < dayOfYear(year + 1); day++) {
    const date = new Date(day * dayMs).toISOString().slice(0, 10)
    const isWeekday = weekdaysBefore(day + 1) > weekdaysBefore(day)
    const isWorked = !off.has(date) && (isWeekday || shifted.has(date))
    dayKinds[day - firstDay] = isWorked ? nearest + 1 : 0
  }
}

const distance = (a: number | undefined, b: number): number => Math.abs((a ?? Number.POSITIVE_INFINITY) - b)

const dayOfYear = (year: number): number => Date.UTC(year, 0, 1) / dayMs

function hoursOf(workingHours: CalendarYear['workingHours']): DayHours {
  const intervals: { fromMs: number; untilMs: number }[] = []
  const given = workingHours.map(({ start, end }) => ({ fromMs: timeOfDayMs(start), untilMs: timeOfDayMs(end) }))
  for (const { fromMs, untilMs } of given.sort((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.max(fromMs, intervals.at(-1)?.untilMs ?? 0)
    if (untilMs > from) intervals.push({ fromMs: from, untilMs })
  }
  return { intervals, totalMs: intervals.reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0) }
}

function timeOfDayMs(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}
