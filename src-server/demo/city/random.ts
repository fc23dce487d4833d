/** Chance for the demonstration: the same seed gives the same numbers on every machine and in every version. Not for secrets. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next(): number
  between(low: number, high: number): number
  /** A whole number, 0 ≤ x < `end`. */
  below(end: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** A new list in another order (Fisher-Yates). */
  shuffle<T>(items: readonly T[]): T[]
}

/** `mulberry32` by Tommy Ettinger (public domain): one 32-bit state, every operation on whole numbers, so no machine rounds it differently. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    shuffle: (items) => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = below(last + 1)
        const [a, b] = [shuffled[last], shuffled[other]]
        if (a === undefined || b === undefined) continue
        shuffled[last] = b
        shuffled[other] = a
      }
      return shuffled
    },
  }
}
