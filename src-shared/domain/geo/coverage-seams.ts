import Flatbush from 'flatbush'
import { type Shape, toleranceM } from './coverage-shape'
import { distanceToSegment, type Point, signedArea } from './plane'

/**
 * The seams between outlines that should lie side by side. Corners within a metre are made one, corners on a neighbour's side cut that side, and sides that
 * two run in opposite directions cancel each other. What is left are the borders of the whole: the outer one runs counter-clockwise, and every one that
 * runs clockwise is a hole that belongs to nobody. Two parts of a border that face each other across a few metres are a slit that is open at one end.
 */
export interface Seam {
  readonly codes: readonly string[]
  readonly areaM2: number
  readonly widthM: number
  readonly at: Point
}

const snapM = toleranceM
/** Further apart, two outlines face each other across a street or river outside the city and not across a mistake. */
const slitM = 5

interface Side {
  readonly from: number
  readonly to: number
  readonly shape: number
}

const sidesPerBreath = 50_000

export function* seamFaults(shapes: readonly Shape[]): Generator<number, readonly Seam[], void> {
  const nodes = createNodes()
  const all: Side[] = []
  for (let shape = 0; shape < shapes.length; shape++) {
    if (shape % 2_000 === 0) yield 0.6 + (shape / shapes.length) * 0.2
    all.push(...sidesOf(shapes[shape] as Shape, shape, nodes))
  }
  const loose = yield* uncancelled(all)
  yield 0.9
  // Corners that lie on a neighbour's side were not its corners: cut, and cancel once more.
  const border = yield* uncancelled(cutAtNodes(loose, nodes.points))
  yield 0.95
  const loops = loopsOf(border, nodes.points)
  const holes = loops.flatMap((loop) => holeOf(loop, nodes.points, shapes))
  const outer = loops.filter((loop) => !isHole(loop, nodes.points)).flat()
  return [...holes, ...slitsOf(outer, nodes.points, shapes)]
}

interface Nodes {
  readonly points: Point[]
  nodeAt(point: Point): number
}

/** Corners by place: one within the tolerance of an earlier one is that one. */
function createNodes(): Nodes {
  const points: Point[] = []
  const cells = new Map<number, number[]>()
  const key = (column: number, row: number) => column * 16_777_216 + row
  return {
    points,
    nodeAt(point) {
      const [column, row] = [Math.floor(point.x / snapM), Math.floor(point.y / snapM)]
      let nearest = -1
      let metres: number = snapM
      for (let dx = -1; dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          for (const node of cells.get(key(column + dx, row + dy)) ?? []) {
            const other = points[node] as Point
            const apart = Math.hypot(other.x - point.x, other.y - point.y)
            if (apart <= metres) [nearest, metres] = [node, apart]
          }
        }
      }
      if (nearest >= 0) return nearest
      points.push(point)
      const cell = cells.get(key(column, row))
      if (cell) cell.push(points.length - 1)
      else cells.set(key(column, row), [points.length - 1])
      return points.length - 1
    },
  }
}

function sidesOf({ corners }: Shape, shape: number, nodes: Nodes): readonly Side[] {
  const ring = corners.map((corner) => nodes.nodeAt(corner))
  return ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] as number
    return from === to ? [] : [{ from, to, shape }]
  })
}

/** What is left when each side and one that runs the other way are struck out. */
function* uncancelled(sides: readonly Side[]): Generator<number, readonly Side[], void> {
  const open = new Map<number, Side[]>()
  const key = (from: number, to: number) => from * 67_108_864 + to
  for (let at = 0; at < sides.length; at++) {
    if (at % sidesPerBreath === 0) yield 0.8
    const side = sides[at] as Side
    const against = open.get(key(side.to, side.from))
    if (against?.length) {
      against.pop()
      if (against.length === 0) open.delete(key(side.to, side.from))
      continue
    }
    const same = open.get(key(side.from, side.to))
    if (same) same.push(side)
    else open.set(key(side.from, side.to), [side])
  }
  return [...open.values()].flat()
}

/** Sides cut at every corner of another side that lies on them. */
function cutAtNodes(sides: readonly Side[], points: readonly Point[]): readonly Side[] {
  const ends = [...new Set(sides.flatMap(({ from, to }) => [from, to]))]
  if (ends.length === 0) return sides
  const index = new Flatbush(ends.length)
  for (const end of ends) {
    const { x, y } = points[end] as Point
    index.add(x, y, x, y)
  }
  index.finish()
  return sides.flatMap((side) => {
    const [a, b] = [points[side.from] as Point, points[side.to] as Point]
    const length2 = (b.x - a.x) ** 2 + (b.y - a.y) ** 2
    const near = index.search(
      Math.min(a.x, b.x) - snapM,
      Math.min(a.y, b.y) - snapM,
      Math.max(a.x, b.x) + snapM,
      Math.max(a.y, b.y) + snapM,
    )
    const on = near.flatMap((at) => {
      const node = ends[at] as number
      const point = points[node] as Point
      if (node === side.from || node === side.to || distanceToSegment(point, a, b) > snapM) return []
      return [{ node, share: ((point.x - a.x) * (b.x - a.x) + (point.y - a.y) * (b.y - a.y)) / length2 }]
    })
    const inner = on.filter(({ share }) => share > 0 && share < 1).sort((left, right) => left.share - right.share)
    const stops = [side.from, ...inner.map(({ node }) => node), side.to]
    return stops.slice(1).map((to, at) => ({ from: stops[at] as number, to, shape: side.shape }))
  })
}

