import type { ReferenceDocument } from '#shared/contracts/reference'

type CalendarDocument = ReferenceDocument<'calendar'>

export interface CalendarDay {
  /** `YYYY-MM-DD` */
  readonly date: string
  readonly day: number
  readonly kind: 'working' | 'weekend' | 'holiday' | 'shifted'
  /** Why it is not what its weekday says: 春节, 国庆节. */
  readonly name: string | null
}

export interface CalendarMonth {
  readonly month: number
  /** Empty places before the first day; weeks begin on Monday (GB/T 7408). */
  readonly leading: number
  readonly days: readonly CalendarDay[]
  readonly workingDays: number
}

/** Lays a calendar document out as twelve months. Pure arithmetic in UTC: a date has no time zone. */
export function calendarYear(calendar: CalendarDocument): readonly CalendarMonth[] {
  const holidays = new Map(calendar.holidays.map(({ date, name }) => [date, name]))
  const shifted = new Map(calendar.shiftedWorkingDays.map(({ date, name }) => [date, name]))
  return Array.from({ length: 12 }, (_, index) => {
    const count = new Date(Date.UTC(calendar.year, index + 1, 0)).getUTCDate()
    const days = Array.from({ length: count }, (_, offset): CalendarDay => {
      const at = new Date(Date.UTC(calendar.year, index, offset + 1))
      const date = at.toISOString().slice(0, 10)
      const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6
      const kind = holidays.has(date) ? 'holiday' : shifted.has(date) ? 'shifted' : isWeekend ? 'weekend' : 'working'
      return { date, day: offset + 1, kind, name: holidays.get(date) ?? shifted.get(date) ?? null }
    })
    return {
      month: index + 1,
      leading: (new Date(Date.UTC(calendar.year, index, 1)).getUTCDay() + 6) % 7,
      days,
      workingDays: days.filter((day) => day.kind === 'working' || day.kind === 'shifted').length,
    }
  })
}

/** The special days of a month in words, runs joined: `春节休 15–21 日`, `14 日上班`. */
export function specialDays(month: CalendarMonth): readonly string[] {
  const runs: { kind: CalendarDay['kind']; name: string; from: number; to: number }[] = []
  for (const { kind, name, day } of month.days) {
    if (name === null) continue
    const last = runs.at(-1)
    if (last && last.kind === kind && last.name === name && last.to === day - 1) last.to = day
    else runs.push({ kind, name, from: day, to: day })
  }
  return runs.map(({ kind, name, from, to }) => {
    const span = from === to ? `${from} 日` : `${from}–${to} 日`
    return kind === 'holiday' ? `${name}休 ${span}` : `${span}上班（${name}调休）`
  })
}
