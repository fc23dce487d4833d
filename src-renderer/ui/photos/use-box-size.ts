import { type RefObject, useLayoutEffect, useState } from 'react'
import type { Size } from '#shared/domain/annotation/annotation-drawing'

/** Inner size of an element in CSS pixels, followed as it changes; null before the first layout. */
export function useBoxSize(ref: RefObject<HTMLElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setSize({ width: element.clientWidth, height: element.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return size !== null && size.width > 0 && size.height > 0 ? size : null
}
