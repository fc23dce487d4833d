import type { AnnotationStroke, ArrowAnnotation, BoxAnnotation, MosaicAnnotation, Point, TextAnnotation } from './annotation'

/**
 * How marks are drawn on a picture of a given size: measures, outlines, line breaks and the raster of a mosaic, as numbers and SVG path data.
 * Screen and export both draw from here, so that what was seen is what is sent. No pixel is touched here.
 */
export interface Size {
  /** Pixels of the picture, upright. */
  readonly width: number
  readonly height: number
}

export interface Rect extends Size {
  readonly left: number
  readonly top: number
}

// Parts of the picture's longer side: the same photo looks the same in every size. 0.006 is 2.5 px on a picture 420 px wide.
const lineWidths: Readonly<Record<AnnotationStroke, number>> = { thin: 0.0035, medium: 0.006, thick: 0.011 }
const textHeights: Readonly<Record<AnnotationStroke, number>> = { thin: 0.026, medium: 0.038, thick: 0.056 }

const longerSide = ({ width, height }: Size) => Math.max(width, height)

/** Width of a line in pixels of the picture. */
export function lineWidthPx(stroke: AnnotationStroke, size: Size): number {
  return lineWidths[stroke] * longerSide(size)
}

const inPixels = ({ x, y }: Point, { width, height }: Size): Point => ({ x: x * width, y: y * height })

/** Two paths: the shaft as an open line, the head as a closed, filled one. The head never outgrows half the arrow. */
export function arrowPaths({ from, to, stroke }: ArrowAnnotation, size: Size): { readonly shaft: string; readonly head: string } {
  const tail = inPixels(from, size)
  const tip = inPixels(to, size)
  const length = Math.hypot(tip.x - tail.x, tip.y - tail.y)
  if (length === 0) return { shaft: '', head: '' }
  const along = { x: (tip.x - tail.x) / length, y: (tip.y - tail.y) / length }
  const head = Math.min(4.5 * lineWidthPx(stroke, size), length / 2)
  const foot = { x: tip.x - along.x * head, y: tip.y - along.y * head }
  const wing = { x: -along.y * head * 0.5, y: along.x * head * 0.5 }
  const point = (x: number, y: number) => `${x.toFixed(2)} ${y.toFixed(2)}`
  return {
    shaft: `M${point(tail.x, tail.y)}L${point(foot.x, foot.y)}`,
    head: `M${point(tip.x, tip.y)}L${point(foot.x + wing.x, foot.y + wing.y)}L${point(foot.x - wing.x, foot.y - wing.y)}Z`,
  }
}

/** The area in pixels of the picture, not rounded. */
export function areaRect({ from, to }: BoxAnnotation | MosaicAnnotation, size: Size): Rect {
  return {
    left: from.x * size.width,
    top: from.y * size.height,
    width: (to.x - from.x) * size.width,
    height: (to.y - from.y) * size.height,
  }
}

export interface TextLayout {
  readonly fontPx: number
  /** `y` is the base line. */
  readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number }[]
  /** Roughly what the words cover, for a frame around them. */
  readonly bounds: Rect
}

const lineHeight = 1.3
// Where the base line lies under the top of a Chinese glyph, in parts of its size.
const ascent = 0.9
const fewestCharactersInLine = 6

/** Words broken at the right edge of the picture; words too near that edge begin further left. */
export function textLayout({ at, text, stroke }: TextAnnotation, size: Size): TextLayout {
  const fontPx = textHeights[stroke] * longerSide(size)
  const origin = inPixels(at, size)
  const lines = breakLines(text, Math.max(fewestCharactersInLine, (size.width - origin.x) / fontPx))
  const width = Math.max(...lines.map(widthInEm)) * fontPx
  const left = Math.max(0, Math.min(origin.x, size.width - width))
  return {
    fontPx,
    lines: lines.map((line, index) => ({ text: line, x: left, y: origin.y + (ascent + index * lineHeight) * fontPx })),
    bounds: { left, top: origin.y, width, height: lines.length * lineHeight * fontPx },
  }
}

// Latin letters and figures of Noto Sans are up to 0.62 em wide; Chinese ones are square.
const characterWidth = (character: string) => ((character.codePointAt(0) ?? 0) < 0x2e80 ? 0.62 : 1)
const widthInEm = (text: string) => [...text].reduce((sum, character) => sum + characterWidth(character), 0)

/** Chinese breaks anywhere; a Latin word is rare enough in a mark to be broken too. */
function breakLines(text: string, em: number): string[] {
  const lines = ['']
  let used = 0
  for (const character of text) {
    const width = characterWidth(character)
    if (used + width > em && used > 0) {
      lines.push('')
      used = 0
    }
    lines[lines.length - 1] += character
    used += width
  }
  return lines
}

/** A mosaic in whole pixels, rounded outwards so that no edge of what it hides shines through, and how many blocks it has. */
export interface MosaicRaster extends Rect {
  readonly columns: number
  readonly rows: number
}

// A number plate fills the height of the area drawn over it: five blocks over that height leave no stroke of a character. On a large area the
// 48th part of the picture is coarser than any face that could be recognised at that size.
const blocksOverShortSide = 5
const blocksOverPicture = 48

/** The raster of a mosaic on a picture of this size; undefined when no pixel lies in it. */
export function mosaicRaster(mosaic: MosaicAnnotation, size: Size): MosaicRaster | undefined {
  const left = Math.floor(mosaic.from.x * size.width)
  const top = Math.floor(mosaic.from.y * size.height)
  const width = Math.min(size.width, Math.ceil(mosaic.to.x * size.width)) - left
  const height = Math.min(size.height, Math.ceil(mosaic.to.y * size.height)) - top
  if (width <= 0 || height <= 0) return undefined
  const block = Math.max(longerSide(size) / blocksOverPicture, Math.min(width, height) / blocksOverShortSide)
  return { left, top, width, height, columns: Math.max(1, Math.round(width / block)), rows: Math.max(1, Math.round(height / block)) }
}
