/**
 * Where two long lists differ, when one came from the other by replacing, taking out or putting in a few rows: what follows from a list (its order,
 * its counts) is then mended instead of made anew. Rows are compared as objects. Pure.
 */
export interface RowEdit {
  /** Place in the list before, and how many of its rows are gone from there on. */
  readonly from: number
  readonly removed: number
  /** Place in the list after, and how many of its rows are new from there on. */
  readonly to: number
  readonly added: number
}

/** Beyond so many rows that differ, making everything anew is as fast. */
const mostRows = 1_000

/** In the order of the lists; undefined when they differ by too much. A row that moved is gone from one place and new at another. */
export function rowEdits<R>(before: readonly R[], after: readonly R[]): readonly RowEdit[] | undefined {
  const edits: RowEdit[] = []
  let [from, to, left] = [0, 0, mostRows]
  while (from < before.length || to < after.length) {
    if (from < before.length && before[from] === after[to]) {
      from += 1
      to += 1
      continue
    }
    const edit = shortestEdit(before, after, from, to, left)
    if (edit === undefined) return undefined
    edits.push(edit)
    left -= edit.removed + edit.added
    from += edit.removed
    to += edit.added
  }
  return edits
}

/** The fewest rows to pass by, in both lists together, until they agree again or both end. */
function shortestEdit<R>(before: readonly R[], after: readonly R[], from: number, to: number, most: number): RowEdit | undefined {
  for (let passed = 1; passed <= most; passed += 1) {
    for (let removed = Math.max(0, passed - (after.length - to)); removed <= Math.min(passed, before.length - from); removed += 1) {
      const added = passed - removed
      const [nextFrom, nextTo] = [from + removed, to + added]
      const isEnd = nextFrom === before.length && nextTo === after.length
      const isMeeting = nextFrom < before.length && nextTo < after.length && before[nextFrom] === after[nextTo]
      if (isEnd || isMeeting) return { from, removed, to, added }
    }
  }
  return undefined
}
