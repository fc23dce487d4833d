import type { Entry, EntryKind } from '#shared/domain/knowledge/entries'
import { indexOf, searchIn } from '#shared/domain/knowledge/search'
import { indexText, matchIndexed, type TextIndex } from './pinyin-match'

/** Finds entries by what hands type: the words of a question, or letters as pinyin of a title and of the words that citizens use. */
export interface KnowledgeFinder {
  /** Best first; all of them, in their order, for an empty query. */
  find(query: string): readonly Entry[]
  /** What fits a citizen's words, best first; articles of the chosen class before others. */
  suggest(words: string, subclass: string | undefined, kinds: readonly EntryKind[]): readonly Entry[]
}

const han = /\p{Script=Han}/u
/** What the centre has not confirmed stands behind what it has, of equal fit. */
const unconfirmedShare = 0.8
/** A chosen class says as much as a good hit of words. */
const classBonus = 6

export function createFinder(entries: readonly Entry[]): KnowledgeFinder {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const index = indexOf(entries)
  // Readings of some thousand characters: made when the first letter is typed.
  let pinyin: readonly { readonly entry: Entry; readonly texts: readonly TextIndex[] }[] | undefined
  const byLetters = (query: string) => {
    pinyin ??= entries.map((entry) => ({ entry, texts: [entry.title, ...entry.keywords].map((text) => indexText({ text })) }))
    return pinyin
      .map(({ entry, texts }) => ({ entry, score: Math.max(0, ...texts.map((text) => matchIndexed(query, text)?.score ?? 0)) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ entry }) => entry)
  }
  const byWords = (words: string) =>
    searchIn(index, words).flatMap(({ id, score }) => {
      const entry = byId.get(id)
      return entry ? [{ entry, score: entry.isCertain ? score : score * unconfirmedShare }] : []
    })
  return {
    find(query) {
      const wanted = query.trim()
      if (wanted === '') return entries
      if (!han.test(wanted) && /^[a-z\s]+$/i.test(wanted)) return byLetters(wanted)
      const found = byWords(wanted)
        .sort((a, b) => b.score - a.score)
        .map(({ entry }) => entry)
      // A short word may stand in the middle of one that was cut otherwise.
      const literal = entries.filter((entry) => !found.includes(entry) && `${entry.title}${entry.contact}`.includes(wanted))
      return [...found, ...literal]
    },
    suggest(words, subclass, kinds) {
      const scores = new Map<Entry, number>()
      for (const { entry, score } of byWords(words)) scores.set(entry, score)
      if (subclass !== undefined) {
        for (const entry of entries) if (entry.subclasses.includes(subclass)) scores.set(entry, (scores.get(entry) ?? 0) + classBonus)
      }
      return [...scores]
        .filter(([entry]) => kinds.includes(entry.kind))
        .sort(([, a], [, b]) => b - a)
        .map(([entry]) => entry)
    },
  }
}
