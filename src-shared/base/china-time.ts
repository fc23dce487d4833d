import type { EpochMs } from './clock'

/**
 * Days and dates in China. The whole country keeps UTC+8 without summer time, so a China date is arithmetic and needs no zone database. Words
 * for the screen are made elsewhere.
 */
export const chinaOffsetMs = 8 * 3_600_000
export const dayMs = 86_400_000

/** The number of the China day that holds `at`; day 0 is 1970-01-01. Days follow each other without gaps, so their numbers can be counted with. */
export function chinaDay(at: EpochMs): number {
  return Math.floor((at + chinaOffsetMs) / dayMs)
}

/** Midnight in China at the start of a day, by its number. */
export function startOfChinaDay(day: number): EpochMs {
  return day * dayMs - chinaOffsetMs
}

/** The China calendar date of a moment, `YYYY-MM-DD`. */
export function chinaDate(at: EpochMs): string {
  return new Date(at + chinaOffsetMs).toISOString().slice(0, 10)
}

/** Midnight in China at the start of the day that holds `at`. */
export function chinaMidnight(at: EpochMs): EpochMs {
  return startOfChinaDay(chinaDay(at))
}
