/**
 * P8: which unit grid a position lies in, among 40 000 outlines of twenty corners each that share their crooked borders. The reference is looking
 * at every outline in turn, on the same positions, a few percent of which lie outside. Making the index is told in the detail: it happens once.
 */
import { type GridOutline, gridIndexOf } from '#shared/domain/geo/grid-index'
import type { Position } from '#shared/domain/geo/position'
import { isInRing, type Ring } from '#shared/domain/geo/ring'
import { locatorOf } from '#shared/domain/place/locate'
import { type Figure, quantile, rounded } from './figure'

const perSide = 200
/** 0.001° is about 100 m: the hectare that a grid in the centre of a city has. */
const sideDegrees = 0.001
const cornersPerSide = 5

type Corner = readonly [lng: number, lat: number]

export async function run({ isShort = false }: { isShort?: boolean } = {}): Promise<readonly Figure[]> {
  const grids = madeUpCity()
  const startedMs = performance.now()
  const index = gridIndexOf(grids)
  const indexMs = performance.now() - startedMs
  const positions = Array.from({ length: isShort ? 2_000 : 100_000 }, (_, number) => positionOf(number))
  const few = positions.slice(0, isShort ? 20 : 400)
  const search = (position: Position) => grids.find(({ ring }) => isInRing(ring, position))
  if (few.some((position) => index.gridAt(position) !== search(position))) throw new Error('the index and the search disagree')
  const ours = timesUs(positions, index.gridAt)
  const reference = timesUs(few, search)
  const value = quantile(ours, 0.99)
  return [
    placeFigure(grids, positions),
    {
      name: 'P8',
      value: rounded(value),
      unit: 'µs',
      reference: rounded(quantile(reference, 0.99)),
      ratio: value / quantile(reference, 0.99),
      samples: positions.length,
      detail: {
        what: 'the grid at a position, among 40 000',
        measure: 'p99',
        budget: 'p99 ≤ 50 µs',
        medianUs: rounded(quantile(ours, 0.5)),
        referenceMedianUs: rounded(quantile(reference, 0.5)),
        indexMs: rounded(indexMs),
      },
    },
  ]
}

/**
 * The whole answer about a place: grid, community, street, grade, departments by 400 drawn areas and by grids, and the nearest of 100 000 components
 * and 3 000 cameras, which is what a click on the map asks.
 */
function placeFigure(grids: readonly GridOutline[], positions: readonly Position[]): Figure {
  const things = (count: number, shift: number) =>
    Array.from({ length: count }, (_, number) => ({ code: String(number), position: positionOf(number + shift) }))
  const drawn = grids
    .filter((_, at) => at % 100 === 0)
    .map(({ ring, code }) => ({ departmentCode: `D${code}`, rings: [ring], gridCodes: [] }))
  const named = grids.map(({ code }) => ({ departmentCode: `N${Number(code) % 40}`, rings: null, gridCodes: [code] }))
  const startedMs = performance.now()
  const locator = locatorOf(
    grids,
    { components: things(100_000, 0.5), cameras: things(3_000, 0.25) },
    { areaGrades: {}, departmentAreas: [...drawn, ...named] },
  )
  const indexMs = performance.now() - startedMs
  if (!positions.some((position) => locator.at(position).departmentCodes.length === 2)) throw new Error('no place lies in two areas')
  const ours = timesUs(positions, locator.at)
  return {
    name: 'P8-place',
    value: rounded(quantile(ours, 0.99)),
    unit: 'µs',
    reference: null,
    ratio: null,
    samples: positions.length,
    detail: {
      what: 'grid, grade, departments, nearest components and cameras of a position',
      measure: 'p99',
      budget: 'p99 < 1 000 µs',
      medianUs: rounded(quantile(ours, 0.5)),
      worstUs: rounded(Math.max(...ours.slice(0, 50_000))),
      indexMs: rounded(indexMs),
    },
  }
}

function timesUs(positions: readonly Position[], find: (position: Position) => unknown): readonly number[] {
  return positions.map((position) => {
    const startedMs = performance.now()
    find(position)
    return (performance.now() - startedMs) * 1_000
  })
}

function madeUpCity(): readonly GridOutline[] {
  return Array.from({ length: perSide * perSide }, (_, number) => {
    const [column, row] = [number % perSide, Math.floor(number / perSide)]
    const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)]
    const ring: Ring = corners.flatMap((from, side) => along(from, corners[(side + 1) % 4] ?? from))
    return { code: String(number), ring }
  })
}

const corner = (column: number, row: number): Corner => [
  126.5 + (column + Math.sin(column * 7 + row * 13) / 3) * sideDegrees,
  45.5 + (row + Math.cos(column * 5 + row * 3) / 3) * sideDegrees,
]

const along = (from: Corner, to: Corner): readonly Corner[] =>
  Array.from({ length: cornersPerSide }, (_, step) => {
    const share = step / cornersPerSide
    return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
  })

/** Spread evenly over the city and a little beyond, the same in every run: multiples of two irrational numbers. */
function positionOf(number: number): Position {
  const spread = (by: number) => (((number * by) % 1) * 1.02 - 0.01) * perSide * sideDegrees
  return { lng: 126.5 + spread(Math.SQRT2), lat: 45.5 + spread(Math.sqrt(3)) }
}
