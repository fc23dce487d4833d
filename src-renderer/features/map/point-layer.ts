import Flatbush from 'flatbush'
import Layer from 'ol/layer/Layer'
import type { FrameState } from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import type { Position } from '#shared/domain/geo/position'

/**
 * A layer of many points on a canvas of its own. OpenLayers' vector layer keeps an object and a style for each, which holds to a thousand or so;
 * here 100 000 are numbers in an index. Below `plainFrom` (metres a pixel) each is drawn, above they are counted in cells that stand still on the
 * ground while the map moves. A count has the colour of the worst among it. Hits come from the index, never from reading pixels back.
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

const cellPx = 44
/** Marks that reach in from outside are drawn whole. */
const marginPx = 24

export class PointLayer extends Layer {
  private points: readonly LayerPoint[] = []
  private xy = new Float64Array(0)
  private index: Flatbush | undefined
  private cells = new Map<number, readonly Cell[]>()
  private readonly canvas = document.createElement('canvas')

  constructor(
    private readonly kind: PointKind,
    zIndex: number,
  ) {
    super({ zIndex })
    this.canvas.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none'
  }

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
    this.changed()
  }

  /** The point at a place on the map (EPSG:3857), or how many a count there stands for. */
  hitAt([x = 0, y = 0]: readonly number[], resolution: number): Hit | undefined {
    if (!this.getVisible()) return undefined
    if (this.isCounted(resolution)) {
      const cell = this.cellsFor(resolution).find((each) => Math.hypot(each.x - x, each.y - y) < 14 * resolution && each.count > 1)
      if (cell) return { count: cell.count, index: -1 }
    }
    const [index] = this.index?.neighbors(x, y, 1, 10 * resolution) ?? []
    return index === undefined ? undefined : { count: 1, index }
  }

  override render(frame: FrameState | null): HTMLElement {
    if (!frame) return this.canvas
    const { size, pixelRatio, viewState } = frame
    const [width = 0, height = 0] = size
    const [w, h] = [Math.round(width * pixelRatio), Math.round(height * pixelRatio)]
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w
      this.canvas.height = h
    }
    const context = this.canvas.getContext('2d')
    if (!context) return this.canvas
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
    context.clearRect(0, 0, width, height)
    const { center, resolution } = viewState
    const [west, north] = [(center[0] ?? 0) - (width / 2) * resolution, (center[1] ?? 0) + (height / 2) * resolution]
    const place = (x: number, y: number) =>
      context.setTransform(pixelRatio, 0, 0, pixelRatio, ((x - west) / resolution) * pixelRatio, ((north - y) / resolution) * pixelRatio)
    const margin = marginPx * resolution
    const box = [west - margin, north - height * resolution - margin, west + width * resolution + margin, north + margin] as const
    if (this.isCounted(resolution)) this.drawCells(context, box, resolution, place)
    else this.drawPlain(context, box, place)
    return this.canvas
  }

  private isCounted(resolution: number): boolean {
    return resolution > this.kind.plainFrom && this.points.length > this.kind.plainCount
  }

  private drawPlain(context: CanvasRenderingContext2D, box: Box, place: (x: number, y: number) => void): void {
    const found = this.index?.search(...box) ?? []
    // The most urgent last, on top.
    found.sort((a, b) => (this.points[a]?.level ?? 0) - (this.points[b]?.level ?? 0))
    for (const at of found) {
      place(this.xy[at * 2] ?? 0, this.xy[at * 2 + 1] ?? 0)
      this.kind.draw(context, this.points[at]?.level ?? 0)
    }
  }

  private drawCells(
    context: CanvasRenderingContext2D,
    [west, south, east, north]: Box,
    resolution: number,
    place: (x: number, y: number) => void,
  ): void {
    for (const { x, y, count, level } of this.cellsFor(resolution)) {
      if (x < west || x > east || y < south || y > north) continue
      place(x, y)
      if (count === 1) this.kind.draw(context, level)
      else this.kind.drawCount(context, count, level)
    }
  }

  /** Cells for each doubling of the scale are made once: while the map is panned or zoomed between them nothing is counted again. */
  private cellsFor(resolution: number): readonly Cell[] {
    const step = Math.round(Math.log2(resolution))
    const made = this.cells.get(step) ?? this.countCells(2 ** step * cellPx)
    this.cells.set(step, made)
    return made
  }

  private countCells(side: number): readonly Cell[] {
    const cells = new Map<string, Cell>()
    this.points.forEach(({ level }, at) => {
      const [x, y] = [this.xy[at * 2] ?? 0, this.xy[at * 2 + 1] ?? 0]
      const key = `${Math.floor(x / side)} ${Math.floor(y / side)}`
      const cell = cells.get(key) ?? { x: 0, y: 0, count: 0, level: 0 }
      cell.x += x
      cell.y += y
      cell.count += 1
      cell.level = Math.max(cell.level, level)
      cells.set(key, cell)
    })
    return [...cells.values()].map((cell) => ({ ...cell, x: cell.x / cell.count, y: cell.y / cell.count }))
  }
}

type Box = readonly [west: number, south: number, east: number, north: number]
