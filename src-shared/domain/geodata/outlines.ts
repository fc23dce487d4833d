import { cornersOf, distanceToSegment, meetingShare, type Plane, type Point, planeAround, signedArea } from '../geo/plane'
import type { Ring } from '../geo/ring'

/** Outlines 边界 changed by hand: neighbours with the same corners along a border, and one outline divided by a line. */
export interface Outline {
  readonly code: string
  readonly ring: Ring
}

/** Nearer than this two corners are one, and a corner lies on a side. Metres. */
const sameM = 0.3

/**
 * The same outlines, each with the corners that its neighbours have along the shared border: where three grids meet, the third's corner often lies in the
 * middle of a side of the first. With it a corner can be moved for all of them, and nothing gapes.
 */
export function withSharedCorners(outlines: readonly Outline[]): readonly Outline[] {
  const plane = planeOf(outlines[0]?.ring)
  if (!plane) return outlines
  const all = outlines.map(({ code, ring }) => ({ code, corners: cornersOf(ring, plane) }))
  return all.map(({ code, corners }) => {
    const others = all.filter((other) => other.code !== code).flatMap((other) => other.corners)
    const wanted = others.filter((point) => corners.every((corner) => distance(corner, point) > sameM))
    const noded = corners.flatMap((corner, at) => {
      const next = corners[(at + 1) % corners.length] ?? corner
      const between = wanted.filter((point) => distanceToSegment(point, corner, next) <= sameM)
      return [corner, ...[...unique(between)].sort((a, b) => distance(corner, a) - distance(corner, b))]
    })
    return { code, ring: outlineOf(noded, plane) }
  })
}

export type DivisionFault = 'notAcross' | 'crossesOften'

/**
 * The two parts of an outline on either side of a line that goes across it. The line may begin and end outside, bend inside, and meet the outline twice. An end
 * that was drawn up to three metres short of the border is taken to it.
 */
export function divided(ring: Ring, line: Ring): readonly [Ring, Ring] | DivisionFault {
  const plane = planeOf(ring)
  if (!plane) return 'notAcross'
  const corners = cornersOf(ring, plane)
  const path = lengthened(line.map(([lng, lat]) => plane.pointOf(lng, lat)))
  const crossings = crossingsOf(corners, path)
  if (crossings.length < 2) return 'notAcross'
  if (crossings.length > 2) return 'crossesOften'
  const [first, last] = crossings as [Crossing, Crossing]
  const inner = path.filter((_, at) => at > first.along && at < last.along)
  const there = [first.point, ...cornersBetween(corners, first, last), last.point, ...[...inner].reverse()]
  const back = [last.point, ...cornersBetween(corners, last, first), first.point, ...inner]
  const parts = [unique(there), unique(back)] as const
  return parts.some((part) => part.length < 3) ? 'notAcross' : [outlineOf(parts[0], plane), outlineOf(parts[1], plane)]
}

/** RFC 7946 §3.1.6: closed, counter-clockwise; to the centimetre. */
export function outlineOf(corners: readonly Point[], plane: Plane): Ring {
  const turned = signedArea(corners) < 0 ? [...corners].reverse() : corners
  const ring = turned.map((corner) => {
    const { lng, lat } = plane.positionOf(corner)
    return [rounded(lng), rounded(lat)] as const
  })
  return ring[0] ? [...ring, ring[0]] : ring
}

/** What a hand drew, whichever way it went, as an outline. */
export function drawnOutline(ring: Ring): Ring {
  const plane = planeOf(ring)
  return plane ? outlineOf(cornersOf(ring, plane), plane) : ring
}

const rounded = (degrees: number): number => Number(degrees.toFixed(7))

function planeOf(ring: Ring | undefined): Plane | undefined {
  const first = ring?.[0]
  return first && planeAround({ lng: first[0], lat: first[1] })
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

function unique(points: readonly Point[]): readonly Point[] {
  const kept = points.filter((point, at) => at === 0 || distance(point, points[at - 1] ?? point) > 0.02)
  const [first, last] = [kept[0], kept.at(-1)]
  return kept.length > 1 && first && last && distance(first, last) <= 0.02 ? kept.slice(0, -1) : kept
}

const shortM = 3

function lengthened(path: readonly Point[]): readonly Point[] {
  const beyond = (from: Point | undefined, to: Point | undefined): Point[] => {
    const long = from && to ? distance(from, to) : 0
    return from && to && long > 0
      ? [{ x: to.x + ((to.x - from.x) / long) * shortM, y: to.y + ((to.y - from.y) / long) * shortM }]
      : to
        ? [to]
        : []
  }
  return [...beyond(path[1], path[0]), ...path.slice(1, -1), ...beyond(path.at(-2), path.at(-1))]
}

interface Crossing {
  /** Number of the line's segment, and the share of it. */
  readonly along: number
  /** The side of the outline that begins with this corner. */
  readonly side: number
  readonly point: Point
}

/** In the order of the line. A corner that the line passes is one crossing, however the sides on either side of it round. */
function crossingsOf(corners: readonly Point[], path: readonly Point[]): readonly Crossing[] {
  const found = path.slice(1).flatMap((end, at) => {
    const start = path[at] ?? end
    const long = distance(start, end) || 1
    return corners.flatMap((corner, side): readonly Crossing[] => {
      const next = corners[(side + 1) % corners.length] ?? corner
      if (distanceToSegment(corner, start, end) <= sameM)
        return [{ along: at + Math.min(1, distance(start, corner) / long), side, point: corner }]
      const share = meetingShare(start, end, corner, next)
      if (share === undefined) return []
      const point = { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }
      return distance(point, corner) <= sameM || distance(point, next) <= sameM ? [] : [{ along: at + share, side, point }]
    })
  })
  const sorted = found.sort((a, b) => a.along - b.along)
  return sorted.filter(({ point }, at) => sorted.findIndex((other) => distance(other.point, point) <= sameM) === at)
}

/** Corners passed from one crossing to another, the way the outline runs. */
function cornersBetween(corners: readonly Point[], from: Crossing, to: Crossing): readonly Point[] {
  const count = corners.length
  const begin = corners[from.side] ?? from.point
  const isAhead = from.side === to.side && distance(begin, from.point) <= distance(begin, to.point)
  const steps = isAhead ? 0 : ((to.side - from.side + count - 1) % count) + 1
  return Array.from({ length: steps }, (_, step) => corners[(from.side + 1 + step) % count] ?? begin)
}
