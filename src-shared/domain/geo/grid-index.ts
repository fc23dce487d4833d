import type { Bounds, Position } from './position'
import { boundsOf, isInRing, type Ring } from './ring'

/**
 * Which unit grid a position lies in, among tens of thousands of outlines. The area is cut into equal buckets, about one for each grid, and a
 * bucket lists the grids whose boxes reach into it; only their outlines are looked at. The index is made once and does not change.
 */
export interface GridOutline {
  readonly code: string
  readonly ring: Ring
}

export interface GridIndex<G extends GridOutline = GridOutline> {
  /** The grid around a position, or undefined outside all of them. Where outlines overlap, the one given first. */
  gridAt(position: Position): G | undefined
}

export function gridIndexOf<G extends GridOutline>(grids: readonly G[]): GridIndex<G> {
  const entries = grids.map((grid) => ({ grid, bounds: boundsOf(grid.ring) })).filter(({ bounds }) => bounds.west < bounds.east)
  const area = entries.reduce<Bounds>((sum, { bounds }) => union(sum, bounds), boundsOf([]))
  const perSide = Math.ceil(Math.sqrt(entries.length))
  const columnOf = (lng: number) => bucketOf(lng, area.west, area.east, perSide)
  const rowOf = (lat: number) => bucketOf(lat, area.south, area.north, perSide)
  const buckets: (typeof entries)[] = Array.from({ length: perSide * perSide }, () => [])
  for (const entry of entries) {
    const { west, south, east, north } = entry.bounds
    for (let row = rowOf(south); row <= rowOf(north); row++) {
      for (let column = columnOf(west); column <= columnOf(east); column++) buckets[row * perSide + column]?.push(entry)
    }
  }
  return {
    gridAt: (position) => {
      if (!holds(area, position)) return undefined
      const bucket = buckets[rowOf(position.lat) * perSide + columnOf(position.lng)]
      return bucket?.find(({ grid, bounds }) => holds(bounds, position) && isInRing(grid.ring, position))?.grid
    },
  }
}

/** The last bucket keeps the far edge. */
const bucketOf = (value: number, from: number, until: number, count: number): number =>
  Math.min(Math.floor(((value - from) / (until - from)) * count), count - 1)

const holds = ({ west, south, east, north }: Bounds, { lng, lat }: Position): boolean =>
  lng >= west && lng <= east && lat >= south && lat <= north

const union = (a: Bounds, b: Bounds): Bounds => ({
  west: Math.min(a.west, b.west),
  south: Math.min(a.south, b.south),
  east: Math.max(a.east, b.east),
  north: Math.max(a.north, b.north),
})
