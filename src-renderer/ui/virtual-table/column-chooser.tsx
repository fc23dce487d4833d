import { Button } from 'antd'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { ToolPopover } from '../tool-popover'
import { type ColumnChoice, completeChoice, movedColumn, sizedColumn, widthOf } from './column-choice'
import type { TableColumn } from './table-types'
import './virtual-table.css'

export interface ColumnChooserProps<R> {
  /** All columns there are, in the order of the product. */
  readonly columns: readonly TableColumn<R>[]
  readonly choice: readonly ColumnChoice[]
  onChange(choice: readonly ColumnChoice[]): void
  /** Back to the columns of the product. */
  onReset?(): void
}

const widthStep = 16

/**
 * The button 列: tick what is shown, Alt+↑/↓ (or the arrows at the right) changes the order, Alt+←/→ the width (the mouse draws it at the edge of the
 * title). Sticky columns stay first and shown.
 */
export function ColumnChooser<R>(props: ColumnChooserProps<R>) {
  return (
    <ToolPopover label="列" title="显示的列">
      {() => <ColumnList {...props} />}
    </ToolPopover>
  )
}

function ColumnList<R>({ columns, choice, onChange, onReset }: ColumnChooserProps<R>) {
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRef<string | undefined>(undefined)
  const all = completeChoice(columns, choice)
  const fixed = new Set(columns.filter(({ isSticky }) => isSticky).map(({ key }) => key))
  const shownWidth = (key: string) => {
    const column = columns.find((each) => each.key === key)
    return all.find((one) => one.key === key)?.width ?? (column ? widthOf(column) : 0)
  }
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
    if (!(event.target instanceof HTMLInputElement)) return
    const { value } = event.target
    const wider = event.key === 'ArrowLeft' ? -widthStep : event.key === 'ArrowRight' ? widthStep : undefined
    if (event.altKey && wider !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      onChange(sizedColumn(columns, choice, value, shownWidth(value) + wider))
    }
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (event.altKey) {
      wanted.current = value
      onChange(movedColumn(all, value, by, fixed))
    } else boxes()[boxes().indexOf(event.target) + by]?.focus()
  }

  return (
    <>
      <ul ref={list} className="vt-chooser" onKeyDown={onKeyDown}>
        {all.map(({ key, isShown, width }) => (
          <li key={key}>
            <label>
              <input
                type="checkbox"
                value={key}
                checked={isShown}
                disabled={fixed.has(key)}
                onChange={() => onChange(all.map((one) => (one.key === key ? { ...one, isShown: !isShown } : one)))}
              />
              <span className="ui-spring">{columns.find((column) => column.key === key)?.title}</span>
              {width !== undefined && <span className="vt-chooser-width">{`宽 ${width}`}</span>}
            </label>
            {!fixed.has(key) && <MoveButtons onMove={(by) => onChange(movedColumn(all, key, by, fixed))} />}
          </li>
        ))}
      </ul>
      <p className="vt-chooser-foot">
        Alt+↑↓ 换位置，Alt+←→ 宽窄
        {onReset && (
          <Button size="small" onClick={onReset}>
            恢复原样
          </Button>
        )}
      </p>
    </>
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
