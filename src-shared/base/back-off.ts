/**
 * How long to wait before the next attempt, as a pure function of how many failed: doubling, up to a limit, spread by a random number that is
 * given. It neither waits nor counts. Who uses it says beside its own numbers why they are so.
 */
export interface BackOff {
  readonly firstMs: number
  readonly mostMs: number
  /** The wait lies between these shares of the doubled delay, so that seats which lost the centre together do not come back together. */
  readonly spread: readonly [from: number, to: number]
  /** Never less than this; 0 unless said. */
  readonly leastMs?: number
}

/** Doublings beyond this pass every limit; more would overflow. */
const mostDoublings = 30

/** `failures` counts those in a row, at least 1; `random` is in [0, 1). Milliseconds. */
export function backOffMs(failures: number, random: number, { firstMs, mostMs, spread: [from, to], leastMs = 0 }: BackOff): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(failures, 1) - 1, mostDoublings))
  return Math.round(Math.max(leastMs, full * (from + (to - from) * random)))
}
