import { useMemo, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { isWithin, type TimeScale, timeScaleOf } from './time-span'
import type { PlacedCase } from './use-case-points'

/** The cases on the map, and those of them that were reported in the chosen stretch of time; without a choice all. */
export interface CasesInTime {
  readonly scale: TimeScale
  /** First step and the one after the last. */
  readonly span: readonly [number, number]
  readonly inTime: readonly PlacedCase[]
  /** Undefined: all of it again. */
  choose(span: readonly [number, number] | undefined): void
}

const noRows: readonly PlacedCase[] = []
const hourMs = 3_600_000

export function useCasesInTime(rows: readonly PlacedCase[] = noRows, now: EpochMs): CasesInTime {
  const hour = Math.floor(now / hourMs)
  const scale = useMemo(
    () =>
      timeScaleOf(
        rows.map(({ beganAt }) => beganAt),
        (hour + 1) * hourMs,
      ),
    [rows, hour],
  )
  const [wanted, choose] = useState<readonly [number, number]>()
  const span = spanWithin(wanted, scale.counts.length)
  const inTime = useMemo(
    () => (wanted ? rows.filter(({ beganAt }) => isWithin(scale, spanWithin(wanted, scale.counts.length), beganAt)) : rows),
    [rows, scale, wanted],
  )
  return { scale, span, inTime, choose }
}

/** What was chosen on a longer scale still means something on a shorter one. */
const spanWithin = ([from, until]: readonly [number, number] = [0, Number.POSITIVE_INFINITY], count: number): readonly [number, number] => [
  Math.min(from, count - 1),
  Math.min(until, count),
]
