import { chinaDate, chinaMidnight, dayMs } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'

/**
 * Shifts 班次: which one is on at a moment, and how long until the handover. Patterns are reference data (`shiftPatterns`); the functions here
 * are pure.
 */
export interface ShiftPattern {
  readonly id: string
  readonly name: string
  readonly shifts: readonly ShiftRule[]
}

/** `start` and `end` are `HH:mm` China time; an end at or before the start lies on the next day, `24:00` is the end of the day. */
export interface ShiftRule {
  readonly id: string
  readonly name: string
  readonly start: string
  readonly end: string
}

/** One shift on one day, e.g. 2026-11-21 上午班 07:00–13:00. */
export interface Shift {
  /** `YYYY-MM-DD/ruleId`, by the China date on which it starts. */
  readonly shiftId: string
  readonly name: string
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
}

/** The shifts of a pattern that start on the China day of `at`, in the order of the pattern. */
export function shiftsOn(pattern: ShiftPattern, at: EpochMs): readonly Shift[] {
  const midnight = chinaMidnight(at)
  const date = chinaDate(at)
  return pattern.shifts.map((rule) => {
    const start = minutesOf(rule.start)
    const end = minutesOf(rule.end)
    const length = end > start ? end - start : end + 1440 - start
    return {
      shiftId: `${date}/${rule.id}`,
      name: rule.name,
      startsAt: midnight + start * 60_000,
      endsAt: midnight + (start + length) * 60_000,
    }
  })
}

/** The shift on at `at`, or undefined between shifts. A shift that began yesterday and runs past midnight is found too. */
export function shiftAt(pattern: ShiftPattern, at: EpochMs): Shift | undefined {
  return [...shiftsOn(pattern, at - dayMs), ...shiftsOn(pattern, at)].find((shift) => shift.startsAt <= at && at < shift.endsAt)
}

/** What somebody can sign in for at `at`: the day's shifts, and before them one that began yesterday and is still on. */
export function shiftsToChoose(pattern: ShiftPattern, at: EpochMs): readonly Shift[] {
  return [...shiftsOn(pattern, at - dayMs).filter((shift) => at < shift.endsAt), ...shiftsOn(pattern, at)]
}

/** The next shift to start after `at`; undefined only for a pattern without shifts. */
export function nextShift(pattern: ShiftPattern, at: EpochMs): Shift | undefined {
  return [...shiftsOn(pattern, at), ...shiftsOn(pattern, at + dayMs)]
    .filter((shift) => shift.startsAt > at)
    .sort((a, b) => a.startsAt - b.startsAt)[0]
}

function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}
