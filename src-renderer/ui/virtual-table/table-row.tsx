// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot leave out the rows that are not in view; the roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its current row.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above.
import { memo } from 'react'
import type { ColumnLayout } from './table-layout'
import type { TableColumn } from './table-types'
import { lineHeight } from './table-window'

/** One line of the table, drawn anew only when something on it changed; clicks are taken by the table, which reads `data-line`. */
interface LineProps {
  readonly id: string
  readonly index: number
  readonly isCurrent: boolean
}

export interface TableRowProps<R> extends LineProps {
  readonly row: R
  readonly columns: readonly TableColumn<R>[]
  readonly layout: ColumnLayout
  readonly hasBox: boolean
  readonly isSelected: boolean
  readonly isDisabled: boolean
  readonly className: string
}

function Row<R>({ id, index, isCurrent, row, columns, layout, hasBox, isSelected, isDisabled, className }: TableRowProps<R>) {
  const states = [isCurrent && 'vt-current', isSelected && 'vt-selected', className].filter(Boolean).join(' ')
  return (
    <div
      id={id}
      className={`vt-line vt-row ${states}`}
      role="row"
      aria-rowindex={index + 2}
      data-line={index}
      style={{ top: index * lineHeight }}
      {...(hasBox && { 'aria-selected': isSelected })}
      {...(isCurrent && { 'aria-current': true })}
    >
      {hasBox && (
        <div role="gridcell" className="vt-cell vt-box">
          <input type="checkbox" tabIndex={-1} checked={isSelected} disabled={isDisabled} readOnly aria-label="选择本行" data-box />
        </div>
      )}
      <Cells row={row} columns={columns} layout={layout} />
    </div>
  )
}

/** The cells do not know whether their row is current or chosen, so moving about draws none of them. */
function CellsOf<R>({ row, columns, layout }: Pick<TableRowProps<R>, 'row' | 'columns' | 'layout'>) {
  return (
    <>
      {columns.map((column) => (
        <div key={column.key} role="gridcell" {...cellStyle(column, layout)}>
          {column.render(row)}
        </div>
      ))}
    </>
  )
}

export function cellStyle<R>(column: TableColumn<R>, { lefts, lastSticky }: ColumnLayout) {
  const left = lefts.get(column.key)
  const sticky = left === undefined ? '' : ` vt-sticky${lastSticky === column.key ? ' vt-edge' : ''}`
  return { className: `vt-cell${column.align === 'right' ? ' vt-right' : ''}${sticky}`, ...(left !== undefined && { style: { left } }) }
}

const Cells = memo(CellsOf) as typeof CellsOf
export const TableRow = memo(Row) as typeof Row

export interface GroupHeadingProps extends LineProps {
  readonly group: string
  readonly count: number
  readonly isCollapsed: boolean
}

export const GroupHeading = memo(function GroupHeading({ id, index, isCurrent, group, count, isCollapsed }: GroupHeadingProps) {
  return (
    <div
      id={id}
      className={`vt-line vt-group${isCurrent ? ' vt-current' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-expanded={!isCollapsed}
      data-line={index}
      style={{ top: index * lineHeight }}
      {...(isCurrent && { 'aria-current': true })}
    >
      <div role="gridcell" className="vt-group-title">
        <span className="vt-caret" aria-hidden="true">
          {isCollapsed ? '▸' : '▾'}
        </span>
        <b>{group}</b>
        <span className="ui-meta">{count} 条</span>
      </div>
    </div>
  )
})
