import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Position } from '#shared/domain/geo/position'
import { type City, cityOf } from '../../../src-renderer/features/map/city'

/** A city of 20 × 20 km that nobody built: 40 000 grids with crooked shared borders, 100 000 components in clumps, the same in every run. */
const perSide = 200
const sideDegrees = 0.00128
const west = 126.5
const south = 45.5
const cornersPerSide = 5

type Corner = readonly [lng: number, lat: number]

export function madeUpCity(components: number): City {
  return cityOf({ grids: gridsDocument(), components: componentsDocument(components) })
}

/** Spread evenly, the same in every run: multiples of irrational numbers. */
export function scattered(count: number): readonly Position[] {
  return Array.from({ length: count }, (_, number) => ({
    lng: west + ((number * Math.SQRT2) % 1) * perSide * sideDegrees,
    lat: south + ((number * Math.sqrt(3)) % 1) * perSide * sideDegrees * 0.7,
  }))
}

function gridsDocument(): ReferenceDocument<'grids'> {
  const grids = Array.from({ length: perSide * perSide }, (_, number) => {
    const [column, row] = [number % perSide, Math.floor(number / perSide)]
    const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)]
    const ring = corners.flatMap((from, side) => along(from, corners[(side + 1) % 4] ?? from))
    const code = `230108${String(1 + Math.floor(number / 4_000)).padStart(3, '0')}${String(1 + Math.floor(number / 400)).padStart(3, '0')}${String(1 + (number % 400)).padStart(3, '0')}`
    return { code, communityCode: code.slice(0, 12), areaM2: 9_900, ring: [...ring, ring[0] ?? [0, 0]] as [number, number][] }
  })
  return { kind: 'grids', title: '四万网格', grids, outlines: [] }
}

const corner = (column: number, row: number): Corner => [
  west + (column + Math.sin(column * 7 + row * 13) / 3) * sideDegrees,
  south + (row + Math.cos(column * 5 + row * 3) / 3) * sideDegrees * 0.7,
]

const along = (from: Corner, to: Corner): readonly Corner[] =>
  Array.from({ length: cornersPerSide }, (_, step) => {
    const share = step / cornersPerSide
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
  })

function componentsDocument(count: number): ReferenceDocument<'components'> {
  const column = (of: (number: number) => number) => Array.from({ length: count }, (_, number) => of(number))
  const extent = perSide * sideDegrees * 1e6
  const zero = column(() => 0)
  return {
    kind: 'components',
    title: '十万部件',
    standard: 'GB/T 47678.5-2026',
    regionCode: '230108',
    subclassCodes: ['01001'],
    gridCodes: [],
    departmentCodes: [],
    origin: [west, south],
    count,
    subclassIndex: zero,
    serial: column((number) => number + 1),
    gridIndex: zero,
    // Two of three along a few streets, as lamps and lids are.
    east: column((number) =>
      Math.floor((number % 3 === 0 ? (number * Math.SQRT2) % 1 : Math.floor(((number * Math.SQRT2) % 1) * 90) / 90) * extent),
    ),
    north: column((number) => Math.floor(((number * Math.sqrt(3)) % 1) * extent * 0.7)),
    departmentIndex: zero,
    ownerIndex: zero,
    state: column((number) => (number % 40 === 0 ? 1 : 0)),
  }
}
