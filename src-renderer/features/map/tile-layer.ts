import Layer from 'ol/layer/Layer'
import type { FrameState } from 'ol/Map'
import { canvasOfFrame, createLayerCanvas } from './shared-canvas'

/**
 * A layer that is drawn in square pieces, which are kept: while the map is moved they are only put elsewhere, and a few new ones are drawn at its edge,
 * at most so many milliseconds of them in a frame. What is drawn is the painter's; this knows pieces and nothing else. Pieces of another scale stand
 * in, stretched, until those of the present one are there; those are always exact, never stretched.
 */
export interface TilePainter {
  /** Whether there is anything to draw: a piece without anything costs no canvas. */
  isEmpty(piece: TilePiece): boolean
  /**
   * Draws a piece of the world (EPSG:3857); the context is in pixels of the screen from the piece's north-west corner. Whatever reaches over an edge
   * is drawn by the neighbour as well.
   */
  paint(context: CanvasRenderingContext2D, piece: TilePiece): void
}

export interface TilePiece {
  readonly west: number
  readonly north: number
  /** Pixels of the screen along a side. */
  readonly side: number
  /** Map units a pixel. */
  readonly resolution: number
  readonly pixelRatio: number
}

interface Kept {
  /** None where there is nothing. */
  readonly canvas: HTMLCanvasElement | undefined
  readonly piece: TilePiece
  usedAt: number
}

const sidePx = 256
/** Half of a frame at 60 a second: the other half is the other layers'. */
const paintMs = 7
const paintAtRestMs = 24
/** Two screens of 1920×1080 at the present scale, and as much of another. */
const mostKept = 160

export class TileLayer extends Layer {
  private kept = new Map<string, Kept>()
  /** Canvases of forgotten pieces: taking one again costs a tenth of making one. */
  private spare: HTMLCanvasElement[] = []
  private readonly own = createLayerCanvas()
  private lastResolution = 0
  private frameNo = 0
  private isAwaited = false
  /** Everything at once, however long it takes: for paper. */
  isWhole = false

  constructor(
    private readonly painter: TilePainter,
    options: { readonly zIndex: number; readonly maxResolution?: number },
  ) {
    super(options)
  }

  /** The pieces no longer show what is there: other colours, other data. */
  repaint(): void {
    this.kept = new Map()
    this.changed()
  }

  override render(frame: FrameState | null, below: HTMLElement | null): HTMLElement {
    if (!frame) return this.own
    this.frameNo += 1
    const { size, pixelRatio, viewState, viewHints } = frame
    const [width = 0, height = 0] = size
    const canvas = canvasOfFrame(this.own, frame, below)
    const context = canvas.getContext('2d')
    if (!context) return canvas
    const { center, resolution } = viewState
    const west = (center[0] ?? 0) - (width / 2) * resolution
    const north = (center[1] ?? 0) + (height / 2) * resolution
    const wanted = piecesIn({ west, north, width, height, resolution, pixelRatio })
    const missing = this.paintMissing(
      wanted,
      this.mostMsFor(
        resolution,
        viewHints.some((hint) => hint > 0),
      ),
    )
    const put = ({ canvas: drawn, piece }: Kept) => {
      if (!drawn) return
      const scale = piece.resolution / resolution
      const [x, y] = [(piece.west - west) / resolution, (north - piece.north) / resolution]
      const [shownPx, px] = [piece.side * scale, pixelRatio]
      // On whole pixels, so that pieces of the present scale meet without a seam.
      const left = Math.round(x * px)
      const top = Math.round(y * px)
      context.drawImage(drawn, left, top, Math.round((x + shownPx) * px) - left, Math.round((y + shownPx) * px) - top)
    }
    if (missing > 0) this.putStandIns(context, wanted, put)
    for (const { key } of wanted) {
      const piece = this.kept.get(key)
      if (piece) put(piece)
    }
    this.forgetOld()
    if (missing > 0) this.paintOn()
    return canvas
  }

  /** While the map is zoomed every frame has a scale of its own: what is painted for one is of no use to the next, so nothing is until it rests. */
  private mostMsFor(resolution: number, isMoving: boolean): number {
    const isZooming = resolution !== this.lastResolution && this.kept.size > 0
    this.lastResolution = resolution
    if (isZooming) return 0
    // Standing still, a frame may take longer: nobody follows it with the hand.
    return isMoving ? paintMs : paintAtRestMs
  }

