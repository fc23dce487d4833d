/** Components of the demonstration: along the streets, a few metres inside their grid, as many of each subclass as its family is common. */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { LngLat } from '#shared/contracts/reference-city'
import { componentFamilies } from './component-duties'
import { type Duty, departmentFinder } from './duties'
import type { Ground } from './ground'
import { shareOut } from './lists'
import { insideFrom } from './places'
import { distance, type Point, sidesOf, toLngLat, towards } from './plane'
import type { Chance } from './random'
import type { CitySources } from './sources'

type Components = ReferenceDocument<'components'>

export interface ComponentInput {
  readonly sources: CitySources
  readonly ground: Ground
  readonly duties: readonly Duty[]
  readonly count: number
  readonly chance: Chance
}

export function componentsDocument(input: ComponentInput): Components {
  const { sources, ground, duties, count, chance } = input
  const subclasses = duties.filter(({ kind }) => kind === 'component')
  const kinds = chance.shuffle(dealSubclasses(subclasses, count))
  const spots = spread(ground, count, chance)
  const departments = departmentFinder(sources.departments)
  const departmentCodes = sources.departments.departments.map(({ code }) => code)
  const departmentAt = new Map(departmentCodes.map((code, index) => [code, index]))
  const indexOf = (code: string) => departmentAt.get(code) ?? 0
  const streetNames = new Map(sources.areas.streets.map(({ code, name }) => [code, name]))
  const streetOf = ground.grids.map(({ code }) => streetNames.get(code.slice(0, 9)))
  const origin = southWest(spots.map(({ position }) => position))
  const serials = subclasses.map(() => 0)
  const columns = {
    subclassIndex: [],
    serial: [],
    gridIndex: [],
    east: [],
    north: [],
    departmentIndex: [],
    ownerIndex: [],
    state: [],
  } as Record<Column, number[]>
  spots.forEach(({ gridIndex, position }, index) => {
    const subclassIndex = kinds[index] ?? 0
    const serial = (serials[subclassIndex] ?? 0) + 1
    serials[subclassIndex] = serial
    const { type, owner } = subclasses[subclassIndex] ?? { type: '', owner: '' }
    columns.subclassIndex.push(subclassIndex)
    columns.serial.push(serial)
    columns.gridIndex.push(gridIndex)
    columns.east.push(millionths(position[0] - origin[0]))
    columns.north.push(millionths(position[1] - origin[1]))
    columns.departmentIndex.push(indexOf(departments(type, streetOf[gridIndex])))
    columns.ownerIndex.push(indexOf(departments(owner, streetOf[gridIndex])))
    columns.state.push(stateBy(chance.next()))
  })
  return {
    kind: 'components',
    title: `${sources.areas.region.name}部件（演示）`,
    standard: sources.edition.standard,
    regionCode: sources.areas.region.code,
    subclassCodes: subclasses.map(({ subclassCode }) => subclassCode),
    gridCodes: ground.grids.map(({ code }) => code),
    departmentCodes,
    origin,
    count,
    ...columns,
  }
}

type Column = 'subclassIndex' | 'serial' | 'gridIndex' | 'east' | 'north' | 'departmentIndex' | 'ownerIndex' | 'state'

const millionths = (degrees: number): number => Math.round(degrees * 1e6)

function southWest(positions: readonly LngLat[]): LngLat {
  const least = (axis: 0 | 1) => positions.reduce((low, position) => Math.min(low, position[axis]), Number.POSITIVE_INFINITY)
  return [Math.floor(least(0) * 1e3) / 1e3, Math.floor(least(1) * 1e3) / 1e3]
}

/** 0 完好, 1 破损, 2 丢失, 3 废弃, 4 移除: most are sound. */
function stateBy(share: number): number {
  if (share < 0.966) return 0
  if (share < 0.985) return 1
  if (share < 0.992) return 2
  return share < 0.997 ? 3 : 4
}

/** The index of a subclass for every component. */
function dealSubclasses(subclasses: readonly Duty[], count: number): number[] {
  const weights = new Map(componentFamilies.flatMap(({ codes, weight }) => codes.map((code) => [code, weight])))
  const shares = shareOut(
    count,
    subclasses.map(({ subclassCode }) => weights.get(subclassCode) ?? 1),
  )
  return shares.flatMap((share, index) => Array.from({ length: share }, () => index))
}

interface Spot {
  readonly gridIndex: number
  readonly position: LngLat
}

/** Evenly round the grids with a little disorder, most beside the street and some further in; longer outlines get more. */
function spread({ grids }: Ground, count: number, chance: Chance): readonly Spot[] {
  const outlines = grids.map(({ points }) => sidesOf(points).map(([from, to]): Side => ({ from, to, length: distance(from, to) })))
  const lengths = outlines.map((sides) => sides.reduce((sum, { length }) => sum + length, 0))
  const shares = shareOut(count, lengths)
  return grids.flatMap((grid, gridIndex) => {
    const share = shares[gridIndex] ?? 0
    const step = (lengths[gridIndex] ?? 0) / Math.max(1, share)
    return Array.from({ length: share }, (_, at): Spot => {
      const edge = pointAlong(outlines[gridIndex] ?? [], (at + chance.next()) * step) ?? grid.middle
      const metres = chance.next() < 0.12 ? chance.between(14, 70) : chance.between(4, 13)
      return { gridIndex, position: toLngLat(insideFrom(edge, grid, metres)) }
    })
  })
}

interface Side {
  readonly from: Point
  readonly to: Point
  readonly length: number
}

/** The point so many metres round the outline. */
function pointAlong(sides: readonly Side[], metres: number): Point | undefined {
  let left = metres
  for (const { from, to, length } of sides) {
    if (left <= length) return towards(from, to, left / length)
    left -= length
  }
  return sides[0]?.from
}
