import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { Point } from '#shared/domain/annotation/annotation'
import { type AnnotationHandle, isLargeEnough, placedOnPicture } from '#shared/domain/annotation/edit-annotations'
import { type AnnotatorDrag, draggedTo, markBetween } from './annotator-drag'
import type { AnnotatorAction, AnnotatorState } from './annotator-state'
import { usePanZoom } from './use-pan-zoom'
import { type Frame, pointOnPicture, type View } from './view'

interface PointerTargets {
  readonly frame: Frame | null
  readonly view: View
  setView(view: View): void
  readonly state: AnnotatorState
  dispatch(action: AnnotatorAction): void
}

/** The pointer of the editor: draws, takes hold of marks and handles, begins words, and moves the picture where there is nothing to take. */
export function useAnnotatorPointer(stage: RefObject<HTMLElement | null>, { frame, view, setView, state, dispatch }: PointerTargets) {
  const [drag, setDrag] = useState<AnnotatorDrag | null>(null)
  const start = useRef<Point>({ x: 0, y: 0 })
  const panZoom = usePanZoom(stage, { frame, view, onView: setView })

  function pointOf(event: PointerEvent): Point | null {
    if (!stage.current || !frame) return null
    const { left, top } = stage.current.getBoundingClientRect()
    return placedOnPicture(pointOnPicture(view, frame, { x: event.clientX - left, y: event.clientY - top }))
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    const at = pointOf(event)
    if (!at || !(event.target instanceof Element) || event.target.closest('input')) return
    start.current = at
    const begun = event.button === 0 ? dragFrom(state, event.target, at) : null
    // The text box takes the focus itself; a press must not take it away again.
    event.preventDefault()
    if (begun === 'typing') {
      dispatch({ type: 'typingBegun', at })
      return
    }
    event.currentTarget.focus({ preventScroll: true })
    dispatch({ type: 'selected', index: begun && begun.type !== 'drawing' ? begun.index : null })
    if (!begun) {
      panZoom.onPointerDown(event)
      return
    }
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag(begun)
  }

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    const at = pointOf(event)
    if (drag && at) setDrag(draggedTo(drag, start.current, at))
    else panZoom.onPointerMove(event)
  }

  function onPointerUp(event: PointerEvent<HTMLElement>): void {
    panZoom.onPointerUp()
    const at = pointOf(event)
    if (!drag || !at) return
    const done = draggedTo(drag, start.current, at)
    setDrag(null)
    if (done.type !== 'drawing') dispatch({ type: 'changed', index: done.index, annotation: done.annotation })
    else if (isLargeEnough(done.annotation)) dispatch({ type: 'drawn', annotation: done.annotation })
  }

  function onPointerCancel(): void {
    panZoom.onPointerCancel()
    setDrag(null)
  }

  return { drag, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel } }
}

/** Place in the list of the mark that an element of the stage belongs to. */
export function indexUnder(target: EventTarget): number | null {
  const index = target instanceof Element ? target.closest('[data-index]')?.getAttribute('data-index') : undefined
  return index === null || index === undefined ? null : Number(index)
}

/** What a press begins: pulling a handle, moving a mark, drawing, typing; null moves the picture. */
function dragFrom(state: AnnotatorState, target: Element, at: Point): AnnotatorDrag | 'typing' | null {
  const { tool, selected, history } = state
  const handle = target.closest('[data-handle]')?.getAttribute('data-handle') as AnnotationHandle | null | undefined
  const index = handle ? selected : indexUnder(target)
  const origin = index === null ? undefined : history.present[index]
  if (index !== null && origin && handle) return { type: 'resizing', index, handle, annotation: origin, origin }
  if (index !== null && origin) return { type: 'moving', index, start: at, annotation: origin, origin }
  if (tool === 'select') return null
  if (tool === 'text') return 'typing'
  return { type: 'drawing', annotation: markBetween(tool, at, at, state) }
}
