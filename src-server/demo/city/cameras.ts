/** Cameras of the demonstration: at crossings of main streets, spread over the city. Device ids follow the make-up of GB/T 28181; none exists. */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Ground } from './ground'
import { insideFrom } from './places'
import { distance, type Point, toLngLat } from './plane'
import { type Street, streetsAt } from './streets'

type Camera = ReferenceDocument<'cameras'>['cameras'][number]

interface Crossing {
  readonly node: number
  readonly point: Point
  readonly name: string
}

export function camerasDocument(
  region: { readonly code: string; readonly name: string },
  ground: Ground,
  streets: readonly Street[],
  count: number,
): ReferenceDocument<'cameras'> {
  const chosen = spreadOut(crossings(ground, streets), count)
  const cameras = chosen.flatMap(({ node, point, name }, index): Camera[] => {
    const seen = ground.around.get(node) ?? []
    const home = seen[0]
    if (!home) return []
    const cameraNo = String(index + 1).padStart(3, '0')
    return [
      {
        cameraNo,
        name,
        // GB/T 28181 annex D: centre 8 digits, trade 00, type 132 network camera, network 0, serial 6 digits.
        deviceId: `${region.code}00001320${String(index + 1).padStart(6, '0')}`,
        canTurn: index % 4 !== 3,
        position: toLngLat(insideFrom(point, home, 6)),
        // Across the crossing, from the corner where it hangs.
        sight: { bearingDeg: bearingFrom(point, home.middle), spreadDeg: index % 4 === 3 ? 50 : 70, reachM: index % 4 === 3 ? 90 : 130 },
        gridCodes: seen.map(({ code }) => code),
      },
    ]
  })
  return { kind: 'cameras', title: `${region.name}监控点（演示）`, cameras }
}

/** Places where two streets meet of which one is a main street, and grids lie on all sides. */
function crossings({ around, nodes }: Ground, streets: readonly Street[]): readonly Crossing[] {
  return [...streetsAt(streets)].flatMap(([node, [first, second]]) => {
    const point = nodes[node]
    const isWide = [first, second].some((street) => street?.rank === 'trunk' || street?.rank === 'main')
    if (!first || !second || !point || !isWide || (around.get(node)?.length ?? 0) < 3) return []
    return [{ node, point, name: `${first.name}${second.name}路口`.replace('路路口', '路口') }]
  })
}

/** Begins in the middle and takes each time the crossing furthest from those already taken. */
function spreadOut(crossings: readonly Crossing[], count: number): readonly Crossing[] {
  const chosen: Crossing[] = []
  const gaps = crossings.map(({ point }) => -Math.hypot(point.x, point.y))
  while (chosen.length < Math.min(count, crossings.length)) {
    const next = crossings[gaps.indexOf(Math.max(...gaps))]
    if (!next) break
    const isFirst = chosen.push(next) === 1
    crossings.forEach(({ point }, index) => {
      const gap = distance(point, next.point)
      gaps[index] = isFirst ? gap : Math.min(gaps[index] ?? gap, gap)
    })
  }
  return chosen
}

/** Degrees clockwise from north, on the plane of the city whose y runs north, from the corner of the grid out over the crossing. */
function bearingFrom(crossing: Point, middle: Point): number {
  const degrees = (Math.atan2(crossing.x - middle.x, crossing.y - middle.y) * 180) / Math.PI
  return Math.round((degrees + 360) % 360) % 360
}
