import type { EpochMs } from '../../base/clock'

/**
 * Citizens whom nobody answered, of all seats together: one entry for each number, until somebody has spoken with it or said why nobody will. A call that
 * rang in vain at one seat and was taken at the next was answered. Pure.
 */
export interface MissedRing {
  readonly callId: string
  /** Null: the caller showed none and cannot be called back. */
  readonly number: string | null
  readonly startedAt: EpochMs
  readonly endedAt: EpochMs
  readonly seatNo: string
}

export interface Claim {
  readonly accountNo: string
  readonly name: string
  readonly until: EpochMs
}

/** What was done about a number: who has taken it on, and until when everything is settled. */
export interface Desk {
  readonly key: string
  readonly claim: Claim | null
  readonly settledAt: EpochMs | null
}

export interface OpenMissed {
  readonly key: string
  readonly number: string | null
  /** The newest first. */
  readonly callIds: readonly string[]
  readonly count: number
  readonly firstAt: EpochMs
  readonly lastAt: EpochMs
  readonly seatNos: readonly string[]
  /** Half an hour after the first; null when nobody can call. */
  readonly dueAt: EpochMs | null
  /** Calls back that nobody answered, since the last ring. */
  readonly attempts: number
  readonly claim: Claim | null
}

export interface MissedSources {
  readonly rings: readonly MissedRing[]
  /** Per number, when it was last spoken with, either way. */
  readonly spoken: ReadonlyMap<string, EpochMs>
  /** Per number, when it was called in vain. */
  readonly tried: ReadonlyMap<string, readonly EpochMs[]>
  readonly desks: readonly Desk[]
  readonly now: EpochMs
}

export const callBackWithinMs = 30 * 60_000
/** As long as it takes to ring twice and to write down what was said. */
export const claimMs = 10 * 60_000

export const missedKeyOf = ({ number, callId }: Pick<MissedRing, 'number' | 'callId'>): string => number ?? `call/${callId}`

/** The longest due first. */
export function openMissed({ rings, spoken, tried, desks, now }: MissedSources): readonly OpenMissed[] {
  const deskOf = new Map(desks.map((desk) => [desk.key, desk]))
  const entries = new Map<string, MissedRing[]>()
  for (const ring of rings) {
    const key = missedKeyOf(ring)
    const doneAt = Math.max(spoken.get(key) ?? 0, deskOf.get(key)?.settledAt ?? 0)
    // Spoken with after it began to ring here: taken elsewhere, or called back.
    if (ring.startedAt > doneAt) entries.set(key, [...(entries.get(key) ?? []), ring])
  }
  const open = [...entries].map(([key, mine]): OpenMissed => {
    const sorted = mine.toSorted((a, b) => b.startedAt - a.startedAt)
    const [last, first] = [sorted[0] as MissedRing, sorted.at(-1) as MissedRing]
    const claim = deskOf.get(key)?.claim ?? null
    return {
      ...{ key, number: last.number, callIds: sorted.map(({ callId }) => callId), count: sorted.length },
      ...{ firstAt: first.startedAt, lastAt: last.startedAt, seatNos: [...new Set(sorted.map(({ seatNo }) => seatNo))].sort() },
      dueAt: last.number === null ? null : first.endedAt + callBackWithinMs,
      attempts: (tried.get(key) ?? []).filter((at) => at > last.startedAt).length,
      claim: claim && claim.until > now ? claim : null,
    }
  })
  return open.sort((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) || a.lastAt - b.lastAt)
}
