import { type CatalogItem, type CatalogPiece, mostChannels } from './manscdp'

/**
 * Puts a catalogue together from its pieces (GB/T 28181-2016 §9.5.3): a device answers one query with many messages, each with some items and the
 * number of all. Pieces come twice, late, in any order, or not at all; the number of different items tells when they are complete.
 */
export interface CatalogDraft {
  readonly sn: number
  readonly askedAt: number
  /** When the last piece came; `askedAt` before the first. */
  readonly heardAt: number
  readonly total: number | null
  readonly items: ReadonlyMap<string, CatalogItem>
}

/** No piece for so long: the rest was lost. */
export const catalogSilenceMs = 10_000

export const newCatalog = (sn: number, now: number): CatalogDraft => ({ sn, askedAt: now, heardAt: now, total: null, items: new Map() })

/** A piece of another query than the one that goes on is not taken. The latest word on a channel and on the number of all counts. */
export function withPiece(draft: CatalogDraft, sn: number, { total, items }: CatalogPiece, now: number): CatalogDraft {
  if (sn !== draft.sn) return draft
  const all = new Map(draft.items)
  for (const item of items) if (all.size < mostChannels) all.set(item.channelId, item)
  return { ...draft, heardAt: now, total, items: all }
}

export const isComplete = ({ total, items }: CatalogDraft): boolean => total !== null && items.size >= total

export const isOverdue = ({ heardAt }: CatalogDraft, now: number): boolean => now - heardAt >= catalogSilenceMs

/**
 * What is known of a device's channels after an answer. A whole one replaces what was known; of one that lacks pieces nothing follows about the channels
 * that it does not name.
 */
export function mergeCatalog(known: ReadonlyMap<string, CatalogItem>, draft: CatalogDraft): ReadonlyMap<string, CatalogItem> {
  return isComplete(draft) ? draft.items : new Map([...known, ...draft.items])
}
