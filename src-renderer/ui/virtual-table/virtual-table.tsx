// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot leave out the rows that are not in view; the roles say what it is.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys.
import { type CSSProperties, useEffect, useId, useMemo, useRef, useState } from 'react'
import { KeyHints } from '../data-grid'
import { type LineElement, lineElements } from './line-elements'
import { NewRowsPill } from './new-rows-pill'
import type { Sort } from './row-sort'
import { TableFooter } from './table-footer'
import { hasFilters, TableHead } from './table-head'
import { layoutOf } from './table-layout'
import { createLines, type Line } from './table-lines'
import { GroupHeading, TableRow } from './table-row'
import { shareOf } from './table-selection'
import type { VirtualTableProps } from './table-types'
import { lineHeight } from './table-window'
import { useLineWindow } from './use-line-window'
import { useTableActions } from './use-table-actions'
import './virtual-table.css'

/** As in the style sheet, px. */
const headHeight = 28
const filtersHeight = 32
const unsorted: Sort = []
const never = () => false

/**
 * The long table of this program: 100 k rows of 30 px, of which only those near the view exist as elements. One current line, any number of
 * chosen rows, both by key, so that rows may come and go without moving what is under the cursor. It neither filters, sorts nor fetches
 * (`row-filter.ts`, `row-sort.ts`), and has no cell editing. For lists of a few hundred rows `DataGrid` is enough.
 */
export function VirtualTable<R>(props: VirtualTableProps<R>) {
  const { rows, rowKey, groupOf, collapsed, columns, currentKey, selection, sort = unsorted, isDisabledRow = never } = props
  const id = useId()
  const [areHintsShown, setHintsShown] = useState(false)
  const lines = useMemo(() => createLines({ rows, rowKey, groupOf, collapsed }), [rows, rowKey, groupOf, collapsed])
  const hasBox = selection !== undefined
  const layout = useMemo(() => layoutOf(columns, hasBox), [columns, hasBox])
  const topHeight = headHeight + (hasFilters(columns, props.filters) ? filtersHeight : 0)
  const view = useLineWindow(lines, currentKey, topHeight, sort)
  const hint = useRef(-1)
  const elements = useRef<readonly LineElement[]>([])
  const at = currentKey === undefined ? -1 : lines.indexOf(currentKey, hint.current)
  hint.current = at
  const actions = useTableActions(props, lines, at, view, () => setHintsShown(!areHintsShown))

  useEffect(() => {
    if (!props.autoFocus) return
    // One frame later: a drawer takes the focus for itself when it opens.
    const frame = requestAnimationFrame(() => view.scroller.current?.focus({ preventScroll: true }))
    return () => cancelAnimationFrame(frame)
  }, [props.autoFocus, view.scroller])

  function line(element: number, index: number) {
    const held = lines.at(index) as Line<R>
    const common = { id: `${id}-${held.key}`, index, isCurrent: index === at }
    if (held.kind === 'group') return <GroupHeading key={element} {...common} {...pick(held)} />
    const { key, row } = held
    return (
      <TableRow
        key={element}
        {...common}
        row={row}
        columns={columns}
        layout={layout}
        hasBox={hasBox}
        isSelected={selection?.selected.has(key) ?? false}
        isDisabled={isDisabledRow(row)}
        className={props.rowClass?.(row) ?? ''}
      />
    )
  }

  const { from, to } = view.drawn
  const indexOf = new Map(Array.from({ length: to - from }, (_, offset) => [lines.at(from + offset)?.key ?? '', from + offset]))
  const drawn = lineElements(elements.current, [...indexOf.keys()], view.isMoving)
  elements.current = drawn
  const style = { '--vt-columns': layout.template, '--vt-width': `${layout.minWidth}px`, '--vt-top': `${topHeight}px` } as CSSProperties
  const currentLine = lines.at(at)
  return (
    <div className="vt" style={style}>
      <div
        ref={view.scroller}
        className="vt-scroll"
        role="grid"
        aria-label={props.label}
        aria-rowcount={lines.count + 1}
        aria-busy={props.isDimmed ?? false}
        tabIndex={0}
        onKeyDown={actions.onKeyDown}
        {...(selection && { 'aria-multiselectable': true })}
        {...(currentLine && at >= from && at < to && { 'aria-activedescendant': `${id}-${currentLine.key}` })}
      >
        <TableHead
          columns={columns}
          layout={layout}
          filters={props.filters}
          share={selection && shareOf(selection.selected, rows, rowKey, (row) => !isDisabledRow(row))}
          onToggleAll={actions.toggleAll}
          sort={sort}
          onSort={props.onSort}
          onColumnWidth={props.onColumnWidth}
        />
        <div
          className={`vt-body${props.isDimmed ? ' ui-dimmed' : ''}`}
          role="rowgroup"
          style={{ height: lines.count * lineHeight }}
          onMouseDown={(event) => {
            // The focus belongs to the grid, not to a box in a row; nor should Shift+click mark text.
            if (event.shiftKey || event.target instanceof HTMLInputElement) event.preventDefault()
            view.scroller.current?.focus({ preventScroll: true })
          }}
          onClick={actions.onClick}
          onDoubleClick={actions.onDoubleClick}
        >
          {drawn.map(({ element, key }) => line(element, indexOf.get(key) ?? -1))}
        </div>
      </div>
      {lines.count === 0 && <div className="vt-empty">{props.empty}</div>}
      {props.pendingNew !== undefined && <NewRowsPill count={props.pendingNew} onShow={actions.showNew} />}
      {areHintsShown && <KeyHints hints={hintsOf(props)} />}
      {lines.count > 0 && (
        <TableFooter lines={lines} rowCount={rows.length} scroller={view.scroller} place={view.place} endNote={props.endNote} />
      )}
    </div>
  )
}

function pick<R>({ group, count, isCollapsed }: Extract<Line<R>, { kind: 'group' }>) {
  return { group, count, isCollapsed }
}

function hintsOf<R>(props: VirtualTableProps<R>): readonly (readonly [string, string])[] {
  return [
    ['↑ ↓', '上下移动'],
    ['Home End', '到首尾'],
    ...(props.onOpen ? [['Enter', '打开'] as const] : []),
    ...(props.selection
      ? ([
          ['空格', '选择'],
          ['Shift+↑↓', '连选'],
          ['Ctrl+A', '全选'],
          ['Esc', '取消选择'],
        ] as const)
      : []),
    ...(props.groupOf ? [['← →', '收起、展开分组'] as const] : []),
    ...(props.filterRef ? [['/', '筛选'] as const] : []),
    ...(props.hints ?? []),
    ['?', '收起按键说明'],
  ]
}
