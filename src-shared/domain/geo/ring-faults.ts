import Flatbush from 'flatbush'
import { cornersOf, distanceToSegment, meetingShare, type Point, planeAround, signedArea } from './plane'
import type { Position } from './position'
import type { Ring } from './ring'

/**
 * What may be wrong with one outline by itself: not closed, too few corners, no area, crossing itself. Lengths in metres; a file's rounding (a centimetre)
 * is no fault.
 */
export type RingFault =
  | { readonly kind: 'tooFewPoints'; readonly corners: number; readonly at: Position | null }
  /** First and last position lie so far apart. */
  | { readonly kind: 'openRing'; readonly metres: number; readonly at: Position }
  | { readonly kind: 'noArea'; readonly at: Position }
  | { readonly kind: 'selfCrossing'; readonly at: Position }

const roundingM = 0.02
const leastAreaM2 = 1

export function ringFault(ring: Ring): RingFault | undefined {
  const [first, last] = [ring[0], ring.at(-1)]
  if (!first || !last) return { kind: 'tooFewPoints', corners: 0, at: null }
  const at = { lng: first[0], lat: first[1] }
  const plane = planeAround(at)
  const corners = distinct(cornersOf(ring, plane))
  if (corners.length < 3) return { kind: 'tooFewPoints', corners: corners.length, at }
  const end = plane.pointOf(last[0], last[1])
  const gapM = Math.hypot(end.x, end.y)
  if (gapM > roundingM) return { kind: 'openRing', metres: gapM, at }
  const crossing = crossingOf(corners)
  if (crossing) return { kind: 'selfCrossing', at: plane.positionOf(crossing) }
  return Math.abs(signedArea(corners)) < leastAreaM2 ? { kind: 'noArea', at } : undefined
}

/** Corners that follow each other at the same place count once. */
function distinct(corners: readonly Point[]): readonly Point[] {
  return corners.filter((corner, index) => {
    const before = corners.at(index - 1)
    return corners.length === 1 || !before || Math.hypot(corner.x - before.x, corner.y - before.y) > roundingM
  })
}

/** A place where two sides that are no neighbours meet, or where one turns back along the other. */
function crossingOf(corners: readonly Point[]): Point | undefined {
  const count = corners.length
  const side = (index: number): readonly [Point, Point] => [corners[index] as Point, corners[(index + 1) % count] as Point]
  const turned = corners.find((corner, index) => turnsBack(corners.at(index - 1) as Point, corner, side(index)[1]))
  if (turned) return turned
  const isMany = count > 40
  const index = isMany ? boxesOf(count, side) : undefined
  for (let one = 0; one < count; one++) {
    const [a, b] = side(one)
    const others = index ? index.search(...boxOf(a, b)) : Array.from({ length: count - one - 1 }, (_, at) => one + 1 + at)
    for (const other of others) {
      if (other <= one + 1 || (one === 0 && other === count - 1)) continue
      const [c, d] = side(other)
      const met = meeting(a, b, c, d)
      if (met) return met
    }
  }
  return undefined
}

/** Also where a corner lies on a side it does not belong to: there the outline touches itself, and is two. */
function meeting(a: Point, b: Point, c: Point, d: Point): Point | undefined {
  const share = meetingShare(a, b, c, d)
  if (share !== undefined) return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) }
  const isAlong = distanceToSegment(c, a, b) < 1e-6 || distanceToSegment(d, a, b) < 1e-6
  return isAlong ? c : undefined
}

/** A spike: out and straight back on the same line. */
function turnsBack(before: Point, corner: Point, after: Point): boolean {
  const [ax, ay, bx, by] = [before.x - corner.x, before.y - corner.y, after.x - corner.x, after.y - corner.y]
  return ax * bx + ay * by > 0 && Math.abs(ax * by - ay * bx) < 1e-9 * Math.hypot(ax, ay) * Math.hypot(bx, by)
}

function boxesOf(count: number, side: (index: number) => readonly [Point, Point]): Flatbush {
  const index = new Flatbush(count)
  for (let at = 0; at < count; at++) index.add(...boxOf(...side(at)))
  index.finish()
  return index
}

const boxOf = (a: Point, b: Point): readonly [number, number, number, number] => [
  Math.min(a.x, b.x),
  Math.min(a.y, b.y),
  Math.max(a.x, b.x),
  Math.max(a.y, b.y),
]
