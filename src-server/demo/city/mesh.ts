/**
 * Streets and blocks of the demonstration's city: a jittered, slightly turned mesh whose cells are now and then split by a lane or joined to one.
 * Blocks name their corners by node, and a corner on a neighbour's side belongs to both rings, so shared edges are the same edge. Names and codes
 * come later.
 */
import { type Cell, columnCount, planCity, rowCount } from './plan'
import { type Point, toLngLat, toPoint, towards } from './plane'
import type { Chance } from './random'

export interface Block {
  readonly row: number
  /** Counts from the west within the row; halves of a cell lie between whole numbers. */
  readonly column: number
  readonly community: number
  /** Nodes counter-clockwise, the first not repeated. */
  readonly ring: readonly number[]
}

export interface Mesh {
  readonly nodes: readonly Point[]
  /** From north to south, in each row from west to east. */
  readonly blocks: readonly Block[]
  /** Nodes along each long street; `line` counts mesh lines from the west or north. */
  readonly streets: readonly StreetLine[]
}

export interface StreetLine {
  readonly course: 'northSouth' | 'westEast' | 'lane'
  readonly line: number
  readonly runs: readonly (readonly number[])[]
}

/** What fills one cell: the whole, its halves, or nothing because its western neighbour took it in. */
type Use = 'whole' | 'split' | 'joining' | 'joined'

const nodeAt = (row: number, column: number): number => row * (columnCount + 1) + column
const cellKey = (row: number, column: number): number => row * columnCount + column

/** `blockCount` blocks in communities of `sizes`. */
export function buildMesh(sizes: readonly number[], blockCount: number, chance: Chance): Mesh {
  const cells = planCity(sizes, chance)
  const nodes = placeNodes(chance)
  const uses = chooseUses(cells, blockCount, chance)
  const middles = placeMiddles(uses, nodes, chance)
  const blocks = cells.flatMap((cell) => blocksOf(cell, uses, middles))
  blocks.sort((a, b) => a.row - b.row || a.column - b.column)
  return { nodes: nodes.map((node) => toPoint(toLngLat(node))), blocks, streets: streetsOf(uses, middles) }
}

const blockMetres = 238
const turn = (7 * Math.PI) / 180

/** Uneven streets, two long waves and a little jitter; main streets stay straighter. */
function placeNodes(chance: Chance): Point[] {
  const steps = (count: number) => Array.from({ length: count }, () => chance.between(0.68, 1.32) * blockMetres)
  const along = (widths: readonly number[]) => {
    let end = 0
    const ends = [0, ...widths.map((width) => (end += width))]
    return ends.map((each) => each - end / 2)
  }
  const easts = along(steps(columnCount))
  const souths = along(steps(rowCount))
  const [waveA, waveB] = [chance.between(0, 6), chance.between(0, 6)]
  return souths.flatMap((south, row) =>
    easts.map((east, column) => {
      const loose = row % 5 === 0 || column % 4 === 0 ? 6 : 22
      const x = east + 110 * Math.sin(south / 1500 + waveA) + chance.between(-loose, loose)
      const y = -south + 90 * Math.sin(east / 1900 + waveB) + chance.between(-loose, loose)
      return { x: x * Math.cos(turn) - y * Math.sin(turn), y: x * Math.sin(turn) + y * Math.cos(turn) }
    }),
  )
}

/** Splits and joins cells until there are as many blocks as wanted; a few more of both than needed, so that the city is not a chessboard. */
function chooseUses(cells: readonly Cell[], blockCount: number, chance: Chance): ReadonlyMap<number, Use> {
  const uses = new Map<number, Use>(cells.map(({ row, column }) => [cellKey(row, column), 'whole']))
  const communityAt = new Map(cells.map(({ row, column, community }) => [cellKey(row, column), community]))
  const excess = cells.length - blockCount
  let splits = 34 + Math.max(0, -excess)
  let joins = splits + excess
  for (const { row, column, community } of chance.shuffle(cells)) {
    const key = cellKey(row, column)
    if (uses.get(key) !== 'whole') continue
    const east = cellKey(row, column + 1)
    const canJoin = column + 1 < columnCount && uses.get(east) === 'whole' && communityAt.get(east) === community
    if (joins > 0 && canJoin && (column + 1) % 4 !== 0) {
      uses.set(key, 'joining').set(east, 'joined')
      joins -= 1
    } else if (splits > 0) {
      uses.set(key, 'split')
      splits -= 1
    }
  }
  return uses
}

