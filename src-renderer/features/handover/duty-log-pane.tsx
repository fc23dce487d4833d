import { type InputRef, Segmented } from 'antd'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { dutyLogRoutes } from '#shared/contracts/central-api/duty-log'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { type RoleId, roles } from '#shared/domain/account/role'
import { type DutyLogKind, dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid } from '../../ui/data-grid'
import { FilterBox } from '../../ui/filter-box'
import { OpenLink } from '../../ui/open-target'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState, NoPermission } from '../../ui/states'
import { SyncMark, type SyncState } from '../../ui/sync-mark'
import { formatDay } from '../../ui/time-format'
import { Correction } from './correction'
import { DutyLogEntryBox } from './duty-log-entry-box'
import { DutyLogHistory } from './duty-log-history'
import { columnsOfLog, correctedIn, type LogLine } from './log-columns'
import './handover.css'

type Entry = StateOfTopic<'dutyLog.changed'>['entries'][number]
type KindFilter = DutyLogKind | 'all' | 'unsent'

/** The duty log: the entry box on top, below it the newest entries as this seat knows them, its own unsent ones included. */
export function DutyLogPane() {
  const log = useTopic('dutyLog.changed')
  const agent = useTopic('session.changed')?.agent
  const now = useNow(60_000)
  const fresh = useFreshness(log?.readAt)
  const [view, setView] = useState<'recent' | 'history'>('recent')
  const [correcting, setCorrecting] = useState<LogLine>()
  const switcher = (
    <Segmented<'recent' | 'history'>
      size="small"
      aria-label="范围"
      value={view}
      onChange={setView}
      options={[
        { value: 'recent', label: '最近' },
        { value: 'history', label: '查历年' },
      ]}
    />
  )
  const countOf = (sync: SyncState) => log?.entries.filter((entry) => entry.sync === sync).length ?? 0
  return (
    <section className="ui-pane" aria-label="工作日志">
      <PaneHeader title="工作日志" meta={log && `最近 ${log.entries.length} 条，新的在前`}>
        {(['parked', 'waiting'] as const).map(
          (sync) =>
            countOf(sync) > 0 && (
              <OpenLink key={sync} target="outbox">
                <SyncMark sync={sync} /> {countOf(sync)} 条
              </OpenLink>
            ),
        )}
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
      </PaneHeader>
      {correcting ? (
        <Correction key={correcting.entryId} entry={correcting} onClose={() => setCorrecting(undefined)} />
      ) : (
        <DutyLogEntryBox draftKey="dutyLog/new" />
      )}
      {view === 'history' ? (
        <DutyLogHistory switcher={switcher} role={agent?.role} onCorrect={setCorrecting} />
      ) : log === undefined ? (
        <LoadingState what="工作日志" />
      ) : (
        <EntryList entries={log.entries} now={now} role={agent?.role} switcher={switcher} onCorrect={setCorrecting} />
      )}
    </section>
  )
}

const kindOptions: readonly { readonly value: KindFilter; readonly label: string }[] = [
  { value: 'all', label: '全部' },
  ...(Object.entries(dutyLogKinds) as [DutyLogKind, string][]).map(([value, label]) => ({ value, label })),
  { value: 'unsent', label: '未送达' },
]

function EntryList({
  entries,
  now,
  role,
  switcher,
  onCorrect,
}: {
  readonly entries: readonly Entry[]
  readonly now: EpochMs
  readonly role: RoleId | undefined
  readonly switcher: React.ReactNode
  onCorrect(entry: LogLine): void
}) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<KindFilter>('all')
  const wanted = useDeferredValue(text)
  const filterRef = useRef<InputRef>(null)
  const shown = useMemo(() => entries.filter((entry) => fits(entry, kind, wanted)), [entries, kind, wanted])
  const isFiltered = kind !== 'all' || wanted.trim() !== ''
  const mayWrite = mayCall('dutyLog.append', role)
  const corrected = useMemo(() => correctedIn(entries), [entries])
  const columns = useMemo(() => columnsOfLog(corrected), [corrected])
  const mayRead = role !== undefined && dutyLogRoutes['dutyLog.list'].roles.some((each) => each === role)
  if (!mayRead && entries.length === 0) {
    return <NoPermission text={`您的岗位（${role ? roles[role] : '未签入'}）不查看工作日志；需要时请找值班长。`} />
  }
  return (
    <>
      <div className="ui-toolbar">
        {switcher}
        <FilterBox value={text} onChange={setText} placeholder="筛选内容、姓名、坐席" inputRef={filterRef} />
        <Segmented<KindFilter> size="small" aria-label="种类" value={kind} onChange={setKind} options={[...kindOptions]} />
        <span className="ui-spring" />
        {isFiltered && <span className="ui-meta">{`${shown.length} / ${entries.length} 条`}</span>}
      </div>
      <DataGrid
        label="工作日志"
        hasHead={false}
        columns={columns}
        hints={[['R', '更正']]}
        onRowKey={(key, entry) => {
          if (key !== 'r' || !mayWrite || entry.sync !== 'sent') return false
          onCorrect(entry)
          return true
        }}
        rows={shown}
        rowKey={(entry) => entry.entryId}
        groupOf={(entry) => formatDay(entry.writtenAt, now)}
        filterRef={filterRef}
        empty={
          isFiltered ? (
            <EmptyState text="没有符合筛选的日志。" keys="/" action="改筛选，Esc 清空" />
          ) : (
            <EmptyState text="还没有工作日志。" keys="Ctrl+J" action="记第一条" />
          )
        }
      />
    </>
  )
}

function fits(entry: Entry, kind: KindFilter, wanted: string): boolean {
  if (kind === 'unsent' && entry.sync === 'sent') return false
  if (kind !== 'unsent' && kind !== 'all' && entry.kind !== kind) return false
  const needle = wanted.trim().toLowerCase()
  return needle === '' || [entry.text, entry.authorName, entry.authorNo, entry.seatNo].some((field) => field.toLowerCase().includes(needle))
}
