/**
 * Sorting for long tables: several columns, stable, each row's value read once and kept as long as the row lives. Text is ordered as a Chinese
 * dictionary does; as the collator is slow, only distinct values meet it, and rows are compared by rank. A list that differs from the one before
 * by a few rows is not sorted again: those rows are put where they belong. Pure but for its own memory.
 */
import { type RowEdit, rowEdits } from './row-edits'

export type SortDirection = 'ascending' | 'descending'

export interface SortKey {
  readonly column: string
  readonly direction: SortDirection
}

/** First counts most; empty is the order in which the rows are given. */
export type Sort = readonly SortKey[]

export type SortValue = string | number | null

export interface RowSorter<R> {
  /** The same array when there is nothing to sort by. Rows without a value come last in either direction. */
  sort(rows: readonly R[], sort: Sort): readonly R[]
}

/** One press on a column's title: ascending, then descending, then not sorted by it. `isAdded` keeps the other columns, as Shift does. */
export function nextSort(sort: Sort, column: string, isAdded: boolean): Sort {
  const held = sort.find((key) => key.column === column)
  const next: Sort =
    held === undefined ? [{ column, direction: 'ascending' }] : held.direction === 'ascending' ? [{ column, direction: 'descending' }] : []
  if (!isAdded) return next
  if (held === undefined) return [...sort, ...next]
  return sort.flatMap((key) => (key.column === column ? next : [key]))
}

interface Sorted<R> {
  readonly rows: readonly R[]
  readonly sort: Sort
  /** Places in `rows`, in the wanted order. */
  readonly order: Uint32Array
  readonly sorted: readonly R[]
}

export function createRowSorter<R extends object>(values: Readonly<Record<string, (row: R) => SortValue>>): RowSorter<R> {
  const kept = new Map<string, WeakMap<R, SortValue>>()
  const collator = new Intl.Collator('zh-CN', { numeric: true })
  let last: Sorted<R> | undefined

  function readerOf(column: string): (row: R) => SortValue {
    const read = values[column]
    if (read === undefined) return () => null
    const known = kept.get(column) ?? new WeakMap<R, SortValue>()
    kept.set(column, known)
    return (row) => {
      const before = known.get(row)
      if (before !== undefined) return before
      const value = read(row)
      known.set(row, value)
      return value
    }
  }

  function orderOf(rows: readonly R[], sort: Sort): Uint32Array {
    const ranks = sort.map(({ column, direction }) => ranksOf(rows.map(readerOf(column)), direction, collator))
    const order = Uint32Array.from(rows, (_, index) => index)
    return order.sort((a, b) => {
      for (const rank of ranks) {
        const difference = (rank[a] ?? 0) - (rank[b] ?? 0)
        if (difference !== 0 && !Number.isNaN(difference)) return difference
      }
      return a - b
    })
  }

  /** Says which of two places in `rows` comes first, as `orderOf` does. */
  function comparerOf(rows: readonly R[], sort: Sort): (a: number, b: number) => number {
    const keys = sort.map(({ column, direction }) => ({ read: readerOf(column), sign: direction === 'ascending' ? 1 : -1 }))
    return (a, b) => {
      for (const { read, sign } of keys) {
        const difference = compareValues(read(rows[a] as R), read(rows[b] as R), sign, collator)
        if (difference !== 0) return difference
      }
      return a - b
    }
  }

  function mended(rows: readonly R[], sort: Sort): Uint32Array | undefined {
    const edits = last?.sort === sort ? rowEdits(last.rows, rows) : undefined
    return last && edits && mendedOrder(last.order, last.rows.length, edits, comparerOf(rows, sort))
  }

  return {
    sort(rows, sort) {
      if (sort.length === 0) return rows
      if (last?.rows === rows && last.sort === sort) return last.sorted
      const order = mended(rows, sort) ?? orderOf(rows, sort)
      last = { rows, sort, order, sorted: Array.from(order, (index) => rows[index] as R) }
      return last.sorted
    },
  }
}

/** The order without the rows that are gone, the new ones each put in by halving. What stayed keeps its order: its values are the same. */
function mendedOrder(
  before: Uint32Array,
  count: number,
  edits: readonly RowEdit[],
  compare: (a: number, b: number) => number,
): Uint32Array {
  const { placeOf, added } = placesAfter(count, edits)
  const stayed = new Uint32Array(before.length)
  let staying = 0
  for (const place of before) {
    const next = placeOf[place] ?? -1
    if (next >= 0) stayed[staying++] = next
  }
  added.sort(compare)
  const order = new Uint32Array(staying + added.length)
  let [read, written] = [0, 0]
  for (const place of added) {
    const until = firstBehind(stayed, read, staying, place, compare)
    order.set(stayed.subarray(read, until), written)
    written += until - read
    order[written++] = place
    read = until
  }
  order.set(stayed.subarray(read, staying), written)
  return order
}

/** New places of the rows before (-1: gone), and the places of those that are new. */
function placesAfter(count: number, edits: readonly RowEdit[]): { readonly placeOf: Int32Array; readonly added: number[] } {
  const placeOf = new Int32Array(count)
  const added: number[] = []
  let [at, shift] = [0, 0]
  for (const edit of [...edits, { from: count, removed: 0, to: 0, added: 0 }]) {
    for (; at < edit.from; at += 1) placeOf[at] = at + shift
    for (; at < edit.from + edit.removed; at += 1) placeOf[at] = -1
    for (let index = 0; index < edit.added; index += 1) added.push(edit.to + index)
    shift += edit.added - edit.removed
  }
  return { placeOf, added }
}

function firstBehind(order: Uint32Array, low: number, high: number, place: number, compare: (a: number, b: number) => number): number {
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(order[middle] ?? 0, place) > 0) high = middle
    else low = middle + 1
  }
  return low
}

/** Nothing comes last in either direction; text comes after numbers, which no column mixes. */
function compareValues(a: SortValue, b: SortValue, sign: number, collator: Intl.Collator): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0)
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * collator.compare(String(a), String(b))
}

/** Numbers that ascend in the wanted order; nothing is +Infinity, and Infinity minus itself (NaN) is taken as equal above. Texts that the collator does not tell apart have one rank. */
function ranksOf(values: readonly SortValue[], direction: SortDirection, collator: Intl.Collator): Float64Array {
  const texts = [...new Set(values.filter((value) => typeof value === 'string'))].sort(collator.compare)
  const rankOfText = new Map<string, number>()
  let rank = 0
  texts.forEach((text, index) => {
    if (index > 0 && collator.compare(texts[index - 1] ?? '', text) !== 0) rank = index
    rankOfText.set(text, rank)
  })
  const sign = direction === 'ascending' ? 1 : -1
  return Float64Array.from(values, (value) => {
    if (value === null) return Number.POSITIVE_INFINITY
    return sign * (typeof value === 'number' ? value : (rankOfText.get(value) ?? 0))
  })
}
