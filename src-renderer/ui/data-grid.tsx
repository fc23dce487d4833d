// biome-ignore-all lint/a11y/useSemanticElements: a real table cannot skip the layout of unseen rows; the roles say what it is.
// biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, which names its current row.
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above.
import { Fragment, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { Kbd } from './kbd'
import './ui.css'

export interface GridColumn<R> {
  readonly key: string
  readonly title: ReactNode
  /** A CSS grid track: `64px`, `minmax(0, 1fr)`. */
  readonly width: string
  readonly align?: 'right'
  render(row: R): ReactNode
}

export interface DataGridProps<R> {
  readonly label: string
  readonly columns: readonly GridColumn<R>[]
  readonly rows: readonly R[]
  rowKey(row: R): string
  readonly empty: ReactNode
  onOpen?(row: R): void
  /** Keys that act on the current row, e.g. R, E, W. Returns true when it took the key. */
  onRowKey?(key: string, row: R): boolean
  /** Where `/` goes. */
  readonly filterRef?: RefObject<{ focus(): void } | null>
  /** What `?` lists besides the keys that every list has. */
  readonly hints?: readonly (readonly [keys: string, meaning: string])[]
  /** A heading is put before each row whose group differs from the one above. */
  groupOf?(row: R): string
  detail?(row: R): ReactNode
  rowClass?(row: R): string | undefined
  onCurrent?(row: R | undefined): void
  /** Makes this row the current one whenever the key changes, e.g. the one that a command line asked for. */
  readonly wantedKey?: string | undefined
  readonly hasHead?: boolean
  /** The list is what its window was opened for: it takes the focus, so that its keys work at once. */
  readonly autoFocus?: boolean
  readonly isDimmed?: boolean
}

/**
 * The list of this program: 30 px rows on one grid, one current row, the same keys everywhere (arrows, Home/End, page keys, Enter opens, `/`
 * filters, `?` lists keys). Rows outside the view are neither laid out nor painted (`content-visibility`), so lists of a few thousand
 * stay quick; it is no spreadsheet: no cell editing, no column dragging.
 */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { label, columns, rows, rowKey, hasHead = true, groupOf, onCurrent } = props
  const id = useId()
  const [currentKey, setCurrentKey] = useState(props.wantedKey)
  const [wantedBefore, setWantedBefore] = useState(props.wantedKey)
  const [areHintsShown, setHintsShown] = useState(false)
  if (props.wantedKey !== wantedBefore) {
    setWantedBefore(props.wantedKey)
    setCurrentKey(props.wantedKey)
  }
  const body = useRef<HTMLDivElement>(null)
  const at = rows.findIndex((row) => rowKey(row) === currentKey)
  const template = columns.map((column) => column.width).join(' ')

  function moveTo(index: number): void {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))]
    if (!row) return
    setCurrentKey(rowKey(row))
    onCurrent?.(row)
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the current row changed, not when rows arrive.
  useEffect(() => {
    body.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [currentKey])

  useEffect(() => {
    if (!props.autoFocus) return
    // One frame later: a drawer takes the focus for itself when it opens.
    const frame = requestAnimationFrame(() => body.current?.focus({ preventScroll: true }))
    return () => cancelAnimationFrame(frame)
  }, [props.autoFocus])

  // What was asked for by name is where the arrows go on from; somebody at work in another pane is not disturbed.
  useEffect(() => {
    if (props.wantedKey === undefined) return
    const active = document.activeElement
    if (active === document.body || body.current?.closest('.ui-pane')?.contains(active)) body.current?.focus({ preventScroll: true })
  }, [props.wantedKey])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const isTaken = takeKey(props, event.key, at, moveTo, () => setHintsShown(!areHintsShown))
    if (isTaken) event.preventDefault()
  }

  return (
    <div className={`ui-grid${props.isDimmed ? ' ui-dimmed' : ''}`} style={{ '--grid-columns': template } as React.CSSProperties}>
      <div
        ref={body}
        className="ui-grid-body"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...(at >= 0 && { 'aria-activedescendant': `${id}-${at}` })}
      >
        {hasHead && <GridHead columns={columns} />}
        {rows.length === 0 && props.empty}
        {rows.map((row, index) => {
          const group = groupOf?.(row)
          const before = rows[index - 1]
          const isFirstOfGroup = group !== undefined && (before === undefined || groupOf?.(before) !== group)
          return (
            <Fragment key={rowKey(row)}>
              {isFirstOfGroup && <div className="ui-grid-group">{group}</div>}
              <GridRow {...props} row={row} id={`${id}-${index}`} isCurrent={index === at} onPick={() => moveTo(index)} />
            </Fragment>
          )
        })}
      </div>
      {areHintsShown && <KeyHints hints={hintsOf(props)} />}
    </div>
  )
}

function GridHead<R>({ columns }: { readonly columns: readonly GridColumn<R>[] }) {
  return (
    <div className="ui-grid-row ui-grid-head" role="row">
      {columns.map((column) => (
        <div key={column.key} role="columnheader" className={column.align === 'right' ? 'ui-right' : undefined}>
          {column.title}
        </div>
      ))}
    </div>
  )
}

interface GridRowProps<R> extends DataGridProps<R> {
  readonly row: R
  readonly id: string
  readonly isCurrent: boolean
  onPick(): void
}

function GridRow<R>({ row, id, isCurrent, onPick, columns, onOpen, detail, rowClass }: GridRowProps<R>) {
  const extra = detail?.(row)
  return (
    <>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys. */}
      <div
        id={id}
        className={`ui-grid-row ${rowClass?.(row) ?? ''}`}
        role="row"
        aria-selected={isCurrent}
        onClick={onPick}
        onDoubleClick={() => onOpen?.(row)}
      >
        {columns.map((column) => (
          <div key={column.key} role="gridcell" className={column.align === 'right' ? 'ui-right' : undefined}>
            {column.render(row)}
          </div>
        ))}
      </div>
      {extra}
    </>
  )
}

function takeKey<R>(props: DataGridProps<R>, key: string, at: number, moveTo: (index: number) => void, toggleHints: () => void): boolean {
  const row = props.rows[at]
  const moves: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? 0 : at - 1,
    PageDown: at + 10,
    PageUp: at - 10,
    Home: 0,
    End: props.rows.length - 1,
  }
  const target = moves[key]
  if (target !== undefined) moveTo(target)
  else if (key === '/' && props.filterRef) props.filterRef.current?.focus()
  else if (key === '?') toggleHints()
  else if (key === 'Enter' && row && props.onOpen) props.onOpen(row)
  else return row !== undefined && (props.onRowKey?.(key.toLowerCase(), row) ?? false)
  return true
}

function hintsOf<R>({ onOpen, filterRef, hints = [] }: DataGridProps<R>): readonly (readonly [string, string])[] {
  return [
    ['↑ ↓', '上下移动'],
    ['Home End', '到首尾'],
    ...(onOpen ? [['Enter', '打开'] as const] : []),
    ...(filterRef ? [['/', '筛选'] as const] : []),
    ...hints,
    ['?', '收起按键说明'],
  ]
}

export function KeyHints({ hints }: { readonly hints: readonly (readonly [keys: string, meaning: string])[] }) {
  return (
    <div className="ui-hints" role="status">
      {hints.map(([keys, meaning]) => (
        <span key={keys}>
          <Kbd framed>{keys}</Kbd> {meaning}
        </span>
      ))}
    </div>
  )
}
