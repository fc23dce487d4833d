import { Input, type InputRef } from 'antd'
import type { RefObject } from 'react'
import { Kbd } from './kbd'
import './ui.css'

/** The filter of a list. `/` in the list comes here; Down or Enter goes back to the list; Esc empties it first and then goes back. */
export function FilterBox({
  value,
  onChange,
  placeholder,
  inputRef,
  onLeave,
}: {
  readonly value: string
  onChange(value: string): void
  readonly placeholder: string
  readonly inputRef: RefObject<InputRef | null>
  onLeave?(): void
}) {
  return (
    <Input
      ref={inputRef}
      className="ui-filter"
      size="small"
      value={value}
      allowClear
      placeholder={placeholder}
      aria-label={placeholder}
      suffix={value === '' ? <Kbd framed>/</Kbd> : undefined}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') onChange('')
        else if (event.key === 'Escape' || event.key === 'ArrowDown' || (event.key === 'Enter' && !event.nativeEvent.isComposing)) {
          if (onLeave) onLeave()
          else focusNextGrid(event.currentTarget)
        } else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

function focusNextGrid(from: HTMLElement): void {
  let around: HTMLElement | null = from
  while (around) {
    const grid = around.querySelector<HTMLElement>('[role="grid"]')
    if (grid) {
      grid.focus()
      return
    }
    around = around.parentElement
  }
}
