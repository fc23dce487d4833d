import Layer from 'ol/layer/Layer'
import type { FrameState } from 'ol/Map'
import { fromLonLat } from 'ol/proj'
import type { Position } from '#shared/domain/geo/position'
import type { MapColours } from './colours'
import { canvasOfFrame, createLayerCanvas } from './shared-canvas'

/**
 * How densely cases lie, as a haze of one colour: OpenLayers' own heat map needs WebGL, which without a GPU is unusable. A quarter of the screen's
 * pixels is enough for something without edges; a few thousand points are stamped into it in every frame.
 */
const coarse = 4
/** Pixels of the screen around a point that it warms. */
const reachPx = 44
/** So many cases within reach of a place give it the full colour. */
const fullAt = 12

export class HeatLayer extends Layer {
  private points: readonly (readonly [x: number, y: number])[] = []
  private readonly own = createLayerCanvas()
  private readonly field = document.createElement('canvas')
  private stamp: HTMLCanvasElement | undefined

  constructor(
    private readonly colours: () => MapColours,
    zIndex: number,
  ) {
    super({ zIndex })
  }

  setPoints(points: readonly { readonly position: Position }[]): void {
    this.points = points.map(({ position: { lng, lat } }) => {
      const [x = 0, y = 0] = fromLonLat([lng, lat])
      return [x, y] as const
    })
    this.changed()
  }

  override render(frame: FrameState | null, below: HTMLElement | null): HTMLElement {
    if (!frame) return this.own
    const canvas = canvasOfFrame(this.own, frame, below)
    const context = canvas.getContext('2d')
    if (!context) return canvas
    const [width = 0, height = 0] = frame.size
    const field = this.warm(frame, Math.ceil(width / coarse), Math.ceil(height / coarse))
    context.save()
    context.imageSmoothingEnabled = true
    context.imageSmoothingQuality = 'high'
    context.drawImage(field, 0, 0, width * frame.pixelRatio, height * frame.pixelRatio)
    context.restore()
    return canvas
  }

  /** Sums of stamps in the alpha channel, in the colour of what is late: the more, the less of the ground shows through. */
  private warm({ size, viewState: { center, resolution } }: FrameState, width: number, height: number): HTMLCanvasElement {
    this.field.width = width
    this.field.height = height
    const context = this.field.getContext('2d', { willReadFrequently: true })
    if (!context) return this.field
    const [west, north] = [(center[0] ?? 0) - ((size[0] ?? 0) / 2) * resolution, (center[1] ?? 0) + ((size[1] ?? 0) / 2) * resolution]
    this.stamp ??= stampOf(reachPx / coarse)
    const half = this.stamp.width / 2
    for (const [x, y] of this.points) {
      const [left, top] = [(x - west) / resolution / coarse - half, (north - y) / resolution / coarse - half]
      if (left > -2 * half && top > -2 * half && left < width && top < height) context.drawImage(this.stamp, left, top)
    }
    context.globalCompositeOperation = 'source-in'
    context.fillStyle = this.colours().red
    context.fillRect(0, 0, width, height)
    // Never so much that streets and names below could not be read.
    context.globalCompositeOperation = 'destination-in'
    context.fillStyle = 'rgb(0 0 0 / 0.62)'
    context.fillRect(0, 0, width, height)
    context.globalCompositeOperation = 'source-over'
    return this.field
  }
}

function stampOf(radius: number): HTMLCanvasElement {
  const stamp = document.createElement('canvas')
  stamp.width = Math.ceil(radius * 2)
  stamp.height = stamp.width
  const context = stamp.getContext('2d')
  if (!context) return stamp
  const glow = context.createRadialGradient(radius, radius, 0, radius, radius, radius)
  const share = (part: number) => `rgb(0 0 0 / ${part / Math.sqrt(fullAt)})`
  glow.addColorStop(0, share(1))
  glow.addColorStop(0.5, share(0.4))
  glow.addColorStop(1, share(0))
  context.fillStyle = glow
  context.fillRect(0, 0, stamp.width, stamp.height)
  return stamp
}
