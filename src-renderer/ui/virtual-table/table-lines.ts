/**
 * What stands on which line of a table: rows and group headings, all of one height, so that every place is arithmetic. Pure. Finding a row by its
 * key is a scan (about a millisecond for 100 k rows), because an index would have to be made anew for every batch of changed rows.
 */
export type Line<R> =
  | { readonly kind: 'row'; readonly key: string; readonly row: R }
  | { readonly kind: 'group'; readonly key: string; readonly group: string; readonly count: number; readonly isCollapsed: boolean }

export interface Lines<R> {
  readonly count: number
  at(index: number): Line<R> | undefined
  /** Line of this key, -1 when it is not shown. `hint` is looked at first: most changes move nothing. */
  indexOf(key: string, hint?: number): number
  /** Lines of those of the keys that are shown, by one scan. */
  indicesOf(keys: ReadonlySet<string>): ReadonlyMap<string, number>
  /** How many rows, headings aside, stand on lines from `index` on. */
  rowsFrom(index: number): number
  /** Heading above this line; -1 when the table has no groups. */
  headingOf(index: number): number
}

export interface LineSource<R> {
  readonly rows: readonly R[]
  rowKey(row: R): string
  /** Rows must already be sorted by group: a heading stands before each row whose group differs from the one above. */
  groupOf?: ((row: R) => string) | undefined
  readonly collapsed?: ReadonlySet<string> | undefined
}

/** A run of rows under one heading, or all rows when there are no groups. */
interface Segment {
  readonly group: string | null
  readonly firstRow: number
  readonly rowCount: number
  readonly firstLine: number
  readonly isCollapsed: boolean
}

const groupPrefix = 'group:'

/** The key under which a heading can be the current line. */
export function groupKey(group: string): string {
  return groupPrefix + group
}

export function createLines<R>(source: LineSource<R>): Lines<R> {
  const { rows, rowKey } = source
  const segments = segmentsOf(source)
  const last = segments[segments.length - 1]
  const count = last ? last.firstLine + lineCountOf(last) : 0

  function segmentAt(index: number): Segment | undefined {
    if (index < 0 || index >= count) return undefined
    let low = 0
    let high = segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((segments[middle]?.firstLine ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return segments[low]
  }

  function at(index: number): Line<R> | undefined {
    const segment = segmentAt(index)
    if (segment === undefined) return undefined
    const offset = index - segment.firstLine - headingsOf(segment)
    if (segment.group !== null && offset < 0) {
      const { group, rowCount, isCollapsed } = segment
      return { kind: 'group', key: groupKey(group), group, count: rowCount, isCollapsed }
    }
    const row = rows[segment.firstRow + offset] as R
    return { kind: 'row', key: rowKey(row), row }
  }

  function lineOfRow(rowIndex: number): number {
    const segment = segments.find(({ firstRow, rowCount }) => rowIndex >= firstRow && rowIndex < firstRow + rowCount)
    return segment === undefined || segment.isCollapsed ? -1 : segment.firstLine + headingsOf(segment) + rowIndex - segment.firstRow
  }

  return {
    count,
    at,
    indexOf(key, hint = -1) {
      if (at(hint)?.key === key) return hint
      const rowIndex = rows.findIndex((row) => rowKey(row) === key)
      if (rowIndex >= 0) return lineOfRow(rowIndex)
      return segments.find(({ group }) => group !== null && groupKey(group) === key)?.firstLine ?? -1
    },
    indicesOf(keys) {
      const found = new Map<string, number>()
      for (const { group, firstLine } of segments) if (group !== null && keys.has(groupKey(group))) found.set(groupKey(group), firstLine)
      rows.forEach((row, rowIndex) => {
        const key = rowKey(row)
        const line = keys.has(key) ? lineOfRow(rowIndex) : -1
        if (line >= 0) found.set(key, line)
      })
      return found
    },
    rowsFrom(index) {
      return segments.reduce((sum, segment) => {
        if (segment.isCollapsed) return sum
        const firstRowLine = segment.firstLine + headingsOf(segment)
        return sum + Math.min(segment.rowCount, Math.max(0, firstRowLine + segment.rowCount - index))
      }, 0)
    },
    headingOf(index) {
      const segment = segmentAt(index)
      return segment === undefined || segment.group === null ? -1 : segment.firstLine
    },
  }
}

function headingsOf({ group }: Segment): number {
  return group === null ? 0 : 1
}

function lineCountOf(segment: Segment): number {
  return headingsOf(segment) + (segment.isCollapsed ? 0 : segment.rowCount)
}

function segmentsOf<R>({ rows, groupOf, collapsed }: LineSource<R>): readonly Segment[] {
  if (groupOf === undefined)
    return rows.length === 0 ? [] : [{ group: null, firstRow: 0, rowCount: rows.length, firstLine: 0, isCollapsed: false }]
  const segments: Segment[] = []
  let firstRow = 0
  let firstLine = 0
  for (let index = 1; index <= rows.length; index += 1) {
    const group = groupOf(rows[firstRow] as R)
    if (index < rows.length && groupOf(rows[index] as R) === group) continue
    const segment = { group, firstRow, rowCount: index - firstRow, firstLine, isCollapsed: collapsed?.has(group) ?? false }
    segments.push(segment)
    firstLine += lineCountOf(segment)
    firstRow = index
  }
  return segments
}
