import { pairsOf, runsOf } from '../../base/text-runs'

/**
 * Finds texts by the words in which somebody speaks of them: neighbouring characters of the question, weighed by how rarely they occur (BM25, Robertson
 * and Zaragoza 2009) and by where they stand. Pure; a list is indexed once and searched at each pause in typing, at the seat, with the centre away.
 */
export interface Searchable {
  readonly id: string
  readonly title: string
  readonly keywords: readonly string[]
  readonly text: string
}

interface Posting {
  readonly at: number
  readonly weight: number
}

export interface SearchIndex {
  readonly ids: readonly string[]
  readonly postings: ReadonlyMap<string, readonly Posting[]>
  readonly lengths: readonly number[]
  readonly meanLength: number
}

/** A word of the title says more than one of the text. */
const weights = { title: 4, keywords: 3, text: 1 } as const
/** BM25's usual constants: how soon repetition stops to count, and how much a long text is discounted. */
const saturation = 1.2
const lengthShare = 0.6
/** So much of the question, by its weight, must be in a text for it to be an answer to it. */
const leastShare = 0.18

/** Single characters only where a run is no longer: they say little, and everything holds them. */
function termsOf(text: string): readonly string[] {
  return runsOf(text).flatMap((run) => {
    if (!run.isHan) return [run.characters.join('').slice(0, 40)]
    return run.characters.length === 1 ? run.characters : pairsOf(run)
  })
}

export function indexOf(items: readonly Searchable[]): SearchIndex {
  const postings = new Map<string, Posting[]>()
  const lengths = items.map((item, at) => {
    const found = new Map<string, number>()
    const add = (text: string, weight: number) => {
      for (const term of termsOf(text)) found.set(term, (found.get(term) ?? 0) + weight)
      // A single typed character is to be found too.
      for (const run of runsOf(text)) if (run.isHan) for (const one of run.characters) found.set(one, (found.get(one) ?? 0) + weight / 4)
    }
    add(item.title, weights.title)
    for (const keyword of item.keywords) add(keyword, weights.keywords)
    add(item.text, weights.text)
    for (const [term, weight] of found) {
      const list = postings.get(term)
      if (list) list.push({ at, weight })
      else postings.set(term, [{ at, weight }])
    }
    return termsOf(item.text).length + 1
  })
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  return { ids: items.map(({ id }) => id), postings, lengths, meanLength }
}

export interface SearchHit {
  readonly id: string
  readonly score: number
  /** Share of the question that it holds, 0…1, by weight. */
  readonly share: number
}

/** Best first, ties in the order of the list; nothing for a question without words. */
export function searchIn(index: SearchIndex, question: string): readonly SearchHit[] {
  const terms = [...new Set(termsOf(question))]
  const scores = new Map<number, { score: number; held: number }>()
  let asked = 0
  for (const term of terms) {
    const list = index.postings.get(term) ?? []
    // Words that no text holds are a citizen's own and say nothing against a text; they count a little, so that one chance pair is no answer.
    const rarity = Math.log(1 + (index.ids.length - list.length + 0.5) / (list.length + 0.5))
    asked += list.length === 0 ? rarity * 0.25 : rarity
    for (const { at, weight } of list) {
      const length = 1 - lengthShare + (lengthShare * (index.lengths[at] ?? 0)) / index.meanLength
      const before = scores.get(at) ?? { score: 0, held: 0 }
      before.score += (rarity * weight * (saturation + 1)) / (weight + saturation * length)
      before.held += rarity
      scores.set(at, before)
    }
  }
  return [...scores]
    .map(([at, { score, held }]) => ({ at, id: index.ids[at] ?? '', score, share: asked === 0 ? 0 : held / asked }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map(({ id, score, share }) => ({ id, score, share }))
}
