import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import { type Frame, pannedBy, type View, zoomedBy } from './view'

interface PanZoom {
  readonly frame: Frame | null
  readonly view: View
  onView(view: View): void
}

/** Wheel zooms where the pointer is, dragging pans. Returns the pointer handlers; the wheel is listened to on the element itself. */
export function usePanZoom(ref: RefObject<HTMLElement | null>, current: PanZoom) {
  const latest = useRef(current)
  useEffect(() => {
    latest.current = current
  })
  const dragFrom = useRef<{ readonly x: number; readonly y: number } | null>(null)

  useEffect(() => {
    const element = ref.current
    if (!element) return
    // React listens to the wheel passively; the page must not scroll under the photo.
    function onWheel(event: WheelEvent): void {
      const { frame, view, onView } = latest.current
      if (!frame || !element) return
      event.preventDefault()
      const { left, top } = element.getBoundingClientRect()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY
      onView(zoomedBy(view, frame, Math.exp(-pixels * 0.002), { x: event.clientX - left, y: event.clientY - top }))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [ref])

  return {
    onPointerDown(event: PointerEvent<HTMLElement>): void {
      if (event.button !== 0 && event.button !== 1) return
      dragFrom.current = { x: event.clientX, y: event.clientY }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove(event: PointerEvent<HTMLElement>): void {
      const from = dragFrom.current
      const { frame, view, onView } = latest.current
      if (!from || !frame) return
      dragFrom.current = { x: event.clientX, y: event.clientY }
      onView(pannedBy(view, frame, { x: event.clientX - from.x, y: event.clientY - from.y }))
    },
    onPointerUp(): void {
      dragFrom.current = null
    },
    onPointerCancel(): void {
      dragFrom.current = null
    },
  }
}
