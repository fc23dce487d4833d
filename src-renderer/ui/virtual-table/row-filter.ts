/**
 * The text filter of a long table. Words are looked for as they are typed: characters anywhere in a row's text, and, for words of letters, the
 * initials of its characters, or any shortening of its names (`pinyin-match.ts`). What is derived from a row is kept as long as the row object
 * lives, and a longer query looks only at what the shorter one left. Pure but for its own memory; order is never changed.
 *
 * In free text a character with several readings counts with its first two; names are matched with all of them.
 */
import { indexText, matchIndexed, type TextIndex } from '../pinyin-match'

export interface RowFilterSource<R> {
  /** Everything in the row that can be found, e.g. number, place, words, separated by `\n`. */
  textOf(row: R): string
  /** Short values that many rows share, e.g. subclass and street: these are also found by full or mixed pinyin. */
  namesOf?(row: R): readonly string[]
}

export interface RowFilter<R> {
  /** The same array for an empty query. */
  filter(rows: readonly R[], query: string): readonly R[]
  /** Prepares rows from `from` on, at most `count`; returns where to go on, for idle time before the first key. */
  warmUp(rows: readonly R[], from: number, count: number): number
}

interface Prepared {
  readonly text: string
  /** Made when letters are typed for the first time. */
  initials: string | undefined
  /** The last query it was held against, and what came of it: of 100 k rows a few change at a time. */
  query: string | undefined
  isFit: boolean
}

const letters = /^[a-z0-9]*[a-z][a-z0-9]*$/

export function createRowFilter<R extends object>(source: RowFilterSource<R>): RowFilter<R> {
  const prepared = new WeakMap<R, Prepared>()
  const names = createNameMatcher()
  const textInitials = createInitials()
  let last: { readonly rows: readonly R[]; readonly query: string; readonly left: readonly R[] } | undefined

  function prepare(row: R): Prepared {
    const before = prepared.get(row)
    if (before) return before
    const made: Prepared = { text: source.textOf(row).toLowerCase(), initials: undefined, query: undefined, isFit: false }
    prepared.set(row, made)
    return made
  }

  function initialsOf(of: Prepared): string {
    of.initials ??= textInitials(of.text)
    return of.initials
  }

  function fits(row: R, query: string, words: readonly Word[]): boolean {
    const of = prepare(row)
    if (of.query === query) return of.isFit
    of.query = query
    of.isFit = words.every(
      ({ word, isLetters, fitsName }) =>
        of.text.includes(word) || (isLetters && (initialsOf(of).includes(word) || (source.namesOf?.(row).some(fitsName) ?? false))),
    )
    return of.isFit
  }

  return {
    filter(rows, rawQuery) {
      const query = rawQuery.trimStart().toLowerCase()
      const words = query.split(/\s+/).flatMap((word): Word[] => {
        return word === '' ? [] : [{ word, isLetters: letters.test(word), fitsName: names(word) }]
      })
      if (words.length === 0) return rows
      // Every way of fitting is kept by leaving out the end of the query, so a longer query fits a part of what the shorter one did.
      const among = last?.rows === rows && query.startsWith(last.query) ? last.left : rows
      const left = among.filter((row) => fits(row, query, words))
      last = { rows, query, left }
      return left
    },
    warmUp(rows, from, count) {
      const end = Math.min(rows.length, from + count)
      for (const row of rows.slice(from, end)) initialsOf(prepare(row))
      return end
    },
  }
}

interface Word {
  readonly word: string
  readonly isLetters: boolean
  fitsName(name: string): boolean
}

/** Each distinct name is indexed once, and matched once per word. */
function createNameMatcher(): (word: string) => (name: string) => boolean {
  const indices = new Map<string, TextIndex>()
  return (word) => {
    const known = new Map<string, boolean>()
    return (name) => {
      const before = known.get(name)
      if (before !== undefined) return before
      const index = indices.get(name) ?? indexText({ text: name })
      indices.set(name, index)
      const isFit = matchIndexed(word, index) !== undefined
      known.set(name, isFit)
      return isFit
    }
  }
}

/**
 * Gives the initials of each line of a text: `道路\n井盖` gives `dl\njg`, and a second time the lines when a character can be read with another
 * initial. There are a few thousand characters, each looked up once.
 */
function createInitials(): (text: string) => string {
  const known = new Map<string, readonly string[]>([['\n', ['\n']]])
  function ofCharacter(character: string): readonly string[] {
    const before = known.get(character)
    if (before) return before
    const readings = indexText({ text: character }).readings[0] ?? []
    const initials = [...new Set(readings.map((reading) => reading.slice(0, 1)))]
    known.set(character, initials)
    return initials
  }
  return (text) => {
    let first = ''
    let second = ''
    for (const character of text) {
      const [one = '', other = one] = ofCharacter(character)
      first += one
      second += other
    }
    return first === second ? first : `${first}\n${second}`
  }
}
