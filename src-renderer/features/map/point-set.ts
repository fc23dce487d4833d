import Flatbush from 'flatbush'
import { fromLonLat } from 'ol/proj'
import type { Position } from '#shared/domain/geo/position'

/**
 * Many points of one kind, and how they are drawn. OpenLayers' vector layer keeps an object and a style for each, which holds to a thousand or so;
 * here 100 000 are numbers in an index. Below `plainFrom` (metres a pixel) each is drawn, above they are counted in cells that stand still on the
 * ground while the map moves. A count has the colour of the worst among it. Each mark is drawn once and then stamped. Hits come from the index, never
 * from reading pixels back.
 */
export interface PointKind {
  /** Draws the mark of one point around (0, 0). `level` is what the items were given, the largest being the most urgent. */
  draw(context: CanvasRenderingContext2D, level: number): void
  drawCount(context: CanvasRenderingContext2D, count: number, level: number): void
  /** Metres a pixel up to which every point is drawn. */
  readonly plainFrom: number
  /** So few are never counted. */
  readonly plainCount: number
}

export interface LayerPoint {
  readonly position: Position
  readonly level: number
}

interface Cell {
  x: number
  y: number
  count: number
  level: number
}

export interface Hit {
  /** Indices into the points; several for a count. */
  readonly count: number
  readonly index: number
}

/** A part of the world (EPSG:3857) on a canvas, in pixels of the screen. */
export interface View {
  readonly west: number
  readonly north: number
  readonly width: number
  readonly height: number
  readonly resolution: number
  readonly pixelRatio: number
}

const cellPx = 44
/** Marks that reach in from outside are drawn whole. */
const marginPx = 24
const mostStamps = 1_500

export class PointSet {
  private points: readonly LayerPoint[] = []
  private xy = new Float64Array(0)
  private index: Flatbush | undefined
  private cells = new Map<number, readonly Cell[]>()
  private stamps = new Map<string, HTMLCanvasElement>()

  constructor(private readonly kind: PointKind) {}

  setPoints(points: readonly LayerPoint[]): void {
    this.points = points
    this.cells = new Map()
    this.xy = new Float64Array(points.length * 2)
    this.index = points.length > 0 ? new Flatbush(points.length) : undefined
    points.forEach(({ position }, at) => {
      const [x = 0, y = 0] = fromLonLat([position.lng, position.lat])
      this.xy[at * 2] = x
      this.xy[at * 2 + 1] = y
      this.index?.add(x, y)
    })
    this.index?.finish()
  }

  /** The colours of the page have changed. */
  forgetStamps(): void {
    this.stamps = new Map()
  }

  /** The point at a place on the map (EPSG:3857), or how many a count there stands for. */
  hitAt([x = 0, y = 0]: readonly number[], resolution: number): Hit | undefined {
    if (this.isCounted(resolution)) {
      const cell = this.cellsFor(resolution).find((each) => Math.hypot(each.x - x, each.y - y) < 14 * resolution && each.count > 1)
      if (cell) return { count: cell.count, index: -1 }
    }
    const [index] = this.index?.neighbors(x, y, 1, 10 * resolution) ?? []
    return index === undefined ? undefined : { count: 1, index }
  }

  /** Whether a mark lies in a box of the map (EPSG:3857) or reaches into it. A count stands at most a cell from what it counts. */
  isAny([west, south, east, north]: Box, resolution: number): boolean {
    const margin = (marginPx + (this.isCounted(resolution) ? 2 * cellPx : 0)) * resolution
    return this.index?.collides(west - margin, south - margin, east + margin, north + margin) === true
  }

  draw(context: CanvasRenderingContext2D, view: View): void {
    const { west, north, width, height, resolution, pixelRatio } = view
    const margin = marginPx * resolution
    const box: Box = [west - margin, north - height * resolution - margin, west + width * resolution + margin, north + margin]
    const put = (x: number, y: number, stamp: HTMLCanvasElement) => {
      const [left, top] = [((x - west) / resolution) * pixelRatio, ((north - y) / resolution) * pixelRatio]
      context.drawImage(stamp, Math.round(left - stamp.width / 2), Math.round(top - stamp.height / 2))
    }
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    if (this.isCounted(resolution)) this.drawCells(box, resolution, pixelRatio, put)
    else this.drawPlain(box, pixelRatio, put)
    context.restore()
  }

  private isCounted(resolution: number): boolean {
    return resolution > this.kind.plainFrom && this.points.length > this.kind.plainCount
  }

  private drawPlain(box: Box, pixelRatio: number, put: Put): void {
    const found = this.index?.search(...box) ?? []
    // The most urgent last, on top.
    found.sort((a, b) => (this.points[a]?.level ?? 0) - (this.points[b]?.level ?? 0))
    for (const at of found) put(this.xy[at * 2] ?? 0, this.xy[at * 2 + 1] ?? 0, this.stampOf(1, this.points[at]?.level ?? 0, pixelRatio))
  }

  private drawCells([west, south, east, north]: Box, resolution: number, pixelRatio: number, put: Put): void {
    for (const { x, y, count, level } of this.cellsFor(resolution)) {
      if (x < west || x > east || y < south || y > north) continue
      put(x, y, this.stampOf(count, level, pixelRatio))
    }
  }

  private stampOf(count: number, level: number, pixelRatio: number): HTMLCanvasElement {
    const key = `${count} ${level} ${pixelRatio}`
    const known = this.stamps.get(key)
    if (known) return known
    if (this.stamps.size > mostStamps) this.stamps = new Map()
    const stamp = document.createElement('canvas')
    stamp.width = Math.ceil(marginPx * 2 * pixelRatio)
    stamp.height = stamp.width
    const context = stamp.getContext('2d')
    context?.setTransform(pixelRatio, 0, 0, pixelRatio, stamp.width / 2, stamp.height / 2)
    if (context && count === 1) this.kind.draw(context, level)
    else if (context) this.kind.drawCount(context, count, level)
    this.stamps.set(key, stamp)
    return stamp
  }

  /** Cells for each doubling of the scale are made once: while the map is panned or zoomed between them nothing is counted again. */
  private cellsFor(resolution: number): readonly Cell[] {
    const step = Math.round(Math.log2(resolution))
    const made = this.cells.get(step) ?? this.countCells(2 ** step * cellPx)
    this.cells.set(step, made)
    return made
  }

  private countCells(side: number): readonly Cell[] {
    const cells = new Map<number, Cell>()
    this.points.forEach(({ level }, at) => {
      const [x, y] = [this.xy[at * 2] ?? 0, this.xy[at * 2 + 1] ?? 0]
      // A city is less than 2^22 cells across at any scale; a number is found several times as fast as a text.
      const key = Math.floor(x / side) * 4_194_304 + Math.floor(y / side)
      const cell = cells.get(key)
      if (!cell) cells.set(key, { x, y, count: 1, level })
      else {
        cell.x += x
        cell.y += y
        cell.count += 1
        cell.level = Math.max(cell.level, level)
      }
    })
    return [...cells.values()].map((cell) => ({ ...cell, x: cell.x / cell.count, y: cell.y / cell.count }))
  }
}

export type Box = readonly [west: number, south: number, east: number, north: number]
type Put = (x: number, y: number, stamp: HTMLCanvasElement) => void
