import { Button, Popover } from 'antd'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { type ColumnChoice, completeChoice, movedColumn } from './column-choice'
import type { TableColumn } from './table-types'
import './virtual-table.css'

export interface ColumnChooserProps<R> {
  /** All columns there are, in the order of the product. */
  readonly columns: readonly TableColumn<R>[]
  readonly choice: readonly ColumnChoice[]
  onChange(choice: readonly ColumnChoice[]): void
}

/** The button 列: tick what is shown, Alt+↑/↓ (or the arrows at the right) changes the order. Sticky columns stay first and shown. */
export function ColumnChooser<R>(props: ColumnChooserProps<R>) {
  return (
    <Popover trigger="click" placement="bottomRight" title="显示的列" content={<ColumnList {...props} />} destroyOnHidden>
      <Button type="text" size="small">
        列
      </Button>
    </Popover>
  )
}

function ColumnList<R>({ columns, choice, onChange }: ColumnChooserProps<R>) {
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRef<string | undefined>(undefined)
  const all = completeChoice(columns, choice)
  const fixed = new Set(columns.filter(({ isSticky }) => isSticky).map(({ key }) => key))
  const boxes = () => [...(list.current?.querySelectorAll<HTMLInputElement>('input:enabled') ?? [])]

  // A box that changed place loses the focus with it.
  useLayoutEffect(() => {
    if (wanted.current !== undefined)
      boxes()
        .find(({ value }) => value === wanted.current)
        ?.focus()
    wanted.current = undefined
  })

  function onKeyDown(event: KeyboardEvent<HTMLUListElement>): void {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    if (by === undefined || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    event.stopPropagation()
    const { value } = event.target
    if (event.altKey) {
      wanted.current = value
      onChange(movedColumn(all, value, by, fixed))
    } else boxes()[boxes().indexOf(event.target) + by]?.focus()
  }

  return (
    <ul ref={list} className="vt-chooser" onKeyDown={onKeyDown}>
      {all.map(({ key, isShown }) => (
        <li key={key}>
          <label>
            <input
              type="checkbox"
              value={key}
              checked={isShown}
              disabled={fixed.has(key)}
              onChange={() => onChange(all.map((one) => (one.key === key ? { key, isShown: !isShown } : one)))}
            />
            <span className="ui-spring">{columns.find((column) => column.key === key)?.title}</span>
          </label>
          {!fixed.has(key) && <MoveButtons onMove={(by) => onChange(movedColumn(all, key, by, fixed))} />}
        </li>
      ))}
    </ul>
  )
}

/** For the mouse; the keyboard has Alt+↑/↓ on the box itself. */
function MoveButtons({ onMove }: { onMove(by: -1 | 1): void }) {
  return (
    <>
      <button type="button" tabIndex={-1} title="上移（Alt+↑）" aria-label="上移" onClick={() => onMove(-1)}>
        ↑
      </button>
      <button type="button" tabIndex={-1} title="下移（Alt+↓）" aria-label="下移" onClick={() => onMove(1)}>
        ↓
      </button>
    </>
  )
}
