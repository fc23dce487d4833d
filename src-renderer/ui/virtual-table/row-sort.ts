/**
 * Sorting for long tables: several columns, stable, each row's value read once and kept as long as the row lives. Text is ordered as a Chinese
 * dictionary does; as the collator is slow, only distinct values meet it, and rows are compared by rank. Pure but for its own memory.
 */
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

export function createRowSorter<R extends object>(values: Readonly<Record<string, (row: R) => SortValue>>): RowSorter<R> {
  const kept = new Map<string, WeakMap<R, SortValue>>()
  const collator = new Intl.Collator('zh-CN', { numeric: true })

  function valuesOf(rows: readonly R[], column: string): readonly SortValue[] {
    const read = values[column]
    if (read === undefined) return rows.map(() => null)
    const known = kept.get(column) ?? new WeakMap<R, SortValue>()
    kept.set(column, known)
    return rows.map((row) => {
      const before = known.get(row)
      if (before !== undefined) return before
      const value = read(row)
      known.set(row, value)
      return value
    })
  }

  return {
    sort(rows, sort) {
      if (sort.length === 0) return rows
      const ranks = sort.map(({ column, direction }) => ranksOf(valuesOf(rows, column), direction, collator))
      const order = Uint32Array.from(rows, (_, index) => index)
      order.sort((a, b) => {
        for (const rank of ranks) {
          const difference = (rank[a] ?? 0) - (rank[b] ?? 0)
          if (difference !== 0 && !Number.isNaN(difference)) return difference
        }
        return a - b
      })
      return Array.from(order, (index) => rows[index] as R)
    },
  }
}

/** Numbers that ascend in the wanted order; nothing is +Infinity, and Infinity minus itself (NaN) is taken as equal above. */
function ranksOf(values: readonly SortValue[], direction: SortDirection, collator: Intl.Collator): Float64Array {
  const texts = [...new Set(values.filter((value) => typeof value === 'string'))].sort(collator.compare)
  const rankOfText = new Map(texts.map((text, rank) => [text, rank]))
  const sign = direction === 'ascending' ? 1 : -1
  return Float64Array.from(values, (value) => {
    if (value === null) return Number.POSITIVE_INFINITY
    return sign * (typeof value === 'number' ? value : (rankOfText.get(value) ?? 0))
  })
}
