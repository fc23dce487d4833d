import { type Bounds, metresPerDegree, type Position } from './position'

/**
 * Outlines: whether a position lies inside, and how much ground they enclose. Degrees are treated as a plane, which is exact enough for a city;
 * no outline may cross the date line or hold a pole.
 */
/** `[lng, lat]` pairs as in GeoJSON (RFC 7946 §3.1.6). The last may repeat the first, the direction does not matter. */
export type Ring = readonly (readonly [lng: number, lat: number])[]

/** The outside first, then the holes in it. */
export type Polygon = readonly Ring[]

/**
 * Inside by the even-odd rule. Of rings that share an edge, as neighbouring grids do, a position on that edge is in one: a ring has its west and
 * south edges and not its east and north ones.
 */
export function isInRing(ring: Ring, { lng, lat }: Position): boolean {
  let isInside = false
  let before = ring.at(-1)
  for (const point of ring) {
    if (before && crossesEastOf(before, point, lng, lat)) isInside = !isInside
    before = point
  }
  return isInside
}

/** Inside the outside and in none of the holes. */
export function isInPolygon([outside, ...holes]: Polygon, position: Position): boolean {
  return outside !== undefined && isInRing(outside, position) && !holes.some((hole) => isInRing(hole, position))
}

/** Whether the ray from the position towards the east crosses the edge. Both neighbours compute it from the lower end, hence the very same figure. */
function crossesEastOf(a: Ring[number], b: Ring[number], lng: number, lat: number): boolean {
  if (a[1] > lat === b[1] > lat) return false
  const [low, high] = a[1] < b[1] ? [a, b] : [b, a]
  return lng < low[0] + ((lat - low[1]) / (high[1] - low[1])) * (high[0] - low[0])
}

/** Ground enclosed in m², whichever way the ring runs; on the plane that touches the earth at the ring's middle latitude. */
export function ringAreaM2(ring: Ring): number {
  const first = ring[0]
  if (!first) return 0
  let doubled = 0
  let before = ring.at(-1) ?? first
  for (const point of ring) {
    // Relative to the first corner: products of whole degrees would swallow the square metres.
    doubled += (before[0] - first[0]) * (point[1] - first[1]) - (point[0] - first[0]) * (before[1] - first[1])
    before = point
  }
  const { south, north } = boundsOf(ring)
  const perDegreeEast = metresPerDegree * Math.cos(((south + north) / 360) * Math.PI)
  return (Math.abs(doubled) / 2) * metresPerDegree * perDegreeEast
}

/** The box around a ring; of an empty one it holds nothing. */
export function boundsOf(ring: Ring): Bounds {
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [lng, lat] of ring) {
    west = Math.min(west, lng)
    south = Math.min(south, lat)
    east = Math.max(east, lng)
    north = Math.max(north, lat)
  }
  return { west, south, east, north }
}
