/**
 * The plan of the demonstration's city before anything is drawn: which cells of a street mesh belong to it, and to which district and community.
 * Rows count from the north, columns from the west. Communities are rectangles of cells cut by the city's edge, so each is one piece.
 */
import type { Chance } from './random'

export const rowCount = 20
export const columnCount = 24

export interface Cell {
  readonly row: number
  readonly column: number
  /** Position in the list of communities that were asked for. */
  readonly community: number
}

/** First and last (exclusive) row and column of a rectangle of cells. */
interface Patch {
  readonly north: number
  readonly south: number
  readonly west: number
  readonly east: number
}

/** `sizes`: how many communities each of the six districts has (4 or 5). Communities are numbered through, district by district. */
export function planCity(sizes: readonly number[], chance: Chance): readonly Cell[] {
  const patches = sizes.flatMap((size, district) => communitiesOf(districtPatch(district), size, chance))
  return patches.flatMap(({ north, south, west, east }, community) => {
    const cells: Cell[] = []
    for (let row = north; row < south; row += 1)
      for (let column = west; column < east; column += 1) if (isBuilt(row, column)) cells.push({ row, column, community })
    return cells
  })
}

/** Three districts in the north, three in the south; the borders are not one line through the whole city. */
function districtPatch(district: number): Patch {
  const isNorth = district < 3
  const borders = isNorth ? [0, 8, 17, columnCount] : [0, 9, 16, columnCount]
  const at = district % 3
  return { north: isNorth ? 0 : 10, south: isNorth ? 10 : rowCount, west: borders[at] ?? 0, east: borders[at + 1] ?? columnCount }
}

/** Two communities in the north of the district and two or three in the south. */
function communitiesOf({ north, south, west, east }: Patch, size: number, chance: Chance): readonly Patch[] {
  const across = north + 5
  const width = east - west
  const cutAt = west + Math.floor(width / 2) + chance.below(2)
  const upper = cut(north, across, [west, cutAt, east])
  const lower =
    size > 4 ? [west, west + Math.ceil(width / 3), east - Math.ceil(width / 3), east] : [west, west + Math.ceil(width / 2), east]
  return [...upper, ...cut(across, south, lower)]
}

const cut = (north: number, south: number, borders: readonly number[]): readonly Patch[] =>
  borders.slice(1).map((east, index) => ({ north, south, west: borders[index] ?? 0, east }))

/** A rounded outline: a superellipse, with the corner by the railway in the south-west cut off. */
function isBuilt(row: number, column: number): boolean {
  const u = Math.abs((column + 0.5) / columnCount - 0.5) * 2
  const v = Math.abs((row + 0.5) / rowCount - 0.5) * 2
  return u ** 4 + v ** 4 < 1.12 && column + (rowCount - row) > 4
}
