/**
 * What a text is told apart by: neighbouring Han characters, two and three of them, single ones that say something alone, and whole words of other
 * scripts. Chinese has no spaces, and a list of words would have to know every part of a street; neighbours need none. Pure.
 */
const runs = /(\p{Script=Han}+)|((?:(?!\p{Script=Han})[\p{L}\p{N}])+)/gu
const longest = 3

/** Each feature once, in the order of the text. */
export function featuresOf(text: string): readonly string[] {
  const found = new Set<string>()
  for (const [run, han] of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    if (han === undefined) {
      // Numbers of houses and telephones tell of no class.
      if (!/^\d+$/.test(run)) found.add(run.slice(0, 20))
      continue
    }
    const characters = Array.from(run)
    for (let length = 1; length <= longest; length += 1) {
      for (let at = 0; at + length <= characters.length; at += 1) found.add(characters.slice(at, at + length).join(''))
    }
  }
  return [...found]
}
