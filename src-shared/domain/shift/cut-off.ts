import type { EpochMs } from '../../base/clock'
import type { SealedEntry } from '../duty-log/seal'

/**
 * The cut-off 截止 of a handover: what is in it and what is left for the next. A time would drop entries that a seat wrote alone before it and that
 * arrived after it, or double those that were known already. A cut names, for each chain of the duty log, the last position that is in: what is
 * not in one handover is in a later one, whenever it arrives. Pure.
 */
export interface Cut {
  /** For people and for counting; decides nothing. */
  readonly at: EpochMs
  /** Last position that is in, by `keyId`; a chain that is not named is not in yet. */
  readonly log: Readonly<Record<string, number>>
  /** The last event of the centre that the counts know of; null: never heard of one. */
  readonly eventSeq: number | null
}

export const noCut: Cut = { at: 0, log: {}, eventSeq: null }

/** The cut behind everything of `rows` that is known without a gap: behind a gap something may still come that was written before. */
export function cutBehind(rows: readonly SealedEntry[], previous: Cut, at: EpochMs, eventSeq: number | null): Cut {
  const log: Record<string, number> = { ...previous.log }
  for (const [keyId, positions] of positionsOf(rows)) {
    let last = log[keyId] ?? 0
    while (positions.has(last + 1)) last += 1
    if (last > 0) log[keyId] = last
  }
  return { at, log, eventSeq: eventSeq ?? previous.eventSeq }
}

/** What lies behind `previous` and not behind `cut`: the entries of this handover, late arrivals among them. */
export function entriesBetween(rows: readonly SealedEntry[], previous: Cut, cut: Cut): readonly SealedEntry[] {
  return rows.filter(({ seal: { keyId, position } }) => position > (previous.log[keyId] ?? 0) && position <= (cut.log[keyId] ?? 0))
}

/** Two handovers that follow the same one, made on seats that did not hear of each other, have these positions in common: they would count twice. */
export function overlapOf(previous: Cut, one: Cut, other: Cut): Readonly<Record<string, readonly [number, number]>> {
  const common: Record<string, readonly [number, number]> = {}
  for (const keyId of Object.keys(one.log)) {
    const from = (previous.log[keyId] ?? 0) + 1
    const to = Math.min(one.log[keyId] ?? 0, other.log[keyId] ?? 0)
    if (to >= from) common[keyId] = [from, to]
  }
  return common
}

function positionsOf(rows: readonly SealedEntry[]): ReadonlyMap<string, ReadonlySet<number>> {
  const chains = new Map<string, Set<number>>()
  for (const { seal } of rows) {
    const positions = chains.get(seal.keyId)
    if (positions) positions.add(seal.position)
    else chains.set(seal.keyId, new Set([seal.position]))
  }
  return chains
}
