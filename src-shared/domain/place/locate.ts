import Flatbush from 'flatbush'
import { type GridIndex, type GridOutline, gridIndexOf } from '../geo/grid-index'
import { boundsAround, metresBetween, type Position } from '../geo/position'
import { boundsOf, isInPolygon, type Polygon } from '../geo/ring'

/**
 * Where a position is: its unit grid 单元网格, and by the grid's code (GB/T 30428.1) its community and street, with what stands nearest. Made once
 * from what a seat keeps of the city, so that it answers in microseconds and without the centre. Names are the caller's to look up.
 */
export interface PlaceAnswer<T extends Things> {
  readonly position: Position
  /** Undefined outside all grids. */
  readonly gridCode: string | undefined
  readonly communityCode: string | undefined
  readonly streetCode: string | undefined
  /** 区域类别 of the street; undefined where the centre's profile names none. */
  readonly areaGrade: AreaGrade | undefined
  /** Whose areas 管辖范围 the position lies in, each department once. What they answer for is the responsibility matrix. */
  readonly departmentCodes: readonly string[]
  /** What stands near, kind by kind: among a thousand street lamps the only camera would be lost. Nearest first. */
  readonly nearest: { readonly [K in keyof T]: readonly Near<T[K][number]>[] }
}

/** What stands in the city, by kinds that the caller names. */
export type Things = Readonly<Record<string, readonly Placed[]>>

export interface Placed {
  readonly position: Position
}

export interface Near<P extends Placed> {
  readonly item: P
  readonly metres: number
}

export interface NearIndex<P extends Placed> {
  /** At most `count` items within `metres`, nearest first. */
  nearest(position: Position, count: number, metres: number): readonly Near<P>[]
}

/**
 * Items by where they stand. Longitudes are shortened by the latitude of the first item, so that the index measures both axes alike; over a city
 * that orders neighbours rightly to a decimetre, and the figure given is the great-circle distance.
 */
export function nearIndexOf<P extends Placed>(items: readonly P[]): NearIndex<P> {
  const first = items[0]
  if (!first) return { nearest: () => [] }
  const shrink = Math.cos((first.position.lat * Math.PI) / 180)
  const index = new Flatbush(items.length)
  for (const { position } of items) index.add(position.lng * shrink, position.lat)
  index.finish()
  return {
    nearest(position, count, metres) {
      const reach = boundsAround(position, metres).north - position.lat
      return index
        .neighbors(position.lng * shrink, position.lat, count, reach)
        .flatMap((at) => {
          const item = items[at]
          return item ? [{ item, metres: metresBetween(position, item.position) }] : []
        })
        .sort((a, b) => a.metres - b.metres)
    },
  }
}

export type AreaGrade = 1 | 2 | 3

/** Where a department answers: drawn, or named by grids; both when both are given. */
export interface DepartmentArea {
  readonly departmentCode: string
  readonly rings: Polygon | null
  readonly gridCodes: readonly string[]
}

/** What of the city's settings tells more than the ground. */
export interface Responsibilities {
  /** By street code, from the centre's profile. */
  readonly areaGrades: Readonly<Record<string, AreaGrade>>
  readonly departmentAreas: readonly DepartmentArea[]
}

export interface Locator<T extends Things> {
  at(position: Position): PlaceAnswer<T>
}

/** How many neighbours of a kind an answer names, and how far they may be. */
const nearestCount = 5
const nearestMetres = 300

export function locatorOf<T extends Things>(
  grids: readonly GridOutline[] | GridIndex,
  things: T,
  { areaGrades, departmentAreas }: Responsibilities = { areaGrades: {}, departmentAreas: [] },
): Locator<T> {
  const gridIndex = 'gridAt' in grids ? grids : gridIndexOf(grids)
  const indices = Object.entries(things).map(([kind, items]) => [kind, nearIndexOf(items)] as const)
  const nearestTo = (position: Position) =>
    Object.fromEntries(
      indices.map(([kind, index]) => [kind, index.nearest(position, nearestCount, nearestMetres)]),
    ) as PlaceAnswer<T>['nearest']
  const departmentsAt = departmentIndexOf(departmentAreas)
  return {
    at(position) {
      const gridCode = gridIndex.gridAt(position)?.code
      return {
        position,
        gridCode,
        communityCode: gridCode?.slice(0, 12),
        streetCode: gridCode?.slice(0, 9),
        areaGrade: gridCode === undefined ? undefined : areaGrades[gridCode.slice(0, 9)],
        departmentCodes: departmentsAt(position, gridCode),
        nearest: nearestTo(position),
      }
    },
  }
}

/** Departments by the box of what is drawn, and by grid: a city has some hundred areas, and an answer looks at a few of them. */
function departmentIndexOf(areas: readonly DepartmentArea[]): (position: Position, gridCode: string | undefined) => readonly string[] {
  const byGrid = new Map<string, string[]>()
  for (const { departmentCode, gridCodes } of areas) {
    for (const code of gridCodes) byGrid.set(code, [...(byGrid.get(code) ?? []), departmentCode])
  }
  const drawn = areas.flatMap(({ departmentCode, rings }) => (rings?.[0] ? [{ departmentCode, rings, bounds: boundsOf(rings[0]) }] : []))
  const index = drawn.length > 0 ? new Flatbush(drawn.length) : undefined
  for (const { bounds } of drawn) index?.add(bounds.west, bounds.south, bounds.east, bounds.north)
  index?.finish()
  return (position, gridCode) => {
    const { lng, lat } = position
    const around = (index?.search(lng, lat, lng, lat) ?? []).flatMap((at) => drawn[at] ?? [])
    const within = around.filter(({ rings }) => isInPolygon(rings, position)).map(({ departmentCode }) => departmentCode)
    const named = gridCode === undefined ? [] : (byGrid.get(gridCode) ?? [])
    return [...new Set([...within, ...named])].sort()
  }
}
