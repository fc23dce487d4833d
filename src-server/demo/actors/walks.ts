/** Where a collector walks: round the grids of their own ground, whose outlines are streets, at an easy pace. */
import type { Position } from '#shared/domain/geo/position'
import { metresBetween } from '#shared/domain/geo/position'

const metresPerSecond = 1.1

/** After so many milliseconds of simulated time; `rings` are outlines whose first point is repeated. */
export function placeAfter(rings: readonly (readonly Position[])[], ms: number): Position | null {
  const ways = rings.flatMap((ring) => ring.slice(1).map((to, index) => ({ from: ring[index] ?? to, to })))
  const lengths = ways.map(({ from, to }) => metresBetween(from, to))
  const round = lengths.reduce((sum, length) => sum + length, 0)
  if (round === 0) return ways[0]?.from ?? null
  let left = ((ms / 1000) * metresPerSecond) % round
  for (const [index, { from, to }] of ways.entries()) {
    const length = lengths[index] ?? 0
    if (left <= length) {
      const share = length === 0 ? 0 : left / length
      return { lng: from.lng + (to.lng - from.lng) * share, lat: from.lat + (to.lat - from.lat) * share }
    }
    left -= length
  }
  return ways[0]?.from ?? null
}