  /** How many are still to be painted. */
  private paintMissing(wanted: readonly Wanted[], mostMs: number): number {
    const startedMs = performance.now()
    let missing = 0
    for (const { key, piece } of wanted) {
      const known = this.kept.get(key)
      if (known) known.usedAt = this.frameNo
      else if (!this.isWhole && performance.now() - startedMs >= mostMs) missing += 1
      else this.kept.set(key, { canvas: this.painted(piece), piece, usedAt: this.frameNo })
    }
    return missing
  }

  private painted(piece: TilePiece): HTMLCanvasElement | undefined {
    if (this.painter.isEmpty(piece)) return undefined
    const canvas = this.emptyCanvas(Math.ceil(piece.side * piece.pixelRatio))
    const context = canvas.getContext('2d')
    if (!context) return undefined
    context.save()
    context.scale(piece.pixelRatio, piece.pixelRatio)
    this.painter.paint(context, piece)
    context.restore()
    return canvas
  }

  private emptyCanvas(side: number): HTMLCanvasElement {
    const used = this.spare.pop()
    if (used?.width === side) {
      used.getContext('2d')?.clearRect(0, 0, side, side)
      return used
    }
    const canvas = document.createElement('canvas')
    canvas.width = side
    canvas.height = side
    return canvas
  }

  /** Where a piece of the present scale is not there yet, pieces of the one other scale that was shown last; nowhere else, or words would lie on words. */
  private putStandIns(context: CanvasRenderingContext2D, wanted: readonly Wanted[], put: (kept: Kept) => void): void {
    const present = wanted[0]?.piece.resolution
    const others = [...this.kept.values()].filter(({ piece }) => piece.resolution !== present)
    const last = others.reduce<Kept | undefined>((best, each) => (best && best.usedAt >= each.usedAt ? best : each), undefined)
    if (!last || present === undefined) return
    const ratio = last.piece.resolution / present
    if (ratio < 0.24 || ratio > 4.1) return
    context.save()
    context.beginPath()
    for (const { key, box } of wanted) if (!this.kept.has(key)) context.rect(...box)
    context.clip()
    for (const each of others) if (each.piece.resolution === last.piece.resolution) put(each)
    context.restore()
  }

  private forgetOld(): void {
    if (this.kept.size <= mostKept) return
    const oldest = [...this.kept].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [key, { usedAt, canvas }] of oldest.slice(0, this.kept.size - mostKept)) {
      if (usedAt === this.frameNo) return
      this.kept.delete(key)
      if (canvas) this.spare.push(canvas)
    }
  }

  private paintOn(): void {
    if (this.isAwaited) return
    this.isAwaited = true
    requestAnimationFrame(() => {
      this.isAwaited = false
      this.changed()
    })
  }
}

interface Wanted {
  readonly key: string
  /** On the canvas, in its own pixels: left, top, width, height. */
  readonly box: readonly [number, number, number, number]
  readonly piece: TilePiece
}

interface Shown {
  readonly west: number
  readonly north: number
  readonly width: number
  readonly height: number
  readonly resolution: number
  readonly pixelRatio: number
}

/** Those that the frame shows, the middle first. */
function piecesIn({ west, north, width, height, resolution, pixelRatio }: Shown): readonly Wanted[] {
  const side = sidePx * resolution
  const [fromX, fromY] = [Math.floor(west / side), Math.floor(-north / side)]
  const [toX, toY] = [Math.floor((west + width * resolution) / side), Math.floor((height * resolution - north) / side)]
  const found: (Wanted & { readonly far: number })[] = []
  for (let row = fromY; row <= toY; row++) {
    for (let column = fromX; column <= toX; column++) {
      const piece = { west: column * side, north: -row * side, side: sidePx, resolution, pixelRatio }
      const far = Math.hypot(column - (fromX + toX) / 2, row - (fromY + toY) / 2)
      const [left, top] = [(piece.west - west) / resolution, (north - piece.north) / resolution]
      const box = [left, top, sidePx, sidePx].map((px) => Math.round(px * pixelRatio)) as [number, number, number, number]
      found.push({ key: `${resolution} ${pixelRatio} ${column} ${row}`, piece, box, far })
    }
  }
  return found.sort((a, b) => a.far - b.far)
}
