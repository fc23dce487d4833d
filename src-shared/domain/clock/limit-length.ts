import { dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import { type Limit, type LimitUnit, limitUnits } from './limit'
import { addWorkingMs, type WorkCalendar, workingDayMs, workingMsBetween } from './work-calendar'

/**
 * What a limit lasts. Every unit has its own time: working time for the working units, which stands still at night, at noon and on days off,
 * continuous time for the others. Pauses are not known here.
 */
const continuousMs: Partial<Record<LimitUnit, number>> = { minute: 60_000, urgentHour: 3_600_000, urgentDay: dayMs, naturalDay: dayMs }

/** A limit in its unit's own time, in whole ms: working ms for working units (a working day = the working hours of one day), else continuous ms. */
export function limitMs(calendar: WorkCalendar, { value, unit }: Limit): number {
  return Math.round(value * (continuousMs[unit] ?? (unit === 'workingDay' ? workingDayMs(calendar) : 3_600_000)))
}

/** When a limit that starts at `from` is due. */
export function dueAfter(calendar: WorkCalendar, from: EpochMs, limit: Limit): EpochMs {
  return addOwnMs(calendar, limit.unit, from, limitMs(calendar, limit))
}

/** Time of the unit's own from one moment to a later one. */
export function ownMsBetween(calendar: WorkCalendar, unit: LimitUnit, from: EpochMs, until: EpochMs): number {
  return limitUnits[unit].isWorking ? workingMsBetween(calendar, from, until) : until - from
}

/** The first moment at which `ms` of the unit's own time have gone by since `from`. */
export function addOwnMs(calendar: WorkCalendar, unit: LimitUnit, from: EpochMs, ms: number): EpochMs {
  return limitUnits[unit].isWorking ? addWorkingMs(calendar, from, ms) : from + ms
}
