/** Which columns of a table are shown, and in which order. Pure; keeping the choice is its owner's business. */
import type { TableColumn } from './table-types'

export interface ColumnChoice {
  readonly key: string
  readonly isShown: boolean
}

/** The shown columns in the chosen order; columns that the choice does not know yet (a new release) come last and are shown. */
export function chosenColumns<R>(columns: readonly TableColumn<R>[], choice: readonly ColumnChoice[]): readonly TableColumn<R>[] {
  const shown = completeChoice(columns, choice).filter(({ isShown }) => isShown)
  return shown.flatMap(({ key }) => columns.find((column) => column.key === key) ?? [])
}

/** The choice with every column once: unknown keys are dropped, sticky columns lead and cannot be hidden. */
export function completeChoice<R>(columns: readonly TableColumn<R>[], choice: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const sticky = columns.filter(({ isSticky }) => isSticky).map(({ key }) => ({ key, isShown: true }))
  const movable = columns.filter(({ isSticky }) => !isSticky).map(({ key }) => key)
  const chosen = choice.filter(({ key }) => movable.includes(key))
  const added = movable.filter((key) => !chosen.some((one) => one.key === key)).map((key) => ({ key, isShown: true }))
  return [...sticky, ...chosen, ...added]
}

/** One place up (-1) or down (1); the same choice when there is no such place, or when `fixed` (the sticky ones) stands in it. */
export function movedColumn(choice: readonly ColumnChoice[], key: string, by: -1 | 1, fixed: ReadonlySet<string>): readonly ColumnChoice[] {
  const from = choice.findIndex((one) => one.key === key)
  const moved = choice[from]
  const other = choice[from + by]
  if (!moved || !other || fixed.has(key) || fixed.has(other.key)) return choice
  return choice.map((one) => (one.key === key ? other : one.key === other.key ? moved : one))
}
