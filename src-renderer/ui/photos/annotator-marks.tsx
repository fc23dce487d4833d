import { type Annotation, annotationKinds } from '#shared/domain/annotation/annotation'
import { areaRect, lineWidthPx, type Rect, type Size, textLayout } from '#shared/domain/annotation/annotation-drawing'
import type { AnnotationHandle } from '#shared/domain/annotation/edit-annotations'
import { Mark } from './photo-layer'
import { markPaths } from './render-annotated'

interface EditableMarksProps {
  readonly annotations: readonly Annotation[]
  readonly size: Size
  /** Screen pixels per pixel of the picture: handles keep their size on the screen. */
  readonly scale: number
  readonly selected: number | null
  /** Marks under the pointer can be taken hold of; otherwise only the selected one. */
  readonly areAllGrabbable: boolean
  /** The one whose words are in the text box now. */
  readonly hidden: number | null
  onSelect(index: number): void
}

/** The marks over the picture in the editor, each reachable with Tab; the selected one with a frame and handles. */
export function EditableMarks({ annotations, size, scale, selected, areAllGrabbable, hidden, onSelect }: EditableMarksProps) {
  const mark = selected === null ? undefined : annotations[selected]
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: each mark in it has its own name.
    <svg className="photos-marks annotator-marks" viewBox={`0 0 ${size.width} ${size.height}`}>
      {annotations.map((each, index) => (
        // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing.
        <g
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no other identity than their place in the list.
          key={index}
          role="button"
          aria-label={nameOf(each, index)}
          aria-pressed={index === selected}
          tabIndex={0}
          data-index={index}
          data-grabbable={areAllGrabbable || index === selected || undefined}
          visibility={index === hidden ? 'hidden' : undefined}
          onFocus={() => onSelect(index)}
        >
          <Mark mark={each} size={size} />
          <HitArea mark={each} size={size} scale={scale} isSelected={index === selected} />
        </g>
      ))}
      {mark && selected !== hidden && <Selection mark={mark} size={size} scale={scale} />}
    </svg>
  )
}

function nameOf(mark: Annotation, index: number): string {
  const words = mark.kind === 'text' ? `：${mark.text}` : ''
  return `${index + 1} ${annotationKinds[mark.kind]}${words}`
}

/** What a pointer can take hold of: wider than a thin line, and all of a selected box, not only its edge. */
function HitArea({ mark, size, scale, isSelected }: { mark: Annotation; size: Size; scale: number; isSelected: boolean }) {
  if (mark.kind === 'text' || mark.kind === 'mosaic' || (mark.kind === 'box' && isSelected)) {
    const { left, top, width, height } = boundsOf(mark, size)
    return <rect className="annotator-hit" x={left} y={top} width={width} height={height} pointerEvents="all" />
  }
  const { line, solid } = markPaths(mark, size)
  return <path className="annotator-hit" d={line + solid} strokeWidth={Math.max(lineWidthPx(mark.stroke, size), 12 / scale)} />
}

function boundsOf(mark: Exclude<Annotation, { readonly kind: 'arrow' }>, size: Size): Rect {
  return mark.kind === 'text' ? textLayout(mark, size).bounds : areaRect(mark, size)
}

function Selection({ mark, size, scale }: { readonly mark: Annotation; readonly size: Size; readonly scale: number }) {
  const bounds = mark.kind === 'arrow' ? null : boundsOf(mark, size)
  return (
    <g className="annotator-selection" strokeWidth={1.5 / scale}>
      {bounds && <rect className="annotator-frame" x={bounds.left} y={bounds.top} width={bounds.width} height={bounds.height} />}
      {handlesOf(mark).map(({ handle, x, y }) => (
        <circle key={handle} data-handle={handle} cx={x * size.width} cy={y * size.height} r={5 / scale} />
      ))}
    </g>
  )
}

function handlesOf(mark: Annotation): readonly { readonly handle: AnnotationHandle; readonly x: number; readonly y: number }[] {
  if (mark.kind === 'text') return []
  const { from, to } = mark
  const ends = [{ handle: 'from', ...from } as const, { handle: 'to', ...to } as const]
  if (mark.kind === 'arrow') return ends
  return [...ends, { handle: 'rightTop', x: to.x, y: from.y }, { handle: 'leftBottom', x: from.x, y: to.y }]
}