/** Nodes in the middle of the northern and southern side of every split cell, by the side's mesh place. */
function placeMiddles(uses: ReadonlyMap<number, Use>, nodes: Point[], chance: Chance): ReadonlyMap<number, number> {
  const middles = new Map<number, number>()
  for (const [key, use] of uses) {
    if (use !== 'split') continue
    const [row, column] = [Math.floor(key / columnCount), key % columnCount]
    for (const line of [row, row + 1]) {
      const side = cellKey(line, column)
      const [from, to] = [nodes[nodeAt(line, column)], nodes[nodeAt(line, column + 1)]]
      if (middles.has(side) || !from || !to) continue
      middles.set(side, nodes.length)
      nodes.push(towards(from, to, chance.between(0.42, 0.58)))
    }
  }
  return middles
}

/** Nodes of a cell's northern or southern side from west to east. */
function sideOf(line: number, column: number, middles: ReadonlyMap<number, number>): number[] {
  const middle = middles.get(cellKey(line, column))
  return [nodeAt(line, column), ...(middle === undefined ? [] : [middle]), nodeAt(line, column + 1)]
}

function blocksOf({ row, column, community }: Cell, uses: ReadonlyMap<number, Use>, middles: ReadonlyMap<number, number>): Block[] {
  const block = (at: number, south: readonly number[], north: readonly number[]): Block => ({
    row,
    column: at,
    community,
    ring: [...new Set([...south, ...[...north].reverse()])],
  })
  const south = sideOf(row + 1, column, middles)
  const north = sideOf(row, column, middles)
  switch (uses.get(cellKey(row, column))) {
    case 'whole':
      return [block(column, south, north)]
    case 'split':
      return [block(column, south.slice(0, 2), north.slice(0, 2)), block(column + 0.5, south.slice(1), north.slice(1))]
    case 'joining':
      return [block(column, [...south, ...sideOf(row + 1, column + 1, middles)], [...north, ...sideOf(row, column + 1, middles)])]
    default:
      return []
  }
}

function streetsOf(uses: ReadonlyMap<number, Use>, middles: ReadonlyMap<number, number>): readonly StreetLine[] {
  const isBuilt = (row: number, column: number) => column >= 0 && column < columnCount && uses.has(cellKey(row, column))
  const isJoined = (row: number, column: number) => column < columnCount && uses.get(cellKey(row, column)) === 'joined'
  const lines = (count: number) => Array.from({ length: count }, (_, line) => line)
  const northSouth = lines(columnCount + 1).map((line): StreetLine => {
    const pieces = lines(rowCount)
      .filter((row) => (isBuilt(row, line - 1) || isBuilt(row, line)) && !isJoined(row, line))
      .map((row) => [nodeAt(row, line), nodeAt(row + 1, line)])
    return { course: 'northSouth', line, runs: chained(pieces) }
  })
  const westEast = lines(rowCount + 1).map((line): StreetLine => {
    const pieces = lines(columnCount)
      .filter((column) => isBuilt(line - 1, column) || isBuilt(line, column))
      .map((column) => sideOf(line, column, middles))
    return { course: 'westEast', line, runs: chained(pieces) }
  })
  const lanes = lines(columnCount).flatMap((column) => {
    const pieces = lines(rowCount)
      .filter((row) => uses.get(cellKey(row, column)) === 'split')
      .map((row) => [row, row + 1].flatMap((line) => middles.get(cellKey(line, column)) ?? []))
    return chained(pieces).map((run): StreetLine => ({ course: 'lane', line: column, runs: [run] }))
  })
  return [...northSouth, ...westEast, ...lanes].filter(({ runs }) => runs.length > 0)
}

/** Joins pieces where one begins with the node that the one before ended with. */
function chained(pieces: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const runs: number[][] = []
  for (const piece of pieces) {
    const last = runs.at(-1)
    if (last && last.at(-1) === piece[0]) last.push(...piece.slice(1))
    else runs.push([...piece])
  }
  return runs
}
