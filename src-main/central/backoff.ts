/**
 * How long to wait before the next attempt, as a pure function of how many failed. Full growth is reached after six failures; the jitter keeps
 * a hall of seats from knocking in step when the centre returns.
 */
export interface BackoffRange {
  readonly firstMs: number
  readonly mostMs: number
}

export const streamBackoff: BackoffRange = { firstMs: 500, mostMs: 15_000 }
export const probeBackoff: BackoffRange = { firstMs: 2_000, mostMs: 10_000 }

/** `failures` ≥ 1 counts those in a row; `random` is in [0, 1). The wait lies between half and all of the doubled delay. */
export function backoffMs(failures: number, random: number, { firstMs, mostMs }: BackoffRange): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1))
  return Math.round(Math.max(Math.min(firstMs, full), full / 2 + (full / 2) * random))
}
