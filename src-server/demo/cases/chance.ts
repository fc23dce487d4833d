/** Chance, weights and ids for the demonstration's cases: one seed per case, so that a case does not depend on how many came before it. */
import type { EpochMs } from '#shared/base/clock'
import { type Chance, chanceOf } from '../city/random'

/** A stream of its own for every pair of numbers. */
export function chanceAt(seed: number, day: number, index: number): Chance {
  const chance = chanceOf(Math.imul(seed ^ Math.imul(day, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35))
  // The first numbers of neighbouring seeds are alike.
  chance.next()
  return chance
}

/** Draws in proportion to weights, in the time of a binary search. */
export interface Lot<T> {
  draw(chance: Chance): T
}

/** Throws for an empty list: there is nothing to draw. */
export function lotOf<T>(items: readonly T[], weightOf: (item: T, index: number) => number): Lot<T> {
  let sum = 0
  const ends = items.map((item, index) => (sum += weightOf(item, index)))
  const last = items.at(-1)
  if (last === undefined || sum <= 0) throw new Error('a lot needs something to draw')
  return {
    draw(chance) {
      const wanted = chance.next() * sum
      let [low, high] = [0, ends.length - 1]
      while (low < high) {
        const middle = (low + high) >> 1
        if ((ends[middle] ?? sum) > wanted) high = middle
        else low = middle + 1
      }
      return items[low] ?? last
    },
  }
}

const hex = (chance: Chance, digits: number): string => {
  let text = ''
  while (text.length < digits)
    text += Math.floor(chance.next() * 65_536)
      .toString(16)
      .padStart(4, '0')
  return text.slice(0, digits)
}

/** RFC 9562 version 7: by time, like the ids that seats make. */
export function caseIdAt(at: EpochMs, chance: Chance): string {
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(chance, 3)}-8${hex(chance, 3)}-${hex(chance, 12)}`
}

/** RFC 9562 version 8, whose content is ours: the three digits after the version are the picture that the photo shows. */
export function photoIdOf(picture: number, chance: Chance): string {
  return `${hex(chance, 8)}-${hex(chance, 4)}-8${picture.toString(16).padStart(3, '0')}-8${hex(chance, 3)}-${hex(chance, 12)}`
}

/** The picture of a demonstration's photo; undefined for every other id. */
export function pictureOf(photoId: string): number | undefined {
  return photoId.charAt(14) === '8' ? Number.parseInt(photoId.slice(15, 18), 16) : undefined
}
