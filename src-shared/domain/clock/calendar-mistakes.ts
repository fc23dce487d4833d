import { dayMs } from '../../base/china-time'
import type { CalendarYear } from './work-calendar'

/**
 * What is wrong with a year's working calendar that a schema cannot say, as sentences for whoever enters it; none when it can be counted with. That
 * the days are those which the State Council announced is not checked here.
 */
export function calendarMistakes({ year, workingHours, holidays, shiftedWorkingDays }: CalendarYear): readonly string[] {
  const dates = [...holidays, ...shiftedWorkingDays].map(({ date }) => date)
  const repeated = [...new Set(dates.filter((date, index) => dates.indexOf(date) !== index))]
  return [
    ...dates.filter((date) => !isDayOf(year, date)).map((date) => `${date} 不是 ${year} 年的日期`),
    ...repeated.map((date) => `${date} 写了两次`),
    ...shiftedWorkingDays
      .filter(({ date }) => isDayOf(year, date) && !isWeekend(date))
      .map(({ date }) => `${date} 本来就是工作日，不必调休上班`),
    ...hourMistakes(workingHours),
  ]
}

function hourMistakes(hours: CalendarYear['workingHours']): readonly string[] {
  if (hours.length === 0) return ['没有填工作时间']
  const ends = hours.flatMap(({ start, end }) => [start, end])
  const wrong = ends.filter((time) => !/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time))
  if (wrong.length > 0) return wrong.map((time) => `工作时间 ${time || '（空）'} 不是时刻`)
  return ends.every((time, index) => index === 0 || (ends[index - 1] ?? '') < time) ? [] : ['工作时间先后颠倒或重叠']
}

const isDayOf = (year: number, date: string): boolean =>
  date.startsWith(`${year}-`) && /^\d{4}-\d{2}-\d{2}$/.test(date) && writtenBack(date) === date

/** The date as it is when written back: 2027-02-30 becomes another. */
function writtenBack(date: string): string | undefined {
  const at = Date.parse(`${date}T00:00Z`)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10)
}

/** 1970-01-05, day 4, was a Monday. */
export const isWeekend = (date: string): boolean => (((Date.parse(`${date}T00:00Z`) / dayMs - 4) % 7) + 7) % 7 >= 5
