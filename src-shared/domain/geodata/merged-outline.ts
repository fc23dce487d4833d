import { cornersOf, type Point, planeAround, signedArea } from '../geo/plane'
import type { Ring } from '../geo/ring'
import { type Outline, outlineOf, withSharedCorners } from './outlines'

/**
 * The one outline around several that touch each other 合并. Sides that two of them share fall away; what is left is walked once around. Two that meet in a
 * corner alone, or not at all, are `apart`; what is left empty between them makes a `hole`, which a grid must not have.
 */
export type MergeFault = 'apart' | 'hole'

/** Nearer than this two corners are one. Metres. */
const sameM = 0.3

export function mergedOutline(outlines: readonly Outline[]): Ring | MergeFault {
  const first = outlines[0]?.ring[0]
  if (!first) return 'apart'
  const plane = planeAround({ lng: first[0], lat: first[1] })
  const points: Point[] = []
  // Neighbours have the same corners within a few centimetres: each place gets a number.
  const numberOf = (point: Point): number => {
    const known = points.findIndex((other) => Math.hypot(other.x - point.x, other.y - point.y) <= sameM)
    return known >= 0 ? known : points.push(point) - 1
  }
  const sides = new Map<string, readonly [number, number]>()
  for (const { ring } of withSharedCorners(outlines)) {
    const turned = cornersOf(outlineOf(cornersOf(ring, plane), plane), plane).map(numberOf)
    turned.forEach((from, at) => {
      const to = turned[(at + 1) % turned.length] ?? from
      if (from === to) return
      // Both go counter-clockwise, so a shared side is gone along in both directions.
      if (!sides.delete(`${to}>${from}`)) sides.set(`${from}>${to}`, [from, to])
    })
  }
  return around([...sides.values()], points, (corners) => outlineOf(corners, plane))
}

function around(sides: readonly (readonly [number, number])[], points: readonly Point[], made: (corners: readonly Point[]) => Ring) {
  const next = new Map<number, number[]>()
  for (const [from, to] of sides) next.set(from, [...(next.get(from) ?? []), to])
  // Where two go on from one corner the outlines only touch there.
  if ([...next.values()].some((ways) => ways.length > 1)) return 'apart'
  const rings: (readonly Point[])[] = []
  const left = new Set(next.keys())
  for (const start of left) {
    const walked: Point[] = []
    for (let at: number | undefined = start; at !== undefined && left.delete(at); at = next.get(at)?.[0]) walked.push(points[at] as Point)
    rings.push(walked)
  }
  // The outside runs counter-clockwise, as the outlines do; what runs the other way goes around something empty.
  if (rings.some((ring) => signedArea(ring) < 0)) return 'hole'
  const [only, another] = rings
  return only && !another ? made(only) : 'apart'
}
