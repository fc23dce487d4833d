import Layer from 'ol/layer/Layer'
import type { FrameState } from 'ol/Map'
import { type Hit, type LayerPoint, type PointKind, PointSet } from './point-set'
import { canvasOfFrame, createLayerCanvas } from './shared-canvas'
import { TileLayer } from './tile-layer'

/** Layers of many points: those that move are drawn in every frame, those that stand (components, cameras) in pieces that are kept. */
export interface PointLayerLike {
  setPoints(points: readonly LayerPoint[]): void
  hitAt(coordinate: readonly number[], resolution: number): Hit | undefined
  repaint(): void
}

/** Cases, collectors, calls: changed several times a second, never more than a few thousand. */
export class MovingPoints extends Layer implements PointLayerLike {
  private readonly marks: PointSet
  private readonly own = createLayerCanvas()

  constructor(kind: PointKind, zIndex: number) {
    super({ zIndex })
    this.marks = new PointSet(kind)
  }

  setPoints(points: readonly LayerPoint[]): void {
    this.marks.setPoints(points)
    this.changed()
  }

  hitAt(coordinate: readonly number[], resolution: number): Hit | undefined {
    return this.getVisible() ? this.marks.hitAt(coordinate, resolution) : undefined
  }

  repaint(): void {
    this.marks.forgetStamps()
    this.changed()
  }

  override render(frame: FrameState | null, below: HTMLElement | null): HTMLElement {
    if (!frame) return this.own
    const { size, pixelRatio, viewState } = frame
    const [width = 0, height = 0] = size
    const canvas = canvasOfFrame(this.own, frame, below)
    const context = canvas.getContext('2d')
    if (!context) return canvas
    const { center, resolution } = viewState
    const [west, north] = [(center[0] ?? 0) - (width / 2) * resolution, (center[1] ?? 0) + (height / 2) * resolution]
    this.marks.draw(context, { west, north, width, height, resolution, pixelRatio })
    return canvas
  }
}

/** Components and cameras: a hundred thousand that change with the documents. */
export class StandingPoints extends TileLayer implements PointLayerLike {
  private readonly marks: PointSet

  constructor(kind: PointKind, zIndex: number) {
    const set = new PointSet(kind)
    super(
      {
        isEmpty: ({ west, north, side, resolution }) =>
          !set.isAny([west, north - side * resolution, west + side * resolution, north], resolution),
        paint: (context, { west, north, side, resolution, pixelRatio }) =>
          set.draw(context, { west, north, width: side, height: side, resolution, pixelRatio }),
      },
      { zIndex },
    )
    this.marks = set
  }

  setPoints(points: readonly LayerPoint[]): void {
    this.marks.setPoints(points)
    this.repaint()
  }

  hitAt(coordinate: readonly number[], resolution: number): Hit | undefined {
    return this.getVisible() ? this.marks.hitAt(coordinate, resolution) : undefined
  }

  override repaint(): void {
    this.marks.forgetStamps()
    super.repaint()
  }
}
