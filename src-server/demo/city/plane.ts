import type { LngLat } from '#shared/contracts/reference-city'
import { metresPerDegree } from '#shared/domain/geo/position'

/** The plane in which the demonstration's city is drawn: metres east and north of its middle. Good to a millionth over these few kilometres. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The middle of 平房区. */
const middle: LngLat = [126.63, 45.6]
const metresPerDegreeEast = metresPerDegree * Math.cos((middle[1] * Math.PI) / 180)
/** Seven decimals are a centimetre: what is shared is shared to the last digit. */
const digits = 1e7

export function toLngLat({ x, y }: Point): LngLat {
  return [
    Math.round((middle[0] + x / metresPerDegreeEast) * digits) / digits,
    Math.round((middle[1] + y / metresPerDegree) * digits) / digits,
  ]
}

export function toPoint([lng, lat]: LngLat): Point {
  return { x: (lng - middle[0]) * metresPerDegreeEast, y: (lat - middle[1]) * metresPerDegree }
}

export const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y)
export const towards = (a: Point, b: Point, share: number): Point => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share })

/** Consecutive pairs of a ring that does not repeat its first point. */
export const sidesOf = <T>(ring: readonly T[]): readonly (readonly [T, T])[] =>
  ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length]
    return to === undefined ? [] : [[from, to] as const]
  })

/** Shoelace formula, square metres; positive when the ring runs counter-clockwise. */
export function areaOf(ring: readonly Point[]): number {
  return sidesOf(ring).reduce((sum, [a, b]) => sum + (a.x * b.y - b.x * a.y) / 2, 0)
}

export function centroidOf(ring: readonly Point[]): Point {
  const area = areaOf(ring)
  const sum = sidesOf(ring).reduce(
    (all, [a, b]) => {
      const cross = a.x * b.y - b.x * a.y
      return { x: all.x + (a.x + b.x) * cross, y: all.y + (a.y + b.y) * cross }
    },
    { x: 0, y: 0 },
  )
  return { x: sum.x / (6 * area), y: sum.y / (6 * area) }
}

/** Even-odd rule. A point on the line itself may fall on either side. */
export function isInside({ x, y }: Point, ring: readonly Point[]): boolean {
  let isIn = false
  let a = ring.at(-1)
  for (const b of ring) {
    if (a && a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) isIn = !isIn
    a = b
  }
  return isIn
}
