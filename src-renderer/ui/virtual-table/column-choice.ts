/** Which columns of a table are shown, in which order and how wide. Pure; keeping the choice is its owner's business. */
import type { TableColumn } from './table-types'

export interface ColumnChoice {
  readonly key: string
  readonly isShown: boolean
  /** In px, once somebody chose it; otherwise as the product has it. */
  readonly width?: number
}

const leastWidth = 48
const mostWidth = 640
export const readableWidth = (px: number): number => Math.round(Math.min(mostWidth, Math.max(leastWidth, px)))

/** The shown columns in the chosen order and width; columns that the choice does not know yet (a new release) come last and are shown. */
export function chosenColumns<R>(columns: readonly TableColumn<R>[], choice: readonly ColumnChoice[]): readonly TableColumn<R>[] {
  const shown = completeChoice(columns, choice).filter(({ isShown }) => isShown)
  return shown.flatMap(({ key, width }) => {
    const column = columns.find((each) => each.key === key)
    return column === undefined ? [] : width === undefined ? column : { ...column, width: `${width}px` }
  })
}

/** The choice with every column once: unknown keys are dropped, sticky columns lead and cannot be hidden. */
export function completeChoice<R>(columns: readonly TableColumn<R>[], choice: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const sticky = columns
    .filter(({ isSticky }) => isSticky)
    .map(({ key }) => ({ ...choice.find((one) => one.key === key), key, isShown: true }))
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

/** The choice with a column this wide (px, within what can be read and used); undefined: as wide as the product has it. */
export function sizedColumn<R>(
  columns: readonly TableColumn<R>[],
  choice: readonly ColumnChoice[],
  key: string,
  width: number | undefined,
): readonly ColumnChoice[] {
  return completeChoice(columns, choice).map((one) => {
    if (one.key !== key) return one
    const { width: _, ...rest } = one
    return width === undefined ? rest : { ...rest, width: readableWidth(width) }
  })
}

/** How wide a column is at least, in px. */
export const widthOf = <R>({ width }: TableColumn<R>): number => Number(/([\d.]+)px/.exec(width)?.[1] ?? 0)
