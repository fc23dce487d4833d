import type { Annotation, MosaicAnnotation } from '#shared/domain/annotation/annotation'
import { areaRect, arrowPaths, lineWidthPx, mosaicRaster, type Size, textLayout } from '#shared/domain/annotation/annotation-drawing'
import { haloRatio, markColours, markHalo } from './annotation-colours'

/** The picture with its marks burnt in, for export: mosaics first, marks on top, as on the screen. The original stays as it is. */
export function renderAnnotated(image: HTMLImageElement, annotations: readonly Annotation[], size: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = size.width
  canvas.height = size.height
  const context = canvas.getContext('2d')
  if (!context) return canvas
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, 0, 0, size.width, size.height)
  for (const each of annotations) if (each.kind === 'mosaic') burnMosaic(context, image, each, size)
  for (const each of annotations) if (each.kind !== 'mosaic') drawMark(context, each, size)
  return canvas
}

/** Fills a canvas with the blocks of a mosaic, one pixel each, averaged from the picture's own pixels and opaque. */
export function drawMosaicBlocks(canvas: HTMLCanvasElement, image: HTMLImageElement, mosaic: MosaicAnnotation): void {
  const raster = mosaicRaster(mosaic, { width: image.naturalWidth, height: image.naturalHeight })
  if (!raster) return
  canvas.width = raster.columns
  canvas.height = raster.rows
  const context = canvas.getContext('2d')
  if (!context) return
  // A see-through picture must not make a see-through mosaic.
  context.fillStyle = '#808080'
  context.fillRect(0, 0, raster.columns, raster.rows)
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, raster.left, raster.top, raster.width, raster.height, 0, 0, raster.columns, raster.rows)
}

function burnMosaic(context: CanvasRenderingContext2D, image: HTMLImageElement, mosaic: MosaicAnnotation, size: Size): void {
  const raster = mosaicRaster(mosaic, size)
  if (!raster) return
  const blocks = document.createElement('canvas')
  drawMosaicBlocks(blocks, image, mosaic)
  context.imageSmoothingEnabled = false
  context.drawImage(blocks, raster.left, raster.top, raster.width, raster.height)
  context.imageSmoothingEnabled = true
}

function drawMark(context: CanvasRenderingContext2D, mark: Exclude<Annotation, MosaicAnnotation>, size: Size): void {
  const width = lineWidthPx(mark.stroke, size)
  context.lineJoin = 'round'
  context.lineCap = 'round'
  if (mark.kind === 'text') {
    const { fontPx, lines } = textLayout(mark, size)
    context.font = `600 ${fontPx}px ${getComputedStyle(document.documentElement).getPropertyValue('--font') || 'sans-serif'}`
    context.lineWidth = fontPx / 5
    context.strokeStyle = markHalo[mark.colour]
    context.fillStyle = markColours[mark.colour]
    for (const { text, x, y } of lines) context.strokeText(text, x, y)
    for (const { text, x, y } of lines) context.fillText(text, x, y)
    return
  }
  const { line, solid } = markPaths(mark, size)
  for (const [colour, lineWidth] of [
    [markHalo[mark.colour], width * haloRatio],
    [markColours[mark.colour], width],
  ] as const) {
    context.strokeStyle = colour
    context.fillStyle = colour
    context.lineWidth = lineWidth
    context.stroke(new Path2D(line))
    context.stroke(new Path2D(solid))
    context.fill(new Path2D(solid))
  }
}

/** A mark's open line and its filled part as path data; one of them may be empty. */
export function markPaths(mark: Extract<Annotation, { readonly kind: 'arrow' | 'box' }>, size: Size) {
  if (mark.kind === 'arrow') {
    const { shaft, head } = arrowPaths(mark, size)
    return { line: shaft, solid: head }
  }
  const { left, top, width, height } = areaRect(mark, size)
  return { line: `M${left} ${top}h${width}v${height}h${-width}Z`, solid: '' }
}
