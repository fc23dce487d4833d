/** Chosen rows as a set of keys, so that rows may come, go and change place. Pure; rows that may not be chosen are never in it. */
import type { Lines } from './table-lines'

export type Selection = ReadonlySet<string>

/** From where Shift extends, and what was chosen before it began: going back gives back. */
export interface Pivot {
  readonly key: string
  readonly base: Selection
}

type Allows<R> = (row: R) => boolean

export function toggled(selected: Selection, key: string): Selection {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

/** What was chosen before, and every allowed row between two lines, both included. */
export function extended<R>(lines: Lines<R>, pivot: Pivot, to: number, isAllowed: Allows<R>): Selection {
  const from = lines.indexOf(pivot.key)
  const next = new Set(pivot.base)
  if (from < 0) return next
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const line = lines.at(index)
    if (line?.kind === 'row' && isAllowed(line.row)) next.add(line.key)
  }
  return next
}

/** Adds every allowed row to what is chosen; rows outside the filter that were chosen before stay chosen. */
export function withAll<R>(selected: Selection, rows: readonly R[], rowKey: (row: R) => string, isAllowed: Allows<R>): Selection {
  const next = new Set(selected)
  for (const row of rows) if (isAllowed(row)) next.add(rowKey(row))
  return next
}

export type Share = 'none' | 'some' | 'all'

/** How much of the allowed rows is chosen, for the box in the head. */
export function shareOf<R>(selected: Selection, rows: readonly R[], rowKey: (row: R) => string, isAllowed: Allows<R>): Share {
  if (selected.size === 0) return 'none'
  const allowed = rows.filter(isAllowed)
  return allowed.length > 0 && allowed.every((row) => selected.has(rowKey(row))) ? 'all' : 'some'
}