/** Closed walks along the sides. Where several leave a corner, the one furthest to the right is taken: the empty ground lies there, and two holes that touch come out apart. */
function loopsOf(sides: readonly Side[], points: readonly Point[]): readonly (readonly Side[])[] {
  const leaving = new Map<number, Side[]>()
  for (const side of sides) leaving.set(side.from, [...(leaving.get(side.from) ?? []), side])
  const used = new Set<Side>()
  const loops: Side[][] = []
  for (const first of sides) {
    if (used.has(first)) continue
    const loop: Side[] = []
    for (let side: Side | undefined = first; side && !used.has(side); side = nextOf(side, leaving, used, points)) {
      used.add(side)
      loop.push(side)
    }
    loops.push(loop)
  }
  return loops
}

function nextOf(
  side: Side,
  leaving: ReadonlyMap<number, readonly Side[]>,
  used: ReadonlySet<Side>,
  points: readonly Point[],
): Side | undefined {
  const free = (leaving.get(side.to) ?? []).filter((next) => !used.has(next))
  if (free.length < 2) return free[0]
  const turn = (next: Side) => {
    const [a, b, c] = [points[side.from] as Point, points[side.to] as Point, points[next.to] as Point]
    const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, c.x - b.x, c.y - b.y]
    return Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)
  }
  return free.reduce((best, next) => (turn(next) < turn(best) ? next : best))
}

const cornersOfLoop = (loop: readonly Side[], points: readonly Point[]): readonly Point[] => loop.map(({ from }) => points[from] as Point)
const isHole = (loop: readonly Side[], points: readonly Point[]): boolean => signedArea(cornersOfLoop(loop, points)) < 0
const lengthOf = ({ from, to }: Side, points: readonly Point[]): number => {
  const [a, b] = [points[from] as Point, points[to] as Point]
  return Math.hypot(b.x - a.x, b.y - a.y)
}

function holeOf(loop: readonly Side[], points: readonly Point[], shapes: readonly Shape[]): readonly Seam[] {
  const corners = cornersOfLoop(loop, points)
  const areaM2 = -signedArea(corners)
  if (areaM2 <= 0) return []
  const around = loop.reduce((sum, side) => sum + lengthOf(side, points), 0)
  // Of a long thin thing the width; of a round one about a quarter of it.
  const widthM = (2 * areaM2) / around
  if (widthM <= snapM / 2) return []
  return [{ codes: codesOf(loop, shapes), areaM2, widthM, at: corners[0] as Point }]
}

const codesOf = (loop: readonly Side[], shapes: readonly Shape[]): readonly string[] => [
  ...new Set(loop.map(({ shape }) => (shapes[shape] as Shape).code)),
]

/** Sides of the outer border that face one of another outline at more than the tolerance and less than `slitM`, along some metres. */
function slitsOf(outer: readonly Side[], points: readonly Point[], shapes: readonly Shape[]): readonly Seam[] {
  const long = outer.filter((side) => lengthOf(side, points) > slitM)
  if (long.length === 0) return []
  const index = new Flatbush(long.length)
  for (const { from, to } of long) {
    const [a, b] = [points[from] as Point, points[to] as Point]
    index.add(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y))
  }
  index.finish()
  const found = new Map<string, Seam>()
  for (const side of long) {
    const [a, b] = [points[side.from] as Point, points[side.to] as Point]
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    for (const at of index.search(middle.x - slitM, middle.y - slitM, middle.x + slitM, middle.y + slitM)) {
      const other = long[at] as Side
      const [c, d] = [points[other.from] as Point, points[other.to] as Point]
      if (other.shape === side.shape || !facesBack(a, b, c, d)) continue
      const widthM = distanceToSegment(middle, c, d)
      // Facing each other with ground between them means that the other lies to the right of this side.
      if (widthM <= snapM || widthM >= slitM || !isRightOf(middle, a, b, c, d)) continue
      const codes = codesOf([side, other], shapes).toSorted()
      const areaM2 = widthM * lengthOf(side, points)
      const known = found.get(codes.join())
      if (!known || known.areaM2 < areaM2) found.set(codes.join(), { codes, areaM2, widthM, at: middle })
    }
  }
  return [...found.values()]
}

function facesBack(a: Point, b: Point, c: Point, d: Point): boolean {
  const [ux, uy, vx, vy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y]
  return ux * vx + uy * vy < -0.9 * Math.hypot(ux, uy) * Math.hypot(vx, vy)
}

function isRightOf(middle: Point, a: Point, b: Point, c: Point, d: Point): boolean {
  const [ux, uy] = [b.x - a.x, b.y - a.y]
  const [wx, wy] = [(c.x + d.x) / 2 - middle.x, (c.y + d.y) / 2 - middle.y]
  return ux * wy - uy * wx < 0
}
