/**
 * Which element draws which line of a table. A line keeps its element as long as it is in view; the element of a line that left draws the next one
 * that comes, so that scrolling changes texts instead of building and styling elements. Pure.
 */
export interface LineElement {
  /** Names the element for as long as it exists. */
  readonly element: number
  readonly key: string
}

/**
 * The elements for these lines, in the order in which they stand in the document: the order of the lines, as reading aloud and Tab follow it. While
 * the table is moving they stay where they stand: an element that is moved is styled and laid out as if it were new.
 */
export function lineElements(before: readonly LineElement[], keys: readonly string[], isMoving: boolean): readonly LineElement[] {
  const wanted = new Set(keys)
  const known = new Map(before.map((each) => [each.key, each]))
  const free = before.filter(({ key }) => !wanted.has(key)).map(({ element }) => element)
  let last = before.reduce((most, { element }) => Math.max(most, element), -1)
  const inOrder = keys.map((key): LineElement => {
    const held = known.get(key)
    if (held) return held
    const reused = free.shift()
    if (reused === undefined) last += 1
    return { element: reused ?? last, key }
  })
  if (!isMoving) return inOrder
  const place = new Map(before.map(({ element }, at) => [element, at]))
  return [...inOrder].sort((a, b) => (place.get(a.element) ?? before.length) - (place.get(b.element) ?? before.length))
}
