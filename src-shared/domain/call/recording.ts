import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'

/**
 * Recordings 录音 of calls: who may listen, how long each copy is kept, and which copies of a seat make room. Times are milliseconds. It decides; the
 * seat and the centre do.
 */
const dayMs = 86_400_000
const GiB = 1_024 ** 3

/** A file holds 8 000 samples a second of each of two sides, one octet each: the octets of four hours, more than any call lasts. */
export const mostRecordingBytes = 4 * 3_600 * 16_000 + 58

/** Who reviews calls: those who answer for a shift and for quality. Everybody else hears only the calls that they took themselves. */
export const recordingReviewers = ['shiftLead', 'commander', 'supervisor', 'assistant', 'director'] as const satisfies readonly RoleId[]

/** `ownerNo`: who took the call; null when nobody was signed in. */
export function mayHear(listener: { readonly accountNo: string; readonly role: RoleId }, ownerNo: string | null): boolean {
  return ownerNo === listener.accountNo || recordingReviewers.some((role) => role === listener.role)
}

/** What a centre does until it is configured otherwise: a year, in which a disputed case is over. */
export const usualRecordingDays = 365

/** The centre's copy has served: it is removed, and its row says so. */
export function isPurgeDue(startedAt: EpochMs, keptDays: number, now: EpochMs): boolean {
  return startedAt < now - keptDays * dayMs
}

export interface SeatCopyPolicy {
  /** A confirmed copy stays at the seat for so long, for listening without the centre. */
  readonly keptAfterSentMs: number
  /** With less room than this on the disk, confirmed copies make way at once, the oldest first. */
  readonly leastFreeBytes: number
}

export const seatCopyPolicy: SeatCopyPolicy = { keptAfterSentMs: 7 * dayMs, leastFreeBytes: 2 * GiB }

export interface SeatCopy {
  readonly recordingId: string
  readonly bytes: number
  readonly startedAt: EpochMs
  /** When the centre confirmed that it has every octet; null: not yet, and then nothing removes it. */
  readonly sentAt: EpochMs | null
}

/** Which copies of this seat go now. `freeBytes` null: the disk does not say. What the centre has not confirmed is never among them. */
export function copiesToRemove(
  copies: readonly SeatCopy[],
  { now, freeBytes }: { readonly now: EpochMs; readonly freeBytes: number | null },
  policy: SeatCopyPolicy = seatCopyPolicy,
): readonly string[] {
  const sent = copies.filter((copy): copy is SeatCopy & { readonly sentAt: EpochMs } => copy.sentAt !== null)
  const served = sent.filter(({ sentAt }) => sentAt <= now - policy.keptAfterSentMs)
  const gone = new Set(served.map(({ recordingId }) => recordingId))
  let missing = freeBytes === null ? 0 : policy.leastFreeBytes - freeBytes - served.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { recordingId, bytes } of [...sent].sort((one, other) => one.startedAt - other.startedAt)) {
    if (missing <= 0) break
    if (gone.has(recordingId)) continue
    gone.add(recordingId)
    missing -= bytes
  }
  return [...gone]
}

/** Beyond this the disk cannot take the calls of a shift: said to the person and to IT. */
export const isShortOfRoom = (freeBytes: number | null, policy: SeatCopyPolicy = seatCopyPolicy): boolean =>
  freeBytes !== null && freeBytes < policy.leastFreeBytes / 4
