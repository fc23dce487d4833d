import type { Point } from '#shared/domain/annotation/annotation'
import type { Size } from '#shared/domain/annotation/annotation-drawing'

/**
 * Which part of a picture a frame on the screen shows. The view is kept relative to the picture, so that two photos of different sizes can share
 * one: zooming and panning either shows the same part of both. Pure numbers; pointers and keys are elsewhere.
 */
export interface View {
  /** What zoom 1 means: the frame filled, edges cut, or the whole picture inside it. */
  readonly fit: 'fill' | 'whole'
  readonly zoom: number
  /** The part of the turned picture that lies in the middle of the frame, 0..1. */
  readonly centre: Point
}

/** Quarter turns clockwise. */
export type Turn = 0 | 1 | 2 | 3

/** A frame on the screen and the picture in it, turned: both in CSS pixels at 100 %. */
export interface Frame {
  readonly box: Size
  readonly picture: Size
}

export const fillingView: View = { fit: 'fill', zoom: 1, centre: { x: 0.5, y: 0.5 } }
export const wholeView: View = { ...fillingView, fit: 'whole' }

const largestScale = 8

// Filling a very wide frame would hide most of an upright photo: beyond this it keeps margins instead.
const largestFill = 1.7

export function turnBy(turn: Turn, quarters: number): Turn {
  return ((((turn + quarters) % 4) + 4) % 4) as Turn
}

export function turnedSize({ width, height }: Size, turn: Turn): Size {
  return turn % 2 === 0 ? { width, height } : { width: height, height: width }
}

function fitScale(fit: View['fit'], { box, picture }: Frame): number {
  const across = box.width / picture.width
  const down = box.height / picture.height
  const whole = Math.min(across, down)
  return fit === 'fill' ? Math.min(Math.max(across, down), whole * largestFill) : whole
}

/** Screen pixels per pixel of the picture: 1 is 100 %. */
export function scaleOf(view: View, frame: Frame): number {
  return fitScale(view.fit, frame) * view.zoom
}

/** Whether a part of the picture lies outside the frame. */
export function isCut(view: View, frame: Frame): boolean {
  // Half a pixel is rounding, not a hidden part.
  const scale = scaleOf(view, frame)
  return frame.picture.width * scale > frame.box.width + 0.5 || frame.picture.height * scale > frame.box.height + 0.5
}

/** The nearest centre that leaves no empty margin where the picture could fill it. */
function clampedCentre(centre: Point, scale: number, { box, picture }: Frame): Point {
  const inside = (value: number, boxSide: number, pictureSide: number) => {
    const half = boxSide / (2 * pictureSide * scale)
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, value))
  }
  return { x: inside(centre.x, box.width, picture.width), y: inside(centre.y, box.height, picture.height) }
}

/** Where a pixel of the frame lies on the turned picture, 0..1 when it is on it. */
export function pointOnPicture(view: View, frame: Frame, at: Point): Point {
  const scale = scaleOf(view, frame)
  const centre = clampedCentre(view.centre, scale, frame)
  return {
    x: centre.x + (at.x - frame.box.width / 2) / (frame.picture.width * scale),
    y: centre.y + (at.y - frame.box.height / 2) / (frame.picture.height * scale),
  }
}

/** Zooms by a factor; what lies under the pixel `at` of the frame (its middle when absent) stays there. */
export function zoomedBy(view: View, frame: Frame, factor: number, at?: Point): View {
  const base = fitScale(view.fit, frame)
  const smallest = Math.min(1, fitScale('whole', frame))
  const scale = Math.min(largestScale, Math.max(smallest, base * view.zoom * factor))
  const anchor = pointOnPicture(view, frame, at ?? { x: frame.box.width / 2, y: frame.box.height / 2 })
  const centre = clampedCentre(view.centre, base * view.zoom, frame)
  const ratio = (base * view.zoom) / scale
  const next = { x: anchor.x + (centre.x - anchor.x) * ratio, y: anchor.y + (centre.y - anchor.y) * ratio }
  return { ...view, zoom: scale / base, centre: clampedCentre(next, scale, frame) }
}

/** Moves the picture under the frame by so many screen pixels. */
export function pannedBy(view: View, frame: Frame, by: Point): View {
  const scale = scaleOf(view, frame)
  const from = clampedCentre(view.centre, scale, frame)
  const to = { x: from.x - by.x / (frame.picture.width * scale), y: from.y - by.y / (frame.picture.height * scale) }
  return { ...view, centre: clampedCentre(to, scale, frame) }
}

/** Fitted to 100 %, anything else back to fitted. */
export function toggledActualSize(view: View, frame: Frame): View {
  if (view.zoom !== 1) return { ...fillingView, fit: view.fit }
  return zoomedBy(view, frame, 1 / scaleOf(view, frame))
}

/** Where the upright picture goes before it is turned about its own middle, in pixels of the frame. */
export interface Placement extends Size {
  readonly left: number
  readonly top: number
}

export function placementOf(view: View, frame: Frame, turn: Turn): Placement {
  const scale = scaleOf(view, frame)
  const centre = clampedCentre(view.centre, scale, frame)
  const upright = turnedSize(frame.picture, turn)
  const width = upright.width * scale
  const height = upright.height * scale
  const middleX = frame.box.width / 2 + (0.5 - centre.x) * frame.picture.width * scale
  const middleY = frame.box.height / 2 + (0.5 - centre.y) * frame.picture.height * scale
  return { left: middleX - width / 2, top: middleY - height / 2, width, height }
}
