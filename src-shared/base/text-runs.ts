/**
 * How a text is cut for searching, wherever one is searched. Chinese has no spaces: a run of Han characters is one run, to be cut into neighbours by
 * whoever searches; Latin letters and digits give whole words; everything else separates.
 */

/** A run of Han characters, or a run of other letters and digits; radicals shown as signs (⺀) separate too. */
const runs = /((?:(?=[\p{L}\p{N}])\p{Script=Han})+)|((?:(?!\p{Script=Han})[\p{L}\p{N}])+)/gu

export interface TextRun {
  readonly isHan: boolean
  readonly characters: readonly string[]
}

/** Full-width forms and capitals are folded before, so that what looks alike is alike. */
export function runsOf(text: string): readonly TextRun[] {
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC')
  return [...folded.matchAll(runs)].map(([run, han]) => ({ isHan: han !== undefined, characters: Array.from(run) }))
}

/** Every two neighbours of a run. */
export const pairsOf = ({ characters }: TextRun): readonly string[] => characters.slice(1).map((second, at) => `${characters[at]}${second}`)
