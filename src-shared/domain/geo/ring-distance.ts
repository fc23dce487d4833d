import { metresPerDegree, type Position } from './position'
import { isInRing, type Ring } from './ring'

/**
 * How far a position is from an outline. On the plane that touches the earth at the position, which is exact to a decimetre over the kilometre that
 * anybody asks about. Pure.
 */

/** Metres from a position to the nearest point of the outline; 0 inside it. */
export function metresOutsideRing(ring: Ring, position: Position): number {
  if (ring.length === 0) return Number.POSITIVE_INFINITY
  if (isInRing(ring, position)) return 0
  const perDegreeEast = metresPerDegree * Math.cos((position.lat * Math.PI) / 180)
  const flat = ring.map(([lng, lat]): Flat => [(lng - position.lng) * perDegreeEast, (lat - position.lat) * metresPerDegree])
  let nearest = Number.POSITIVE_INFINITY
  let before = flat.at(-1)
  for (const point of flat) {
    if (before) nearest = Math.min(nearest, metresToEdge(before, point))
    before = point
  }
  return nearest
}

type Flat = readonly [x: number, y: number]

/** From the origin to the straight line between two points. */
function metresToEdge([ax, ay]: Flat, [bx, by]: Flat): number {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const along = squared === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / squared))
  return Math.hypot(ax + along * dx, ay + along * dy)
}
