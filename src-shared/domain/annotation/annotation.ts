import { err, ok, type Result } from '../../base/result'

/**
 * Marks on a photo 标注: what they are, and how they are read from outside. A mark lies beside the photo as a value; the picture itself is never
 * changed. Places are relative to the upright picture, 0..1 from its left and top edge, so that they fit every size in which it is shown. Who may
 * mark, and where marks are kept, is decided elsewhere.
 */
export interface Point {
  readonly x: number
  readonly y: number
}

export const annotationColours = { red: '红', yellow: '黄', blue: '蓝' } as const
export type AnnotationColour = keyof typeof annotationColours

/** Width of a line, and for words their size. */
export const annotationStrokes = { thin: '细', medium: '中', thick: '粗' } as const
export type AnnotationStroke = keyof typeof annotationStrokes

export const annotationKinds = { arrow: '箭头', box: '方框', text: '文字', mosaic: '打码' } as const
export type AnnotationKind = keyof typeof annotationKinds

interface Styled {
  readonly colour: AnnotationColour
  readonly stroke: AnnotationStroke
}

/** Points from `from` at `to`. */
export interface ArrowAnnotation extends Styled {
  readonly kind: 'arrow'
  readonly from: Point
  readonly to: Point
}

/** `from` is the left upper corner, `to` the right lower one. */
export interface BoxAnnotation extends Styled {
  readonly kind: 'box'
  readonly from: Point
  readonly to: Point
}

/** `at` is the left upper corner of the first line; long text breaks at the right edge of the picture. */
export interface TextAnnotation extends Styled {
  readonly kind: 'text'
  readonly at: Point
  readonly text: string
}

/** What lies under it is shown in blocks too coarse to read. Corners as in a box. */
export interface MosaicAnnotation {
  readonly kind: 'mosaic'
  readonly from: Point
  readonly to: Point
}

export type Annotation = ArrowAnnotation | BoxAnnotation | TextAnnotation | MosaicAnnotation
export type AreaAnnotation = BoxAnnotation | MosaicAnnotation

/** Most marks on one photo: more than a person can take in, and a bound on what a record can weigh. */
export const annotationCountLimit = 50

/** Longest words of one mark, in characters (code points). */
export const annotationTextLimit = 100

export type AnnotationFault = 'annotation/malformed' | 'annotation/tooMany' | 'annotation/outside' | 'annotation/textTooLong'

/**
 * Reads marks that came from outside. Unknown fields are left out, corners put in order, words cleaned as they are when typed. Errors:
 * `annotation/tooMany` over 50 marks, `annotation/outside` a place that is no number in 0..1, `annotation/textTooLong` over 100 characters,
 * `annotation/malformed` anything else, empty words included.
 */
export function parseAnnotations(input: unknown): Result<readonly Annotation[], AnnotationFault> {
  if (!Array.isArray(input)) return err('annotation/malformed')
  if (input.length > annotationCountLimit) return err('annotation/tooMany')
  const annotations: Annotation[] = []
  for (const each of input as readonly unknown[]) {
    const parsed = parseAnnotation(each)
    if (!parsed.ok) return parsed
    annotations.push(parsed.value)
  }
  return ok(annotations)
}

/** Words as they are kept: one line, no control characters, ends trimmed. */
export function cleanAnnotationText(typed: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point; a line break becomes a space.
  return typed.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim()
}

/** Corners in order: `from` left above `to`. */
export function orderedCorners(one: Point, other: Point): { readonly from: Point; readonly to: Point } {
  return {
    from: { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y) },
    to: { x: Math.max(one.x, other.x), y: Math.max(one.y, other.y) },
  }
}

type Fields = Readonly<Record<string, unknown>>

function parseAnnotation(input: unknown): Result<Annotation, AnnotationFault> {
  if (!isFields(input)) return err('annotation/malformed')
  if (input.kind === 'text') return parseText(input)
  const from = parsePoint(input.from)
  const to = parsePoint(input.to)
  if (!from.ok) return from
  if (!to.ok) return to
  if (input.kind === 'mosaic') return ok({ kind: 'mosaic', ...orderedCorners(from.value, to.value) })
  const style = parseStyle(input)
  if (!style.ok) return style
  if (input.kind === 'box') return ok({ kind: 'box', ...orderedCorners(from.value, to.value), ...style.value })
  if (input.kind === 'arrow') return ok({ kind: 'arrow', from: from.value, to: to.value, ...style.value })
  return err('annotation/malformed')
}

function parseText(input: Fields): Result<TextAnnotation, AnnotationFault> {
  const at = parsePoint(input.at)
  if (!at.ok) return at
  const style = parseStyle(input)
  if (!style.ok) return style
  if (typeof input.text !== 'string') return err('annotation/malformed')
  const text = cleanAnnotationText(input.text)
  if (text === '') return err('annotation/malformed')
  if ([...text].length > annotationTextLimit) return err('annotation/textTooLong')
  return ok({ kind: 'text', at: at.value, text, ...style.value })
}

function parsePoint(input: unknown): Result<Point, AnnotationFault> {
  if (!isFields(input)) return err('annotation/malformed')
  const { x, y } = input
  if (!isInside(x) || !isInside(y)) return err('annotation/outside')
  return ok({ x, y })
}

function parseStyle({ colour, stroke }: Fields): Result<Styled, AnnotationFault> {
  if (!isKeyOf(annotationColours, colour) || !isKeyOf(annotationStrokes, stroke)) return err('annotation/malformed')
  return ok({ colour, stroke })
}

// NaN fails both comparisons.
const isInside = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const isKeyOf = <T extends object>(table: T, key: unknown): key is keyof T => typeof key === 'string' && Object.hasOwn(table, key)
