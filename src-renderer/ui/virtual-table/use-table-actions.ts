import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { intentOf, type TableIntent } from './table-keys'
import type { Lines } from './table-lines'
import { extended, type Pivot, shareOf, toggled, withAll } from './table-selection'
import type { VirtualTableProps } from './table-types'
import { lineHeight } from './table-window'
import type { LineView } from './use-line-window'

const nothing: ReadonlySet<string> = new Set()
const sidewaysPx = 120

export interface TableActions {
  onKeyDown(event: KeyboardEvent<HTMLDivElement>): void
  onClick(event: MouseEvent<HTMLDivElement>): void
  onDoubleClick(event: MouseEvent<HTMLDivElement>): void
  toggleAll(): void
  showNew(): void
}

/** Turns keys and clicks into what the owner of the table is told. `at` is the current line, -1 when there is none or its row has left. */
export function useTableActions<R>(
  props: VirtualTableProps<R>,
  lines: Lines<R>,
  at: number,
  view: LineView,
  toggleHints: () => void,
): TableActions {
  const { rows, rowKey, selection, onCurrent } = props
  const pivot = useRef<Pivot | undefined>(undefined)
  const lastAt = useRef(-1)
  if (at >= 0) lastAt.current = at
  const isAllowed = (row: R) => !props.isDisabledRow?.(row)
  const current = lines.at(at)

  function makeCurrent(index: number, isExtending = false): void {
    const line = lines.at(index)
    if (line === undefined) return
    if (isExtending && selection) {
      pivot.current ??= { key: current?.key ?? line.key, base: selection.selected }
      selection.onChange(extended(lines, pivot.current, index, isAllowed))
    } else if (!isExtending) pivot.current = undefined
    lastAt.current = index
    onCurrent(line.key, line.kind === 'row' ? line.row : undefined)
    view.show(index)
  }

  function toggle(index: number): void {
    const line = lines.at(index)
    if (!selection || line?.kind !== 'row' || !isAllowed(line.row)) return
    selection.onChange(toggled(selection.selected, line.key))
  }

  function toggleGroup(index: number, isCollapsed: boolean): void {
    const line = lines.at(index)
    if (line?.kind !== 'group' || line.isCollapsed === isCollapsed) return
    const next = new Set(props.collapsed)
    if (isCollapsed) next.add(line.group)
    else next.delete(line.group)
    props.onCollapsed?.(next)
  }

  function sideways(direction: -1 | 1): void {
    view.scroller.current?.scrollBy({ left: direction * sidewaysPx })
  }

  function showNew(): void {
    if ((props.pendingNew ?? 0) === 0) return
    view.startNextFromTop()
    props.onShowNew?.()
  }

  const does: Record<Exclude<TableIntent['kind'], 'move'>, () => boolean> = {
    first() {
      makeCurrent(0)
      showNew()
      return true
    },
    open() {
      if (current?.kind === 'group') toggleGroup(at, !current.isCollapsed)
      else if (current && props.onOpen) props.onOpen(current.row)
      else return false
      return true
    },
    toggle() {
      if (!selection) return false
      toggle(at)
      makeCurrent(Math.min(lines.count - 1, at + 1))
      return true
    },
    selectAll() {
      selection?.onChange(withAll(selection.selected, rows, rowKey, isAllowed))
      return selection !== undefined
    },
    clear() {
      if (!selection || selection.selected.size === 0) return false
      pivot.current = undefined
      selection.onChange(nothing)
      return true
    },
    filter() {
      props.filterRef?.current?.focus()
      return props.filterRef !== undefined
    },
    hints() {
      toggleHints()
      return true
    },
    collapse() {
      const heading = lines.headingOf(at)
      if (heading < 0 || !props.onCollapsed) sideways(-1)
      else {
        toggleGroup(heading, true)
        makeCurrent(heading)
      }
      return true
    },
    expand() {
      if (current?.kind === 'group') toggleGroup(at, false)
      else sideways(1)
      return true
    },
  }

  /** When the current row has left, the row that took its place is the next one down, and the one above it the next one up. */
  function from(key: string): number {
    if (at >= 0 || lastAt.current < 0) return at
    return key === 'ArrowDown' || key === 'PageDown' ? lastAt.current - 1 : lastAt.current
  }

  function takes(event: KeyboardEvent<HTMLDivElement>): boolean {
    const page = Math.max(1, Math.floor(view.place().viewHeight / lineHeight) - 1)
    const intent = intentOf(event, from(event.key), lines.count, page)
    if (intent?.kind === 'move') {
      makeCurrent(intent.to, intent.isExtending)
      return true
    }
    if (intent && does[intent.kind]()) return true
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey
    return isPlain && current?.kind === 'row' && (props.onRowKey?.(letter(event.key), current.row) ?? false)
  }

  return {
    onKeyDown(event) {
      // Keys typed into a filter or pressed on a title are theirs.
      if (event.target !== event.currentTarget || !takes(event)) return
      event.preventDefault()
      event.stopPropagation()
    },
    onClick(event) {
      const index = lineOf(event)
      if (index === undefined) return
      const line = lines.at(index)
      const isBox = event.target instanceof Element && event.target.closest('.vt-box') !== null
      if (line?.kind === 'group') toggleGroup(index, !line.isCollapsed)
      if (isBox && !event.shiftKey) toggle(index)
      makeCurrent(index, event.shiftKey)
    },
    onDoubleClick(event) {
      const line = lines.at(lineOf(event) ?? -1)
      const isBox = event.target instanceof Element && event.target.closest('.vt-box') !== null
      if (line?.kind === 'row' && !isBox) props.onOpen?.(line.row)
    },
    toggleAll() {
      if (!selection) return
      const isAll = shareOf(selection.selected, rows, rowKey, isAllowed) === 'all'
      selection.onChange(isAll ? nothing : withAll(selection.selected, rows, rowKey, isAllowed))
    },
    showNew,
  }
}

function letter(key: string): string {
  return key.length === 1 ? key.toLowerCase() : key
}

function lineOf(event: MouseEvent): number | undefined {
  const line = event.target instanceof Element ? event.target.closest('[data-line]') : null
  return line ? Number(line.getAttribute('data-line')) : undefined
}
