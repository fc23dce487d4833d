import Flatbush from 'flatbush'
import { type Seam, seamFaults } from './coverage-seams'
import { type Shape, toleranceM } from './coverage-shape'
import { cornersOf, distanceToRing, isInside, meetingShare, type Plane, type Point, planeAround, signedArea } from './plane'
import type { Position } from './position'
import { boundsOf, type Ring } from './ring'

/**
 * Whether outlines cover the ground without gaps and overlaps, as unit grids must (无缝拼接). Outlines whose own ring is at fault are to be left out. Borders
 * that lie within the tolerance of each other are one border. Works piece by piece: a generator that gives the share done, so that whoever runs tens of
 * thousands can breathe and stop in between.
 */
export interface Outline {
  readonly code: string
  readonly ring: Ring
}

export type CoverageFault =
  /** The two share ground, `metres` deep at `at`. */
  | { readonly kind: 'overlap'; readonly codes: readonly [string, string]; readonly metres: number; readonly at: Position }
  /** Ground that belongs to none, enclosed by `codes` or open at one end; `metres` wide on the average. */
  | {
      readonly kind: 'gap'
      readonly codes: readonly string[]
      readonly areaM2: number
      readonly metres: number
      readonly at: Position
    }

const shapesPerBreath = 500

/** `concerns`: only faults that one of these codes has a part in are looked for; everything when it is left out. */
export function* coverageFaults(
  outlines: readonly Outline[],
  concerns?: ReadonlySet<string>,
): Generator<number, readonly CoverageFault[], void> {
  const plane = planeOfAll(outlines)
  if (!plane) return []
  const shapes = outlines.map((outline) => shapeOf(outline, plane))
  const index = indexOf(shapes)
  const faults: CoverageFault[] = []
  for (let at = 0; at < shapes.length; at++) {
    if (at % shapesPerBreath === 0) yield (at / shapes.length) * 0.6
    const shape = shapes[at] as Shape
    const isConcerned = !concerns || concerns.has(shape.code)
    for (const other of index.search(shape.west, shape.south, shape.east, shape.north)) {
      const neighbour = shapes[other] as Shape
      if (other <= at || !(isConcerned || concerns?.has(neighbour.code))) continue
      const found = overlapOf(shape, neighbour)
      if (found) {
        faults.push({ kind: 'overlap', codes: [shape.code, neighbour.code], metres: found.metres, at: plane.positionOf(found.at) })
      }
    }
  }
  const overlapping = new Set(faults.flatMap(({ codes }) => codes))
  for (const seam of yield* seamFaults(shapes)) {
    // Where two overlap, their borders do not meet either: that is one fault, not two.
    const isOther = !seam.codes.some((code) => overlapping.has(code))
    if (isOther && (!concerns || seam.codes.some((code) => concerns.has(code)))) faults.push(gapOf(seam, plane))
  }
  return faults
}

const gapOf = ({ codes, areaM2, widthM, at }: Seam, plane: Plane): CoverageFault => ({
  kind: 'gap',
  codes,
  areaM2,
  metres: widthM,
  at: plane.positionOf(at),
})

function planeOfAll(outlines: readonly Outline[]): Plane | undefined {
  const first = outlines[0]?.ring[0]
  if (!first) return undefined
  const { south, north } = boundsOf(outlines.flatMap(({ ring }) => ring.slice(0, 1)))
  return planeAround({ lng: first[0], lat: (south + north) / 2 })
}

function shapeOf({ code, ring }: Outline, plane: Plane): Shape {
  const found = cornersOf(ring, plane)
  const corners = signedArea(found) < 0 ? found.toReversed() : found
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { x, y } of corners) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return { code, corners, inner: innerPoint(corners), west, south, east, north }
}

