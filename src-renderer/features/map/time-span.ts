import type { EpochMs } from '#shared/base/clock'

/** A stretch of the time in which cases were reported, as a slider over equal steps of it. */
export interface TimeScale {
  readonly from: EpochMs
  readonly stepMs: number
  /** Cases that began in each step. */
  readonly counts: readonly number[]
}

const steps = 48
const roundMs = [900_000, 1_800_000, 3_600_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000]
const dayMs = 86_400_000

/**
 * Steps of a round length, at most 48 as far as days allow, from the oldest of the moments until now. A few cases that are months old would leave the last
 * days no room: the first step then holds everything before it.
 */
export function timeScaleOf(moments: readonly EpochMs[], now: EpochMs): TimeScale {
  const sorted = [...moments].sort((a, b) => a - b)
  // Nineteen of twenty lie after this one.
  const oldest = Math.min(sorted[Math.floor(sorted.length / 20)] ?? now, now - 3_600_000)
  const least = (now - oldest) / (steps - 1)
  const stepMs = roundMs.find((each) => each >= least) ?? Math.ceil(least / dayMs) * dayMs
  const count = Math.ceil((now - oldest) / stepMs) + 1
  const from = now - count * stepMs
  const counts = Array.from({ length: count }, () => 0)
  for (const moment of moments) {
    const at = Math.min(count - 1, Math.max(0, Math.floor((moment - from) / stepMs)))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return { from, stepMs, counts }
}

/** Whether a moment lies in the steps from `first` until before `end`; the first step has everything older, the last everything newer. */
export function isWithin({ from, stepMs, counts }: TimeScale, [first, end]: readonly [number, number], moment: EpochMs): boolean {
  const at = Math.min(counts.length - 1, Math.max(0, Math.floor((moment - from) / stepMs)))
  return at >= first && at < end
}
