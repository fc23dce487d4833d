import { DatePicker, type InputRef, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { useTopic } from '../../bridge/react'
import { ActionButton } from '../../ui/action-button'
import { FilterBox } from '../../ui/filter-box'
import { PaneHeader } from '../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { VirtualTable } from '../../ui/virtual-table/virtual-table'
import { callColumns } from './call-columns'
import { CallDetail } from './call-detail'
import { type CallFilter, everyCall, isNarrowed } from './call-filter'
import { dialReason, isLost } from './call-words'
import { MissedList } from './missed-list'
import { type CallPages, useCallPages } from './use-call-pages'
import { useDial } from './use-dial'
import './call-log.css'

/** The calls of this seat 通话记录: on top those to be given back, below all of them, and one opened beside the list. */
export function CallLogPane() {
  const log = useTopic('callLog.changed')
  const [filter, setFilter] = useState(everyCall)
  const pages = useCallPages(filter)
  const [open, setOpen] = useState<CallRecord>()
  const root = useRef<HTMLElement>(null)
  const shown = open && (pages.rows.find(({ callId }) => callId === open.callId) ?? open)

  function close(): void {
    setOpen(undefined)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>('.calls-list [role="grid"]')?.focus())
  }
  return (
    <section className="ui-pane calls-pane" aria-label="通话记录" ref={root}>
      <PaneHeader title="通话记录" meta="本坐席，新的在前" />
      {log && <MissedList missed={log.missed} />}
      <CallToolbar filter={filter} onFilter={setFilter} />
      {pages.error && <CodedError error={pages.error} onRetry={pages.reload} />}
      <div className="calls-body">
        <CallList pages={pages} filter={filter} onOpen={setOpen} />
        {shown && (
          <CallDetail key={shown.callId} call={shown} readOnlyReason={null} onChanged={() => pages.refresh(shown.callId)} onClose={close} />
        )}
      </div>
    </section>
  )
}

const kinds = [
  { value: 'all', label: '全部' },
  { value: 'missed', label: '未接' },
  { value: 'incoming', label: '来电' },
  { value: 'outgoing', label: '去电' },
] as const

function CallToolbar({ filter, onFilter }: { readonly filter: CallFilter; onFilter(filter: CallFilter): void }) {
  const box = useRef<InputRef>(null)
  return (
    <div className="ui-toolbar" data-calls-filter>
      <FilterBox value={filter.text} onChange={(text) => onFilter({ ...filter, text })} placeholder="筛选号码" inputRef={box} />
      <Segmented<CallFilter['which']>
        size="small"
        aria-label="种类"
        value={filter.which}
        onChange={(which) => onFilter({ ...filter, which })}
        options={[...kinds]}
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

function CallList({ pages, filter, onOpen }: { readonly pages: CallPages; readonly filter: CallFilter; onOpen(call: CallRecord): void }) {
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
      <VirtualTable<CallRecord>
        label="通话记录"
        columns={callColumns}
        rows={rows}
        rowKey={rowKey}
        currentKey={currentKey}
        onCurrent={setCurrentKey}
        onOpen={onOpen}
        onRowKey={(key, call) => {
          if (key !== 'b') return false
          if (call.number !== null && dialReason(telephone, call.number) === null) void dial(call.number, call.caseNo)
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
