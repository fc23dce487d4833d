import { type ProColumns, ProTable } from '@ant-design/pro-components'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { KeyHints } from '../../ui/data-grid'

export interface KeyedTableProps<R extends object> {
  readonly label: string
  readonly columns: readonly ProColumns<R>[]
  readonly rows: readonly R[]
  readonly isLoading: boolean
  readonly isDimmed: boolean
  rowKey(row: R): string
  readonly currentKey: string | undefined
  onCurrent(key: string): void
  onOpen?(row: R): void
  /** Returns true when it took the key. */
  onRowKey?(key: string, row: R): boolean
  readonly filterRef: RefObject<{ focus(): void } | null>
  readonly hints?: readonly (readonly [keys: string, meaning: string])[]
  readonly empty: ReactNode
  /** Below the last row: the button for more. */
  readonly footer?: ReactNode
}

/** ProTable with the keys that every list of this program has: arrows, Home/End, Enter opens, `/` filters, `?` lists keys. */
export function KeyedTable<R extends object>(props: KeyedTableProps<R>) {
  const { rows, rowKey, currentKey, onCurrent } = props
  const [areHintsShown, setHintsShown] = useState(false)
  const box = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (currentKey !== undefined)
      box.current?.querySelector(`[data-row-key="${CSS.escape(currentKey)}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [currentKey])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const at = rows.findIndex((row) => rowKey(row) === currentKey)
    const row = rows[at]
    const target = rows[targetOf(event.key, at, rows.length) ?? -1]
    if (target) onCurrent(rowKey(target))
    else if (event.key === '/') props.filterRef.current?.focus()
    else if (event.key === '?') setHintsShown(!areHintsShown)
    else if (event.key === 'Enter' && row && props.onOpen) props.onOpen(row)
    else if (!(row && props.onRowKey?.(event.key.toLowerCase(), row))) return
    event.preventDefault()
  }

  return (
    <div className="adm-list">
      {/* biome-ignore lint/a11y/useSemanticElements: the table itself is Ant Design's; this is the part that takes the keys. */}
      <div
        ref={box}
        className={`adm-table${props.isDimmed ? ' ui-dimmed' : ''}`}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        onKeyDown={onKeyDown}
      >
        <ProTable<R>
          columns={[...props.columns]}
          dataSource={[...rows]}
          rowKey={(row) => rowKey(row)}
          loading={props.isLoading && rows.length === 0}
          search={false}
          options={false}
          toolBarRender={false}
          pagination={false}
          tableAlertRender={false}
          ghost
          size="small"
          locale={{ emptyText: props.empty }}
          rowClassName={(row) => (rowKey(row) === currentKey ? 'adm-current' : '')}
          onRow={(row) => ({
            'aria-selected': rowKey(row) === currentKey,
            onClick: () => {
              onCurrent(rowKey(row))
              box.current?.focus({ preventScroll: true })
            },
            onDoubleClick: () => props.onOpen?.(row),
          })}
        />
        {props.footer}
      </div>
      {areHintsShown && (
        <KeyHints
          hints={[
            ['↑ ↓', '上下移动'],
            ['Home End', '到首尾'],
            ...(props.onOpen ? [['Enter', '打开'] as const] : []),
            ['/', '筛选'],
            ...(props.hints ?? []),
            ['?', '收起按键说明'],
          ]}
        />
      )}
    </div>
  )
}

function targetOf(key: string, at: number, count: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: Math.min(count - 1, at + 1),
    ArrowUp: Math.max(0, at - 1),
    PageDown: Math.min(count - 1, at + 10),
    PageUp: Math.max(0, at - 10),
    Home: 0,
    End: count - 1,
  }
  return targets[key]
}
