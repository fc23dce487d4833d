/**
 * Unit grids and the areas that they make up: every block of the mesh becomes a grid with its code, and communities, streets and region are the
 * union of their grids, found by striking out the edges that two of them share. No names of places here.
 */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { LngLat } from '#shared/contracts/reference-city'
import type { Mesh } from './mesh'
import { areaOf, centroidOf, type Point, sidesOf, toLngLat } from './plane'

type Areas = ReferenceDocument<'areas'>

export interface Ground {
  readonly nodes: readonly Point[]
  readonly grids: readonly GroundGrid[]
  /** Grids around each node. */
  readonly around: ReadonlyMap<number, readonly GroundGrid[]>
}

export interface GroundGrid {
  readonly code: string
  readonly communityCode: string
  readonly ring: readonly number[]
  readonly points: readonly Point[]
  readonly middle: Point
  /** Mesh row and column, for neighbours and orders. */
  readonly row: number
  readonly column: number
}

/** Gives the grids their codes: GB/T 30428.1 numbers them inside a community from west to east and from north to south. */
export function layGround(mesh: Mesh, communities: Areas['communities']): Ground {
  const counters = new Map<string, number>()
  const grids = mesh.blocks.flatMap(({ community, ring, row, column }): GroundGrid[] => {
    const communityCode = communities[community]?.code
    if (communityCode === undefined) return []
    const number = (counters.get(communityCode) ?? 0) + 1
    counters.set(communityCode, number)
    const points = ring.flatMap((node) => mesh.nodes[node] ?? [])
    const code = communityCode + String(number).padStart(3, '0')
    return [{ code, communityCode, ring, points, middle: centroidOf(points), row, column }]
  })
  grids.sort((a, b) => (a.code < b.code ? -1 : 1))
  const around = new Map<number, GroundGrid[]>()
  for (const grid of grids)
    for (const node of grid.ring) {
      const known = around.get(node)
      if (known) known.push(grid)
      else around.set(node, [grid])
    }
  return { nodes: mesh.nodes, grids, around }
}

/** The demonstration's own streets and communities, with its grids. */
export function areasDocument(areas: Areas, ground: Ground): Areas {
  const source = '演示数据'
  const grids = ground.grids.map(({ code, communityCode }) => ({ code, communityCode, source, isCertain: false }))
  return { ...areas, title: `${areas.region.cityName}${areas.region.name}（演示城区）`, grids }
}

export function gridsDocument(areas: Areas, ground: Ground): ReferenceDocument<'grids'> {
  const closed = (points: readonly Point[]): LngLat[] => [...points, ...points.slice(0, 1)].map(toLngLat)
  const outline = (areaCode: string) => {
    const ring = unionOf(ground.grids.filter(({ code }) => code.startsWith(areaCode)).map((grid) => grid.ring))
    const points = ring.flatMap((node) => ground.nodes[node] ?? [])
    return { areaCode, areaM2: squareMetres(points), ring: closed(points) }
  }
  return {
    kind: 'grids',
    title: `${areas.region.name}单元网格边界（演示）`,
    grids: ground.grids.map(({ code, communityCode, points }) => ({
      code,
      communityCode,
      areaM2: squareMetres(points),
      ring: closed(points),
    })),
    outlines: [areas.region, ...areas.streets, ...areas.communities].map(({ code }) => outline(code)),
  }
}

const squareMetres = (points: readonly Point[]): number => Math.round(areaOf(points) * 100) / 100

/** The outline of rings that lie side by side without a hole: what is left when every edge that two share is struck out. */
export function unionOf(rings: readonly (readonly number[])[]): readonly number[] {
  const next = new Map<string, readonly [number, number]>()
  for (const ring of rings)
    for (const [from, to] of sidesOf(ring)) {
      if (!next.delete(`${to}>${from}`)) next.set(`${from}>${to}`, [from, to])
    }
  const follows = new Map([...next.values()])
  const start = follows.keys().next().value
  if (start === undefined) return []
  const outline = [start]
  for (let at = follows.get(start); at !== undefined && at !== start && outline.length <= follows.size; at = follows.get(at))
    outline.push(at)
  return outline
}
