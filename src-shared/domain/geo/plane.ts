import { metresPerDegree, type Position } from './position'
import type { Ring } from './ring'

/**
 * A city as a plane: metres east and north of a corner. Lengths are right to a part in a thousand over fifty kilometres, which is far below what is measured
 * with it (a metre between neighbours).
 */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Plane {
  pointOf(lng: number, lat: number): Point
  positionOf(point: Point): Position
}

export function planeAround(origin: Position): Plane {
  const perEast = metresPerDegree * Math.cos((origin.lat * Math.PI) / 180)
  return {
    pointOf: (lng, lat) => ({ x: (lng - origin.lng) * perEast, y: (lat - origin.lat) * metresPerDegree }),
    positionOf: ({ x, y }) => ({ lng: origin.lng + x / perEast, lat: origin.lat + y / metresPerDegree }),
  }
}

/** Without the repetition of its first corner at the end. */
export function cornersOf(ring: Ring, plane: Plane): readonly Point[] {
  const points = ring.map(([lng, lat]) => plane.pointOf(lng, lat))
  const [first, last] = [points[0], points.at(-1)]
  return points.length > 1 && first && last && first.x === last.x && first.y === last.y ? points.slice(0, -1) : points
}

/** Square metres; positive when the corners run counter-clockwise. */
export function signedArea(corners: readonly Point[]): number {
  let doubled = 0
  let before = corners.at(-1)
  for (const corner of corners) {
    if (before) doubled += before.x * corner.y - corner.x * before.y
    before = corner
  }
  return doubled / 2
}

export function distanceToSegment(point: Point, a: Point, b: Point): number {
  return Math.sqrt(squaredDistance(point, a, b))
}

/** Without `Math.hypot`, which guards against overflow and takes ten times as long; a city has no such numbers. */
function squaredDistance(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const length2 = dx * dx + dy * dy
  const share = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length2))
  const [east, north] = [point.x - a.x - share * dx, point.y - a.y - share * dy]
  return east * east + north * north
}

export function distanceToRing(point: Point, corners: readonly Point[]): number {
  let nearest = Number.POSITIVE_INFINITY
  let before = corners.at(-1)
  for (const corner of corners) {
    if (before) nearest = Math.min(nearest, squaredDistance(point, before, corner))
    before = corner
  }
  return Math.sqrt(nearest)
}

/** Even-odd rule; on the line itself either way. */
export function isInside(point: Point, corners: readonly Point[]): boolean {
  let isIn = false
  let before = corners.at(-1)
  for (const corner of corners) {
    if (before && before.y > point.y !== corner.y > point.y) {
      const x = before.x + ((point.y - before.y) / (corner.y - before.y)) * (corner.x - before.x)
      if (point.x < x) isIn = !isIn
    }
    before = corner
  }
  return isIn
}

/** Where along `a`–`b` (0–1) the segment `c`–`d` meets it; undefined when they do not, or run along each other. */
export function meetingShare(a: Point, b: Point, c: Point, d: Point): number | undefined {
  const [rx, ry, sx, sy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y]
  const cross = rx * sy - ry * sx
  // Nearly along each other: where they meet would be chance.
  if (cross * cross < 1e-18 * (rx * rx + ry * ry) * (sx * sx + sy * sy)) return undefined
  const t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross
  const u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : undefined
}
