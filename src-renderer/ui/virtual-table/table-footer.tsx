import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import type { Lines } from './table-lines'
import { lineHeight, type Place } from './table-window'

export interface TableFooterProps<R> {
  readonly lines: Lines<R>
  readonly rowCount: number
  readonly scroller: RefObject<HTMLDivElement | null>
  place(): Place
  readonly endNote: ReactNode
}

/** How many rows are left below the view. Apart from the table, because it changes with every line scrolled. */
export function TableFooter<R>({ lines, rowCount, scroller, place, endNote }: TableFooterProps<R>) {
  const [left, setLeft] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `place` reads a ref and never goes stale.
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const count = () => {
      const { scrollTop, viewHeight } = place()
      // A line counts as seen once most of it is.
      setLeft(lines.rowsFrom(Math.floor((scrollTop + viewHeight) / lineHeight + 0.4)))
    }
    count()
    const observer = new ResizeObserver(count)
    observer.observe(element)
    element.addEventListener('scroll', count, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', count)
    }
  }, [lines])

  return <div className="vt-footer">{left > 0 ? `下面还有 ${left} 条，End 到底` : (endNote ?? `共 ${rowCount} 条`)}</div>
}
