/** Measures of the columns: one grid template for head, filters and rows, and where the sticky ones stop. Pure. */
import { widthOf } from './column-choice'
import type { TableColumn } from './table-types'

export const boxWidth = 36

export interface ColumnLayout {
  /** `grid-template-columns` of every line. */
  readonly template: string
  /** Below this width, in px, the table scrolls sideways. */
  readonly minWidth: number
  /** Distance from the left edge at which a sticky column stops, in px. */
  readonly lefts: ReadonlyMap<string, number>
  /** The sticky column with the line at its right. */
  readonly lastSticky: string | undefined
}

export function layoutOf<R>(columns: readonly TableColumn<R>[], hasBox: boolean): ColumnLayout {
  const lefts = new Map<string, number>()
  let edge = hasBox ? boxWidth : 0
  for (const column of columns) {
    if (column.isSticky) lefts.set(column.key, edge)
    edge += widthOf(column)
  }
  return {
    template: [...(hasBox ? [`${boxWidth}px`] : []), ...columns.map(({ width }) => width)].join(' '),
    minWidth: edge,
    lefts,
    lastSticky: [...lefts.keys()].pop(),
  }
}