/** The middle of the widest stretch inside along a line through the middle of the box. */
function innerPoint(corners: readonly Point[]): Point {
  const heights = corners.map(({ y }) => y).sort((a, b) => a - b)
  const [low, high] = [heights[0] ?? 0, heights.at(-1) ?? 0]
  // A little off the middle, where corners of drawn figures like to lie.
  const y = low + (high - low) * 0.503_7
  const crossings: number[] = []
  let before = corners.at(-1)
  for (const corner of corners) {
    if (before && before.y > y !== corner.y > y) {
      crossings.push(before.x + ((y - before.y) / (corner.y - before.y)) * (corner.x - before.x))
    }
    before = corner
  }
  crossings.sort((a, b) => a - b)
  let best = { width: -1, x: corners[0]?.x ?? 0 }
  for (let at = 0; at + 1 < crossings.length; at += 2) {
    const [from, to] = [crossings[at] as number, crossings[at + 1] as number]
    if (to - from > best.width) best = { width: to - from, x: (from + to) / 2 }
  }
  return { x: best.x, y }
}

function indexOf(shapes: readonly Shape[]): Flatbush {
  const index = new Flatbush(shapes.length)
  for (const { west, south, east, north } of shapes) index.add(west, south, east, north)
  index.finish()
  return index
}

/** The deepest place found where the two share ground deeper than the tolerance. */
function overlapOf(a: Shape, b: Shape): { readonly at: Point; readonly metres: number } | undefined {
  const box = {
    west: Math.max(a.west, b.west),
    south: Math.max(a.south, b.south),
    east: Math.min(a.east, b.east),
    north: Math.min(a.north, b.north),
  }
  if (box.east - box.west <= toleranceM && box.north - box.south <= toleranceM) return undefined
  let deepest: { readonly at: Point; readonly metres: number } | undefined
  const look = (point: Point, inside: Shape) => {
    if (point.x < inside.west || point.x > inside.east || point.y < inside.south || point.y > inside.north) return
    if (!isInside(point, inside.corners)) return
    const metres = distanceToRing(point, inside.corners)
    if (metres > toleranceM && metres > (deepest?.metres ?? 0)) deepest = { at: point, metres }
  }
  probe(a, b, box, look)
  probe(b, a, box, look)
  look(a.inner, b)
  look(b.inner, a)
  return deepest
}

type Box = Pick<Shape, 'west' | 'south' | 'east' | 'north'>

/** Looks at the corners of `of` in the common box, and at the middles of the pieces into which `against` cuts its sides there. */
function probe(of: Shape, against: Shape, box: Box, look: (point: Point, inside: Shape) => void): void {
  const others = sidesIn(against.corners, box)
  for (const end of sidesIn(of.corners, box)) {
    const [from, to] = [of.corners.at(end - 1) as Point, of.corners[end] as Point]
    const shares = [0, 1]
    for (const other of others) {
      const share = meetingShare(from, to, against.corners.at(other - 1) as Point, against.corners[other] as Point)
      if (share !== undefined && share > 0 && share < 1) shares.push(share)
    }
    if (shares.length > 2) shares.sort((left, right) => left - right)
    look(from, against)
    for (let at = 0; at + 1 < shares.length; at++) {
      const middle = ((shares[at] as number) + (shares[at + 1] as number)) / 2
      look({ x: from.x + middle * (to.x - from.x), y: from.y + middle * (to.y - from.y) }, against)
    }
  }
}

/** Where the sides end that reach into the box. */
function sidesIn(corners: readonly Point[], box: Box): readonly number[] {
  const ends: number[] = []
  let before = corners.at(-1)
  for (let at = 0; at < corners.length; at++) {
    const corner = corners[at] as Point
    const isOut =
      !before ||
      (before.x > box.east && corner.x > box.east) ||
      (before.x < box.west && corner.x < box.west) ||
      (before.y > box.north && corner.y > box.north) ||
      (before.y < box.south && corner.y < box.south)
    if (!isOut) ends.push(at)
    before = corner
  }
  return ends
}
