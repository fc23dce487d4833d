import type { EpochMs } from './clock'

/**
 * The order of records when seats wrote alone: a hybrid logical clock (Kulkarni, Demirbas et al., "Logical Physical Clocks", 2014). A stamp is
 * the largest time that this seat has read or heard of, and a count that tells apart what happened within it. Whoever has read an entry stamps later
 * than it, however wrong the clock of the PC is; the stamp is signed with the entry, so every reader sorts alike and nobody can sort anew.
 * Pure: the time of the PC comes in. See `docs/adr` for what was rejected.
 */
export interface Stamp {
  readonly ms: EpochMs
  readonly count: number
}

export const noStamp: Stamp = { ms: 0, count: 0 }

/**
 * A stamp further ahead of this PC than this is not followed: one seat whose battery died in 2099 must not carry all others with it. The order
 * against that one seat is then only as good as the clocks.
 */
export const furthestAheadMs = 24 * 3_600_000

/** The stamp of what is written now; later than `last` in any case. */
export function stampAfter(last: Stamp, now: EpochMs): Stamp {
  return now > last.ms ? { ms: now, count: 0 } : { ms: last.ms, count: last.count + 1 }
}

/** What this seat remembers after reading an entry of another. */
export function afterHearing(last: Stamp, theirs: Stamp, now: EpochMs): Stamp {
  if (theirs.ms > now + furthestAheadMs) return last
  return compareStamps(theirs, last) > 0 ? theirs : last
}

export function compareStamps(a: Stamp, b: Stamp): number {
  return a.ms - b.ms || a.count - b.count
}
