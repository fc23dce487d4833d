import type { DirectoryEntry } from '#shared/contracts/seat-api/telephone-views'
import { filterIndexed, indexText, type TextIndex } from '../../../ui/pinyin-match'

export interface IndexedEntry {
  readonly entry: DirectoryEntry
  readonly index: TextIndex
}

export const indexEntries = (entries: readonly DirectoryEntry[]): readonly IndexedEntry[] =>
  entries.map((entry) => ({ entry, index: indexText({ text: `${entry.name} ${entry.detail ?? ''}`, code: entry.number }) }))

const mostShown = 8

/** What fits the words or digits that were typed, best first. Pure. */
export function findEntries(query: string, all: readonly IndexedEntry[]): readonly DirectoryEntry[] {
  const digits = numberIn(query)
  return filterIndexed(digits ?? query, all)
    .slice(0, mostShown)
    .map(({ entry }) => entry)
}

/**
 * A number in what was typed or pasted, without what people and web pages put between digits; null when it is a name. Full-width digits of a Chinese
 * input method are digits.
 */
export function numberIn(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s\-–—()（）.·]/gu, '')
  return /^\+?[\d*#]{1,32}$/.test(plain) ? plain : null
}
