/** What a virtual table shows and says. It holds nothing but the scroll offset: everything else is its owner's and comes back by callback. */
import type { ReactNode, RefObject } from 'react'
import type { Sort } from './row-sort'
import type { Selection } from './table-selection'

export interface TableColumn<R> {
  readonly key: string
  readonly title: string
  /** A CSS grid track: `64px`, `minmax(160px, 1fr)`. Its px is the least width; sticky columns must be plain px. */
  readonly width: string
  readonly align?: 'right'
  /** Stays in view when the table is scrolled sideways. Sticky columns come first. */
  readonly isSticky?: boolean
  readonly isSortable?: boolean
  render(row: R): ReactNode
}

export interface VirtualTableProps<R> {
  readonly label: string
  /** Shown columns, in order. Keep the array the same between renders: rows are drawn anew when it changes. */
  readonly columns: readonly TableColumn<R>[]
  /** Filtered and sorted; an unchanged row must be the same object, a changed row another one. */
  readonly rows: readonly R[]
  /** Controls for the filter row under the head, by column; they may change with every letter, which draws no row anew. */
  readonly filters?: Readonly<Record<string, ReactNode>>
  rowKey(row: R): string
  /** The current line: a row's key, or `groupKey(group)`. A row that left stays current by name, so that no key hits its neighbour. */
  readonly currentKey: string | undefined
  onCurrent(key: string, row: R | undefined): void
  onOpen?(row: R): void
  /** Keys that act on the current row; letters come in lower case. Returns true when it took the key. */
  onRowKey?(key: string, row: R): boolean
  /** Without it there are no boxes and nothing can be chosen. */
  readonly selection?: { readonly selected: Selection; onChange(selected: Selection): void }
  /** Rows that cannot be chosen, e.g. what may not be decided in a batch. */
  isDisabledRow?(row: R): boolean
  readonly sort?: Sort
  onSort?(sort: Sort): void
  /** Somebody drew a column to this width in px; undefined: back to the product's. Without it widths are fixed. */
  onColumnWidth?(key: string, width: number | undefined): void
  /** Rows must be sorted by it. */
  groupOf?(row: R): string
  readonly collapsed?: ReadonlySet<string>
  onCollapsed?(collapsed: ReadonlySet<string>): void
  rowClass?(row: R): string | undefined
  /** Rows that came and are held back; Home and a click on the pill call `onShowNew`, and the next rows are shown from the top. */
  readonly pendingNew?: number
  onShowNew?(): void
  /** Where `/` goes. */
  readonly filterRef?: RefObject<{ focus(): void } | null>
  readonly hints?: readonly (readonly [keys: string, meaning: string])[]
  /** Old content while new content is on its way, or a list whose source is away. */
  readonly isDimmed?: boolean
  readonly empty: ReactNode
  /** Said below the last row; otherwise the number of rows. */
  readonly endNote?: ReactNode
  readonly autoFocus?: boolean
}
