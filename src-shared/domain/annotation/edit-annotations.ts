import { type Annotation, annotationCountLimit, orderedCorners, type Point } from './annotation'

/**
 * Changing marks: moving, resizing, and the history behind undo and redo. Every function gives a new value and leaves the old one as it was. A
 * mark stays inside the picture and keeps a size that a pointer can find again.
 */

/** Shortest side of an area and shortest arrow, of the picture's side: below it a press was a click, not a drawing. */
export const smallestExtent = 0.01

/** A corner that can be pulled; an arrow has only `from` and `to`. */
export type AnnotationHandle = 'from' | 'to' | 'rightTop' | 'leftBottom'

/** Steps that undo remembers. */
export const historyLimit = 100

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

// Sums of fractions drift past 1; a hundred-thousandth of a picture is below one pixel of any photo.
const place = (value: number) => Math.round(clamp(value, 0, 1) * 1e5) / 1e5

/** The nearest place on the picture, as it is kept. */
export function placedOnPicture({ x, y }: Point): Point {
  return { x: place(x), y: place(y) }
}

/** Shifts a mark by a part of the picture, at most up to its edge. */
export function moveAnnotation(annotation: Annotation, by: Point): Annotation {
  const points = annotation.kind === 'text' ? [annotation.at] : [annotation.from, annotation.to]
  const shift = {
    x: allowedShift(
      by.x,
      points.map(({ x }) => x),
    ),
    y: allowedShift(
      by.y,
      points.map(({ y }) => y),
    ),
  }
  const moved = ({ x, y }: Point) => placedOnPicture({ x: x + shift.x, y: y + shift.y })
  if (annotation.kind === 'text') return { ...annotation, at: moved(annotation.at) }
  return { ...annotation, from: moved(annotation.from), to: moved(annotation.to) }
}

function allowedShift(shift: number, places: readonly number[]): number {
  return clamp(shift, -Math.min(...places), 1 - Math.max(...places))
}

/**
 * Pulls one handle to a place. An area may be pulled inside out: its corners are put in order. What would become smaller than
 * `smallestExtent` stays as it was; words have no handles.
 */
export function resizeAnnotation(annotation: Annotation, handle: AnnotationHandle, to: Point): Annotation {
  if (annotation.kind === 'text') return annotation
  const ends = pulled(annotation, handle, placedOnPicture(to))
  const next = annotation.kind === 'arrow' ? { ...annotation, ...ends } : { ...annotation, ...orderedCorners(ends.from, ends.to) }
  return isLargeEnough(next) ? next : annotation
}

function pulled({ from, to }: { readonly from: Point; readonly to: Point }, handle: AnnotationHandle, at: Point) {
  if (handle === 'from') return { from: at, to }
  if (handle === 'to') return { from, to: at }
  if (handle === 'rightTop') return { from: { x: from.x, y: at.y }, to: { x: at.x, y: to.y } }
  return { from: { x: at.x, y: from.y }, to: { x: to.x, y: at.y } }
}

/** Whether a mark that was just drawn is one at all, and not a click. */
export function isLargeEnough(annotation: Annotation): boolean {
  if (annotation.kind === 'text') return annotation.text !== ''
  const width = Math.abs(annotation.to.x - annotation.from.x)
  const height = Math.abs(annotation.to.y - annotation.from.y)
  // Half a unit of rounding: a side of exactly the least extent is allowed wherever it lies.
  const least = smallestExtent - 5e-6
  return annotation.kind === 'arrow' ? Math.hypot(width, height) >= least : width >= least && height >= least
}

/** Adds a mark on top; a full photo stays as it is. */
export function addAnnotation(annotations: readonly Annotation[], annotation: Annotation): readonly Annotation[] {
  return annotations.length >= annotationCountLimit ? annotations : [...annotations, annotation]
}

/** Puts another mark in the place of one; undefined takes it away. */
export function replaceAnnotation(
  annotations: readonly Annotation[],
  index: number,
  annotation: Annotation | undefined,
): readonly Annotation[] {
  return annotations.flatMap((each, at) => (at !== index ? [each] : annotation ? [annotation] : []))
}

/** Values that were, the one that is, and those that were undone, nearest last. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
}

export function startHistory<T>(present: T): History<T> {
  return { past: [], present, future: [] }
}

/** A step forward; what was undone before cannot be redone any more. The same value is no step. */
export function recordStep<T>(history: History<T>, next: T): History<T> {
  if (Object.is(next, history.present)) return history
  return { past: [...history.past, history.present].slice(-historyLimit), present: next, future: [] }
}

/** Goes on with the last step instead of beginning one: a key that is held down is undone at once. */
export function continueStep<T>(history: History<T>, next: T): History<T> {
  return { ...history, present: next, future: [] }
}

export function undoStep<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), present: before, future: [...history.future, history.present] }
}

export function redoStep<T>(history: History<T>): History<T> {
  const after = history.future.at(-1)
  if (after === undefined) return history
  return { past: [...history.past, history.present], present: after, future: history.future.slice(0, -1) }
}
