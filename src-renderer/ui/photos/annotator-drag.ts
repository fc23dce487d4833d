import type { Annotation, AnnotationColour, AnnotationStroke, Point } from '#shared/domain/annotation/annotation'
import { orderedCorners } from '#shared/domain/annotation/annotation'
import { type AnnotationHandle, moveAnnotation, resizeAnnotation } from '#shared/domain/annotation/edit-annotations'

/** What a held pointer is doing in the editor, and the marks as they look meanwhile; they change for good only when it is let go. */
export type AnnotatorDrag =
  | { readonly type: 'drawing'; readonly annotation: Exclude<Annotation, { readonly kind: 'text' }> }
  | { readonly type: 'moving'; readonly index: number; readonly start: Point; readonly annotation: Annotation; readonly origin: Annotation }
  | {
      readonly type: 'resizing'
      readonly index: number
      readonly handle: AnnotationHandle
      readonly annotation: Annotation
      readonly origin: Annotation
    }

export interface MarkStyle {
  readonly colour: AnnotationColour
  readonly stroke: AnnotationStroke
}

type DrawnMark = Exclude<Annotation, { readonly kind: 'text' }>

/** A mark of a kind between two points. */
export function markBetween(kind: DrawnMark['kind'], from: Point, to: Point, { colour, stroke }: MarkStyle): DrawnMark {
  if (kind === 'arrow') return { kind, from, to, colour, stroke }
  const corners = orderedCorners(from, to)
  return kind === 'box' ? { kind, ...corners, colour, stroke } : { kind, ...corners }
}

/** The drag with the pointer at another place. `start` of a drawing is kept by its caller: corners in order have forgotten it. */
export function draggedTo(drag: AnnotatorDrag, start: Point, to: Point): AnnotatorDrag {
  if (drag.type === 'drawing') {
    const { annotation } = drag
    const next = annotation.kind === 'arrow' ? { ...annotation, to } : { ...annotation, ...orderedCorners(start, to) }
    return { type: 'drawing', annotation: next }
  }
  if (drag.type === 'moving') {
    return { ...drag, annotation: moveAnnotation(drag.origin, { x: to.x - drag.start.x, y: to.y - drag.start.y }) }
  }
  return { ...drag, annotation: resizeAnnotation(drag.origin, drag.handle, to) }
}

/** The list as it looks while the pointer is held. */
export function previewOf(annotations: readonly Annotation[], drag: AnnotatorDrag | null): readonly Annotation[] {
  if (!drag) return annotations
  if (drag.type === 'drawing') return [...annotations, drag.annotation]
  return annotations.map((each, index) => (index === drag.index ? drag.annotation : each))
}
