import { pinyin } from 'pinyin-pro'

/**
 * Finds Chinese names by what hands type fast: the characters, the start of the code, full pinyin, initials, or a mix (`bl`, `baolu`, `bloulaji`,
 * all for 暴露垃圾). Pure and stateless; a caller with a long list makes each index once with `indexText` and keeps it.
 */
export interface MatchTarget {
  readonly text: string
  readonly code?: string
}

export interface PinyinMatch {
  /** Larger is better: code, then characters, then full pinyin, then initials; an earlier place beats a later one. */
  readonly score: number
  /** Indices of the characters of `text` that were hit, for highlighting; empty when the code was hit. */
  readonly positions: readonly number[]
}

export interface TextIndex extends MatchTarget {
  /** Every reading of each character, without tones, ü as v; one lower-case character for what is not Chinese; empty for spaces and marks. */
  readonly readings: readonly (readonly string[])[]
}

const chinese = /\p{Script=Han}/u
const letterOrDigit = /[\p{L}\p{N}]/u

export function indexText(target: MatchTarget): TextIndex {
  const readings = [...target.text].map((character): readonly string[] => {
    if (chinese.test(character)) {
      const all = pinyin(character, { type: 'array', toneType: 'none', multiple: true, v: true })
      return [...new Set(all.map((reading) => reading.toLowerCase()))]
    }
    return letterOrDigit.test(character) ? [character.toLowerCase()] : []
  })
  return { ...target, readings }
}

/** Undefined when nothing fits. An empty query fits everything with score 0, so that an untouched filter keeps the order. */
export function matchIndexed(query: string, index: TextIndex): PinyinMatch | undefined {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return { score: 0, positions: [] }
  if (index.code?.toLowerCase().startsWith(wanted)) return { score: index.code.length === wanted.length ? 1000 : 900, positions: [] }
  const characters = [...index.text.toLowerCase()]
  const wantedCharacters = [...wanted]
  const place = characters.findIndex((_, at) => wantedCharacters.every((character, offset) => characters[at + offset] === character))
  if (place >= 0) return { score: 800 - Math.min(place, 99), positions: wantedCharacters.map((_, offset) => place + offset) }
  return matchReadings(wanted.replaceAll(/\s/g, ''), index)
}

/** The same in one step, for short lists. */
export function match(query: string, target: MatchTarget): PinyinMatch | undefined {
  return matchIndexed(query, indexText(target))
}

/** Keeps what fits, best first, ties in the order given. */
export function filterIndexed<T extends { readonly index: TextIndex }>(query: string, items: readonly T[]): readonly T[] {
  if (query.trim() === '') return items
  return items
    .flatMap((item, order) => {
      const hit = matchIndexed(query, item.index)
      return hit ? [{ item, order, score: hit.score }] : []
    })
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .map(({ item }) => item)
}

function matchReadings(wanted: string, { readings }: TextIndex): PinyinMatch | undefined {
  for (let start = 0; start < readings.length; start += 1) {
    if ((readings[start] ?? []).length === 0) continue
    const hit = walk(wanted, 0, readings, start)
    if (hit) {
      const isInitialsOnly = hit.length === wanted.length
      return { score: (isInitialsOnly ? 400 : 600) - Math.min(start, 99), positions: hit }
    }
  }
  return undefined
}

/** Consumes the query from `from` on, character by character: a whole reading, its initial, or (at the end) any beginning of it. */
function walk(wanted: string, from: number, readings: TextIndex['readings'], at: number): readonly number[] | undefined {
  if (from === wanted.length) return []
  const options = readings[at]
  if (options === undefined) return undefined
  if (options.length === 0) return walk(wanted, from, readings, at + 1)
  const rest = wanted.slice(from)
  for (const reading of options) {
    if (reading.startsWith(rest)) return [at]
    for (const part of partsOf(reading)) {
      if (!rest.startsWith(part)) continue
      const tail = walk(wanted, from + part.length, readings, at + 1)
      if (tail) return [at, ...tail]
    }
  }
  return undefined
}

/** The ways in which a syllable may be shortened, longest first: all of it, its two-letter initial (zh, ch, sh), its first letter. */
function partsOf(reading: string): readonly string[] {
  const initial = /^(zh|ch|sh)/.test(reading) ? [reading.slice(0, 2)] : []
  return [...new Set([reading, ...initial, reading.slice(0, 1)])]
}
