/** Where a table of equal lines stands on the screen: which lines to draw, how far to scroll, and how a row keeps its place when others come or go. Pure. */
import type { Lines } from './table-lines'

/** Height of a line, in px; the style sheet has the same figure. */
export const lineHeight = 30

/** The drawn lines move on in steps, so that most scroll events draw nothing, and reach past both edges for a fast wheel. */
const step = 8
const margin = 8

export interface LineWindow {
  readonly from: number
  /** One past the last. */
  readonly to: number
}

/** Lines to draw for a scroll offset and the height of the part that shows rows, both in px. */
export function windowOf(scrollTop: number, viewHeight: number, count: number): LineWindow {
  // Rows may have left since the offset was read.
  const offset = Math.max(0, Math.min(scrollTop, count * lineHeight - viewHeight))
  const first = Math.floor(offset / lineHeight / step) * step
  const visible = Math.ceil(viewHeight / lineHeight)
  return { from: Math.max(0, first - margin), to: Math.min(count, first + visible + step + margin) }
}

/** The least scrolling that shows the whole line. */
export function scrollToShow(index: number, scrollTop: number, viewHeight: number): number {
  const top = index * lineHeight
  if (top < scrollTop) return top
  return Math.max(scrollTop, top + lineHeight - viewHeight)
}

export interface Place {
  readonly scrollTop: number
  readonly viewHeight: number
}

/**
 * Scroll offset in `after` that keeps on its place what a person looks at: the current line if it was in view, otherwise (unless `isReordered`)
 * the first line in view that is still there. Undefined when nothing of that is left.
 */
export function keptOffset<R>(
  before: Lines<R>,
  after: Lines<R>,
  { scrollTop, viewHeight }: Place,
  currentKey: string | undefined,
  isReordered: boolean,
): number | undefined {
  const first = Math.floor(scrollTop / lineHeight)
  const end = Math.min(before.count, Math.ceil((scrollTop + viewHeight) / lineHeight))
  const seen: { readonly key: string; readonly index: number }[] = []
  for (let index = first; index < end; index += 1) {
    const key = before.at(index)?.key ?? ''
    if (key === currentKey) seen.unshift({ key, index })
    else if (!isReordered) seen.push({ key, index })
  }
  const [preferred] = seen
  if (preferred === undefined) return undefined
  // Nearly always nothing above has moved: then no scan is needed.
  if (after.at(preferred.index)?.key === preferred.key) return scrollTop
  const places = after.indicesOf(new Set(seen.map(({ key }) => key)))
  const kept = seen.find(({ key }) => places.has(key))
  if (kept === undefined) return undefined
  return Math.max(0, scrollTop + ((places.get(kept.key) ?? 0) - kept.index) * lineHeight)
}
