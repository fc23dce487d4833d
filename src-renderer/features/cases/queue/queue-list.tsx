import type { InputRef } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { CaseRow } from '#shared/domain/case/row'
import { chosenColumns, sizedColumn } from '../../../ui/virtual-table/column-choice'
import type { Selection } from '../../../ui/virtual-table/table-selection'
import { VirtualTable } from '../../../ui/virtual-table/virtual-table'
import type { CaseSettings } from '../use-case-settings'
import { columnsOf } from './columns'
import { filterControls } from './filter-controls'
import type { QueueViewSettings } from './queue-view'
import type { useShownRows } from './use-shown-rows'

export interface QueueListProps {
  readonly label: string
  readonly settings: CaseSettings
  readonly shown: ReturnType<typeof useShownRows>
  readonly view: QueueViewSettings
  onView(view: QueueViewSettings): void
  readonly currentKey: string | undefined
  onCurrent(key: string, row: CaseRow | undefined): void
  onOpen(row: CaseRow): void
  readonly selected: Selection
  onSelected(selected: Selection): void
  readonly pendingNew: number
  onShowNew(): void
  readonly isDimmed: boolean
  readonly empty: ReactNode
  readonly endNote?: ReactNode
}

const rowKey = (row: CaseRow) => row.caseId
const nothingCollapsed: ReadonlySet<string> = new Set()

/** The table of a queue or of what a search found: columns of the view, filters in its head, hints for its keys. */
export function QueueList(props: QueueListProps) {
  const { settings, shown, view, onView } = props
  const addressRef = useRef<InputRef>(null)
  const root = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The pane was asked for by key before its rows were here: the keyboard waits on the pane's frame, or nowhere.
    const active = document.activeElement
    const grid = root.current?.querySelector<HTMLElement>('[role="grid"]')
    if (grid && (active === document.body || active?.matches('[data-pane]'))) grid.focus({ preventScroll: true })
  }, [])
  const [collapsed, setCollapsed] = useState(nothingCollapsed)
  const all = useMemo(() => columnsOf(settings), [settings])
  const columns = useMemo(() => chosenColumns(all, view.choice), [all, view.choice])
  const { counts } = shown
  const filters = useMemo(
    () =>
      filterControls({
        ...{ fields: view.fields, counts, settings, addressRef },
        onChange: (fields) => onView({ ...view, fields }),
        onLeave: () => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(),
      }),
    [view, counts, settings, onView],
  )
  return (
    <div className="cases-table" ref={root}>
      <VirtualTable<CaseRow>
        label={props.label}
        columns={columns}
        filters={filters}
        rows={shown.shown}
        rowKey={rowKey}
        currentKey={props.currentKey}
        onCurrent={props.onCurrent}
        onOpen={props.onOpen}
        selection={{ selected: props.selected, onChange: props.onSelected }}
        sort={view.sort}
        onSort={(sort) => onView({ ...view, sort })}
        onColumnWidth={(key, width) => onView({ ...view, choice: sizedColumn(all, view.choice, key, width) })}
        {...(shown.groupOf && { groupOf: shown.groupOf })}
        collapsed={collapsed}
        onCollapsed={setCollapsed}
        pendingNew={props.pendingNew}
        onShowNew={props.onShowNew}
        filterRef={addressRef}
        isDimmed={props.isDimmed}
        empty={props.empty}
        hints={listHints}
        {...(props.endNote !== undefined && { endNote: props.endNote })}
      />
    </div>
  )
}

const listHints: readonly (readonly [string, string])[] = [
  ['F9 F10 F11', '办理所选（没有选则当前一条）'],
  ['Ctrl+U', '催办'],
  ['Ctrl+Z', '撤销刚办的一步'],
  ['[ ]', '换队列'],
  ['P', '预览'],
  ['Ctrl+1…9', '我的视图'],
  ['Ctrl+E', '导出'],
  ['Ctrl+F', '搜案卷'],
]
