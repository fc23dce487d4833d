import { DatePicker, type InputRef, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { shiftReaders } from '#shared/contracts/central-api/calls'
import { useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { FilterBox } from '../../ui/filter-box'
import { PaneHeader } from '../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { VirtualTable } from '../../ui/virtual-table/virtual-table'
import { callColumns, centreColumns } from './call-columns'
import { CallDetail } from './call-detail'
import { type CallFilter, everyCall, isNarrowed } from './call-filter'
import { dialReason, isLost } from './call-words'
import { Hold } from './hold'
import { MissedList } from './missed-list'
import { Playback } from './playback'
import { type CallPages, type CallScope, type ListedCall, useCallPages } from './use-call-pages'
import { useDial } from './use-dial'
import './call-log.css'

/** The calls of this seat 通话记录: on top those to be given back, below all of them, and one opened beside the list. */
export function CallLogPane() {
  const log = useTopic('callLog.changed')
  const [filter, setFilter] = useState(everyCall)
  const me = useTopic('session.changed')?.agent
  const [scope, setScope] = useState<CallScope>('seat')
  const pages = useCallPages(filter, scope)
  const [open, setOpen] = useState<ListedCall>()
  const root = useRef<HTMLElement>(null)
  const shown = open && (pages.rows.find(({ callId }) => callId === open.callId) ?? open)

  function close(): void {
    setOpen(undefined)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('.calls-list [role="grid"]')?.focus())
  }
  return (
    <section className="ui-pane calls-pane" aria-label="通话记录" ref={root}>
      <PaneHeader title="通话记录" meta={scope === 'seat' ? '本坐席，新的在前' : '全中心，新的在前，号码遮住中间几位'}>
        {me && shiftReaders.some((role) => role === me.role) && (
          <Segmented<CallScope>
            size="small"
            aria-label="谁的通话"
            value={scope}
            options={scopes}
            onChange={(next) => {
              setScope(next)
              setFilter(everyCall)
              setOpen(undefined)
            }}
          />
        )}
      </PaneHeader>
      {log && scope === 'seat' && <MissedList missed={log.missed} />}
      <CallToolbar filter={filter} scope={scope} onFilter={setFilter} />
      {pages.error && <CodedError error={pages.error} onRetry={pages.reload} />}
      <div className="calls-body">
        <CallList key={scope} pages={pages} scope={scope} filter={filter} onOpen={setOpen} />
        {shown && (
          <CallDetail
            key={shown.callId}
            call={shown}
            readOnlyReason={scope === 'seat' && shown.accountNo === me?.accountNo ? null : '小结由接听这通电话的人在自己的坐席补记'}
            onChanged={() => pages.refresh(shown.callId)}
            onClose={close}
            playback={
              <>
                <Playback call={shown} />
                <Hold call={shown} onChanged={pages.reload} />
              </>
            }
          />
        )}
      </div>
    </section>
  )
}

const scopes: { readonly value: CallScope; readonly label: string }[] = [
  { value: 'seat', label: '本坐席' },
  { value: 'centre', label: '全中心' },
]

const kinds = [
  { value: 'all', label: '全部' },
  { value: 'missed', label: '未接' },
  { value: 'incoming', label: '来电' },
  { value: 'outgoing', label: '去电' },
] as const
/** The centre knows which recordings are held. */
const centreKinds = [...kinds, { value: 'held', label: '保全' }] as const

interface ToolbarProps {
  readonly filter: CallFilter
  readonly scope: CallScope
  onFilter(filter: CallFilter): void
}

function CallToolbar({ filter, scope, onFilter }: ToolbarProps) {
  const box = useRef<InputRef>(null)
  return (
    <div className="ui-toolbar" data-calls-filter>
      <FilterBox
        value={filter.text}
        onChange={(text) => onFilter({ ...filter, text })}
        placeholder={scope === 'seat' ? '筛选号码' : '接听人工号'}
        inputRef={box}
      />
      <Segmented<CallFilter['which']>
        size="small"
        aria-label="种类"
        value={filter.which}
        onChange={(which) => onFilter({ ...filter, which })}
        options={scope === 'centre' ? [...centreKinds] : [...kinds]}
      />
      <DatePicker
        size="small"
        aria-label="日期"
        placeholder="哪一天"
        value={filter.day === null ? null : dayjs(filter.day)}
        onChange={(day) => onFilter({ ...filter, day: day ? day.format('YYYY-MM-DD') : null })}
      />
      <span className="ui-spring" />
      {isNarrowed(filter) && (
        <ActionButton size="small" onClick={() => onFilter(everyCall)}>
          清除筛选
        </ActionButton>
      )}
    </div>
  )
}

const rowKey = (call: CallRecord) => call.callId

interface ListProps {
  readonly pages: CallPages
  readonly scope: CallScope
  readonly filter: CallFilter
  onOpen(call: ListedCall): void
}

function CallList({ pages, scope, filter, onOpen }: ListProps) {
  const [currentKey, setCurrentKey] = useState<string>()
  const telephone = useTopic('telephone.changed')
  const dial = useDial()
  const box = useRef<HTMLDivElement>(null)
  const toFilter = useRef({
    focus: () => box.current?.closest('.calls-pane')?.querySelector<HTMLElement>('[data-calls-filter] input')?.focus(),
  })
  const { rows } = pages
  // The last line is near: the next page is on its way before anybody waits for it.
  const isNearEnd = currentKey !== undefined && rows.slice(-10).some(({ callId }) => callId === currentKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks once when the cursor comes near, not with every render.
  useEffect(() => {
    if (isNearEnd) pages.more()
  }, [isNearEnd, rows.length])
  if (pages.isLoading && rows.length === 0) return <LoadingState what="通话记录" />
  return (
    <div className="calls-list" ref={box}>
      <VirtualTable<ListedCall>
        label="通话记录"
        columns={scope === 'seat' ? callColumns : centreColumns}
        rows={rows}
        rowKey={rowKey}
        currentKey={currentKey}
        onCurrent={setCurrentKey}
        onOpen={onOpen}
        onRowKey={(key, call) => {
          if (key !== 'b') return false
          if (scope === 'seat' && call.number !== null && dialReason(telephone, call.number) === null) void dial(call.number, call.caseNo)
          return true
        }}
        hints={[['B', '回拨']]}
        filterRef={toFilter}
        isDimmed={pages.isLoading}
        rowClass={(call) => (isLost(call) ? 'calls-unanswered' : undefined)}
        empty={
          isNarrowed(filter) ? (
            <EmptyState text="没有符合筛选的通话。" keys="/" action="改筛选，Esc 清空" />
          ) : (
            <EmptyState text="这个坐席还没有通话。" keys="F2" action="应答来电，记录自动留在这里" />
          )
        }
        {...(pages.hasMore && {
          endNote: (
            <button type="button" className="ui-link" onClick={pages.more}>
              {pages.isLoading ? '正在读取更早的…' : `已读 ${rows.length} 条，读更早的`}
            </button>
          ),
        })}
      />
    </div>
  )
}
