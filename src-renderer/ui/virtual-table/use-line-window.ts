import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Lines } from './table-lines'
import { keptOffset, type LineWindow, type Place, scrollToShow, windowOf } from './table-window'

export interface LineView {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Lines to draw. */
  readonly drawn: LineWindow
  /** While it is being scrolled, until it has come to rest. */
  readonly isMoving: boolean
  /** Scroll offset and height as they are now. */
  place(): Place
  show(index: number): void
  /** The next change of lines is shown from the top, instead of keeping what is in view on its place. */
  startNextFromTop(): void
}

/**
 * Follows the scroll offset of a table, and moves it when lines come or go so that nothing moves under the cursor. `headHeight` (px) is the
 * part of the scroller that sticky lines cover; `order` is what the rows are sorted by.
 */
export function useLineWindow<R>(lines: Lines<R>, currentKey: string | undefined, headHeight: number, order: unknown): LineView {
  const scroller = useRef<HTMLDivElement>(null)
  const held = useRef({ lines, order, place: { scrollTop: 0, viewHeight: 600 }, startsFromTop: false })
  const [drawn, setDrawn] = useState(() => windowOf(0, 600, lines.count))
  const [isMoving, setMoving] = useState(false)

  function look(): void {
    const element = scroller.current
    if (!element) return
    const place = { scrollTop: element.scrollTop, viewHeight: Math.max(0, element.clientHeight - headHeight) }
    held.current.place = place
    const next = windowOf(place.scrollTop, place.viewHeight, held.current.lines.count)
    setDrawn((before) => (before.from === next.from && before.to === next.to ? before : next))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when lines changed; the current row alone never moves the others.
  useLayoutEffect(() => {
    const before = held.current
    held.current = { lines, order, place: before.place, startsFromTop: before.startsFromTop && before.lines === lines }
    if (scroller.current && before.lines !== lines) {
      const kept = before.startsFromTop ? 0 : keptOffset(before.lines, lines, before.place, currentKey, before.order !== order)
      scroller.current.scrollTop = kept ?? 0
    }
    look()
  }, [lines, headHeight])

  // biome-ignore lint/correctness/useExhaustiveDependencies: `look` reads what is current from refs; it depends on nothing but the head.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    // In the event itself, so that a long pull on the scroll bar does not show a blank frame first.
    const onScroll = () =>
      flushSync(() => {
        setMoving(true)
        look()
      })
    const onScrollEnd = () => setMoving(false)
    const observer = new ResizeObserver(() => {
      element.toggleAttribute('data-wide', element.scrollWidth > element.clientWidth)
      look()
    })
    observer.observe(element)
    // The lines are as wide as the columns need.
    for (const part of element.children) observer.observe(part)
    element.addEventListener('scroll', onScroll, { passive: true })
    element.addEventListener('scrollend', onScrollEnd, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
      element.removeEventListener('scrollend', onScrollEnd)
    }
  }, [headHeight])

  return {
    scroller,
    isMoving,
    drawn: { from: Math.min(drawn.from, lines.count), to: Math.min(drawn.to, lines.count) },
    place: () => held.current.place,
    show(index) {
      const element = scroller.current
      if (!element || index < 0) return
      const { scrollTop, viewHeight } = held.current.place
      element.scrollTop = scrollToShow(index, scrollTop, viewHeight)
      look()
    },
    startNextFromTop() {
      held.current.startsFromTop = true
    },
  }
}
