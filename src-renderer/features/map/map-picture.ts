import type OlMap from 'ol/Map'
import type { MapColours } from './colours'

/** Layers lie on canvases of their own, some drawn at a transform: put together as the screen shows them. */
export function pictureOf(map: OlMap, viewport: HTMLElement, { surface }: MapColours, ratio: number): HTMLCanvasElement {
  map.renderSync()
  const box = viewport.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(box.width * ratio)
  canvas.height = Math.round(box.height * ratio)
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.fillStyle = surface
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const layer of viewport.querySelectorAll<HTMLCanvasElement>('.ol-layers canvas')) {
    if (layer.width === 0) continue
    const at = layer.getBoundingClientRect()
    context.drawImage(layer, (at.left - box.left) * ratio, (at.top - box.top) * ratio, at.width * ratio, at.height * ratio)
  }
  return canvas
}
