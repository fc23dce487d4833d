import { Button, Input, type InputRef, Select } from 'antd'
import { memo, type RefObject } from 'react'
import type { EpochMs } from '#shared/base/clock'
import type { QueueId } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { mayCall } from '../../../bridge/permissions'
import { useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { Kbd } from '../../../ui/kbd'
import { useOpenTarget } from '../../../ui/open-target'
import { StaleMark } from '../../../ui/stale-mark'
import { ColumnChooser } from '../../../ui/virtual-table/column-chooser'
import type { TableColumn } from '../../../ui/virtual-table/table-types'
import type { ColumnKey } from './columns'
import { type Grouping, groupings } from './grouping'
import { QueueTabs } from './queue-tabs'
import type { QueueViewSettings } from './queue-view'
import { SavedViews, type useSavedViews } from './saved-views'

export interface BoardHeaderProps {
  readonly queues: readonly QueueId[]
  readonly queue: QueueId
  onQueue(queue: QueueId): void
  /** Words of the case search; undefined while a queue is shown. */
  readonly search: string | undefined
  readonly searchRef: RefObject<InputRef | null>
  onSearch(words: string | undefined): void
  toTable(): void
  /** When the rows were last true; undefined while they are live, null when that is not known. */
  readonly staleAsOf: EpochMs | null | undefined
  readonly view: QueueViewSettings
  onView(view: QueueViewSettings): void
  readonly columns: readonly (TableColumn<CaseRow> & { readonly key: ColumnKey })[]
  onResetColumns(): void
  readonly views: ReturnType<typeof useSavedViews>
  /** Why nothing can be saved now; null when it can. */
  readonly reason: string | null
  /** By its place among the saved views. */
  onRecall(place: number): void
  onExport(): void
  onOpenSearch(): void
}

/** The head of the worklists: queues or the search, and how the table is looked at. It knows no rows, so a changed row does not draw it. */
export const BoardHeader = memo(function BoardHeader(props: BoardHeaderProps) {
  const { queues, queue, search, view, onView, views, columns } = props
  return (
    <header className="ui-pane-header cases-top">
      {search === undefined ? (
        <TabsOf queues={queues} queue={queue} onChoose={props.onQueue} />
      ) : (
        <SearchBox value={search} inputRef={props.searchRef} onChange={props.onSearch} onLeave={props.toTable} />
      )}
      <span className="ui-spring" />
      {props.staleAsOf !== undefined && <Stale asOf={props.staleAsOf} />}
      <span className="cases-tools">
        <Select<Grouping>
          size="small"
          variant="borderless"
          aria-label="分组"
          popupMatchSelectWidth={false}
          value={view.grouping}
          options={(Object.keys(groupings) as Grouping[]).map((value) => ({ value, label: groupings[value] }))}
          onChange={(grouping) => onView({ ...view, grouping })}
        />
        <SavedViews
          query={views}
          queue={queue}
          settings={view}
          reason={props.reason}
          onRecall={(kept) => props.onRecall(views.value?.items.findIndex((each) => each.viewId === kept.viewId) ?? -1)}
        />
        <ColumnChooser
          columns={columns}
          choice={view.choice}
          onChange={(choice) => onView({ ...view, choice })}
          onReset={props.onResetColumns}
        />
        <RegisterButton />
        <ActionButton
          type="text"
          size="small"
          title="导出（Ctrl+E）"
          reason={search === undefined ? null : '搜到的案卷不导出，先回队列'}
          onClick={props.onExport}
        >
          导出
        </ActionButton>
        <Button type="text" size="small" onClick={props.onOpenSearch}>
          搜索 <Kbd>Ctrl+F</Kbd>
        </Button>
      </span>
    </header>
  )
})

/** Whatever came in another way than by a queue is registered from here. */
function RegisterButton() {
  const role = useTopic('session.changed')?.agent?.role
  const open = useOpenTarget()
  if (!open || role === undefined || !mayCall('cases.register', role)) return null
  return (
    <Button type="text" size="small" onClick={() => open('registration')}>
      登记 <Kbd>Alt+1</Kbd>
    </Button>
  )
}

function Stale({ asOf }: { readonly asOf: EpochMs | null }) {
  return <StaleMark asOf={asOf} now={useNow(60_000)} />
}

function TabsOf({
  queues,
  queue,
  onChoose,
}: {
  readonly queues: readonly QueueId[]
  readonly queue: QueueId
  onChoose(queue: QueueId): void
}) {
  return <QueueTabs queues={queues} counts={useTopic('queues.changed')?.queues} active={queue} onChoose={onChoose} />
}

function SearchBox(given: {
  readonly value: string
  readonly inputRef: RefObject<InputRef | null>
  onChange(words: string | undefined): void
  onLeave(): void
}) {
  const { value, inputRef, onChange, onLeave } = given
  return (
    <>
      <Button type="text" size="small" onClick={() => onChange(undefined)}>
        ‹ 队列
      </Button>
      <Input
        ref={inputRef}
        className="cases-search"
        size="small"
        aria-label="搜案卷"
        placeholder="案卷号、位置、描述、网格"
        value={value}
        maxLength={100}
        allowClear
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') onChange(undefined)
          if (event.key !== 'Escape' && event.key !== 'ArrowDown' && event.key !== 'Enter') return
          event.preventDefault()
          event.stopPropagation()
          onLeave()
        }}
      />
    </>
  )
}
