import { compareStamps } from '../../base/hybrid-clock'
import type { SealedEntry } from './seal'

/**
 * The logs of several seats as one: every entry once, in the order of the signed stamps, the same whatever arrived first. Merging is a union, so
 * merging again, or in pieces, changes nothing. What a chain holds twice with different content (a PC that went back to an old image of its disk)
 * is kept twice: `verify` names it, and no word disappears for the sake of order.
 */
export function mergeLogs(...logs: readonly (readonly SealedEntry[])[]): readonly SealedEntry[] {
  const byContent = new Map<string, SealedEntry>()
  for (const log of logs) for (const row of log) byContent.set(`${row.seal.keyId}/${row.seal.position}/${row.seal.hash}`, row)
  return [...byContent.values()].sort(compareEntries)
}

/** A total order: the stamp, then the chain and the place in it, then the hash. Within one chain it is the order of writing. */
export function compareEntries(a: SealedEntry, b: SealedEntry): number {
  const byStamp = compareStamps(a.seal.stamp, b.seal.stamp)
  if (byStamp !== 0) return byStamp
  if (a.seal.keyId !== b.seal.keyId) return a.seal.keyId < b.seal.keyId ? -1 : 1
  return a.seal.position - b.seal.position || (a.seal.hash < b.seal.hash ? -1 : a.seal.hash > b.seal.hash ? 1 : 0)
}

/** The newest state of each entry and what came before it: corrections in the order in which they were written. */
export function correctionsOf(rows: readonly SealedEntry[], entryId: string): readonly SealedEntry[] {
  const wanted = new Set([entryId])
  return [...rows].sort(compareEntries).filter(({ words }) => {
    if (words.corrects === null || !wanted.has(words.corrects)) return false
    wanted.add(words.entryId)
    return true
  })
}
