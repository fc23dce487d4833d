// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot leave out the rows that are not in view; the roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: its buttons and controls take the focus.
import { type PointerEvent, type ReactNode, useRef } from 'react'
import { nextSort, type Sort } from './row-sort'
import type { ColumnLayout } from './table-layout'
import { cellStyle } from './table-row'
import type { Share } from './table-selection'
import type { TableColumn } from './table-types'

export interface TableHeadProps<R> {
  readonly columns: readonly TableColumn<R>[]
  readonly layout: ColumnLayout
  readonly filters?: Readonly<Record<string, ReactNode>> | undefined
  /** Undefined when nothing can be chosen. */
  readonly share: Share | undefined
  onToggleAll(): void
  readonly sort: Sort
  onSort?: ((sort: Sort) => void) | undefined
  onColumnWidth?: ((key: string, width: number | undefined) => void) | undefined
}

/** Titles, and under them the filters if there are any. Both stay on top of the rows. */
export function TableHead<R>({ columns, layout, filters, share, onToggleAll, sort, onSort, onColumnWidth }: TableHeadProps<R>) {
  return (
    <div className="vt-top">
      <div className="vt-line vt-head" role="row" aria-rowindex={1}>
        {share && (
          <div role="columnheader" className="vt-cell vt-box">
            <input
              type="checkbox"
              aria-label="选择全部"
              checked={share === 'all'}
              ref={(box) => {
                if (box) box.indeterminate = share === 'some'
              }}
              onChange={onToggleAll}
            />
          </div>
        )}
        {columns.map((column) => (
          <div key={column.key} role="columnheader" {...cellStyle(column, layout)} {...ariaSort(column.key, sort)}>
            {column.isSortable && onSort ? (
              <SortButton column={column} sort={sort} onSort={onSort} />
            ) : (
              <span className="vt-title">{column.title}</span>
            )}
            {onColumnWidth && <Grip onWidth={(width) => onColumnWidth(column.key, width)} />}
          </div>
        ))}
      </div>
      {hasFilters(columns, filters) && (
        <div className="vt-line vt-filters" role="row">
          {share && <div role="gridcell" className="vt-cell vt-box" />}
          {columns.map((column) => (
            <div key={column.key} role="gridcell" {...cellStyle(column, layout)}>
              {filters?.[column.key]}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

export function hasFilters<R>(columns: readonly TableColumn<R>[], filters: Readonly<Record<string, ReactNode>> | undefined): boolean {
  return filters !== undefined && columns.some(({ key }) => filters[key] !== undefined)
}

/** Enter and Space press it as a click does; with Shift, the columns sorted by so far are kept and this one breaks their ties. */
function SortButton<R>({ column, sort, onSort }: { readonly column: TableColumn<R>; readonly sort: Sort; onSort(sort: Sort): void }) {
  const at = sort.findIndex((key) => key.column === column.key)
  return (
    <button
      type="button"
      className={`vt-title vt-sort${at >= 0 ? ' vt-sorted' : ''}`}
      title="按此列排序，Shift 加选"
      onClick={(event) => onSort(nextSort(sort, column.key, event.shiftKey))}
    >
      {column.title}
      {at >= 0 && <span aria-hidden="true">{sort[at]?.direction === 'ascending' ? '↑' : '↓'}</span>}
      {at >= 0 && sort.length > 1 && <span className="vt-rank">{at + 1}</span>}
    </button>
  )
}

/** For the mouse alone (the keyboard has the list of columns): drawing it sets the width, two clicks give back the product's. */
function Grip({ onWidth }: { onWidth(width: number | undefined): void }) {
  const held = useRef<{ readonly x: number; readonly width: number }>(undefined)
  function onPointerDown(event: PointerEvent<HTMLSpanElement>): void {
    if (event.button !== 0) return
    event.preventDefault()
    const grip = event.currentTarget
    grip.setPointerCapture(event.pointerId)
    grip.classList.add('vt-grip-held')
    held.current = { x: event.clientX, width: grip.parentElement?.offsetWidth ?? 0 }
  }
  function onPointerMove(event: PointerEvent<HTMLSpanElement>): void {
    if (held.current) event.currentTarget.style.transform = `translateX(${event.clientX - held.current.x}px)`
  }
  function letGo(event: PointerEvent<HTMLSpanElement>): void {
    const from = held.current
    held.current = undefined
    event.currentTarget.classList.remove('vt-grip-held')
    event.currentTarget.style.transform = ''
    if (from && event.type === 'pointerup' && event.clientX !== from.x) onWidth(from.width + event.clientX - from.x)
  }
  return (
    <span
      className="vt-grip"
      aria-hidden="true"
      title="拖动改列宽，双击恢复"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onDoubleClick={() => onWidth(undefined)}
    />
  )
}

function ariaSort(key: string, sort: Sort) {
  const held = sort.find(({ column }) => column === key)
  return held ? { 'aria-sort': held.direction } : {}
}
