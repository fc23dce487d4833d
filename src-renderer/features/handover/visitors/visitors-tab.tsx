import { App, Input, InputNumber, type InputRef } from 'antd'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { arrivalText, departureText, type Visit, type VisitRow, visitsOf } from '#shared/domain/shift/visit'
import { mayCall } from '../../../bridge/permissions'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp } from '../../../ui/lamp'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState } from '../../../ui/states'
import { formatDay, formatTime } from '../../../ui/time-format'

interface Entry {
  readonly entryId: string
  readonly text: string
  readonly writtenAt: number
  readonly authorName: string
}
type Row = VisitRow<Entry>

const none: Visit = { name: '', from: '', count: 1, purpose: '', host: '', consentBy: '' }

/** The register of people from outside. It writes into the sealed log and reads from it, also without the centre; years are in the log's own search. */
export function VisitorsTab() {
  const now = useNow(60_000)
  const { isLive, asOf } = useFreshness()
  const { call } = useBridge()
  const { message } = App.useApp()
  const role = useTopic('session.changed')?.agent?.role
  const recent = useTopic('dutyLog.changed')?.entries
  const older = useQuery('dutyLog.search', isLive ? { kind: 'visitor', limit: 200 } : undefined)
  const [error, setError] = useState<AppError>()
  const rows = useMemo(() => {
    const entries = new Map<string, Entry>()
    for (const entry of [...(older.value?.items ?? []), ...(recent ?? [])]) if (entry.kind === 'visitor') entries.set(entry.entryId, entry)
    return visitsOf([...entries.values()], formatTime)
  }, [recent, older.value])
  const here = rows.filter(({ left }) => left === null)
  const reason = mayCall('dutyLog.append', role) ? null : '您的岗位不写工作日志，只能查看。'

  async function write(text: string, words: string): Promise<boolean> {
    const answer = await call('dutyLog.append', { kind: 'visitor', text })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) void message.success(words)
    return answer.ok
  }
  const leave = (row: Row) => write(departureText(row.visit, formatTime(row.entry.writtenAt)), `${row.visit.name}已登记离开。`)
  return (
    <section className="ui-pane visitors" aria-label="来访">
      <PaneHeader title="来访登记" meta={`在厅 ${here.reduce((sum, { visit }) => sum + visit.count, 0)} 人`}>
        {!isLive && <StaleMark asOf={asOf} now={now} />}
      </PaneHeader>
      <VisitForm reason={reason} onWrite={(visit) => write(arrivalText(visit), '来访已登记，记入工作日志。')} />
      {error && <CodedError error={error} />}
      {older.error && <CodedError error={older.error} onRetry={older.reload} />}
      <DataGrid
        label="来访登记"
        columns={columnsFor(reason, (row) => void leave(row))}
        rows={rows}
        rowKey={({ entry }) => entry.entryId}
        groupOf={({ entry }) => formatDay(entry.writtenAt, now)}
        hints={[['L', '登记离开']]}
        onRowKey={(key, row) => {
          if (key !== 'l' || row.left !== null || reason !== null) return false
          void leave(row)
          return true
        }}
        empty={<EmptyState text="还没有来访登记。外来人员未经批准不得进入大厅；进来的在上面登记。" />}
      />
    </section>
  )
}

function VisitForm({ reason, onWrite }: { readonly reason: string | null; onWrite(visit: Visit): Promise<boolean> }) {
  const [visit, setVisit] = useState(none)
  const [isBusy, setBusy] = useState(false)
  const first = useRef<InputRef>(null)
  const missing = reason ?? (visit.name.trim() === '' ? '先写来访人。' : visit.purpose.trim() === '' ? '先写事由。' : null)
  const text = (field: Exclude<keyof Visit, 'count'>, label: string, width: number): ReactNode => (
    <Input
      size="small"
      style={{ width }}
      maxLength={field === 'purpose' ? 100 : 30}
      aria-label={label}
      placeholder={label}
      {...(field === 'name' && { ref: first })}
      value={visit[field]}
      onChange={(event) => setVisit({ ...visit, [field]: event.target.value })}
    />
  )
  async function submit(): Promise<void> {
    if (missing !== null || isBusy) return
    setBusy(true)
    if (await onWrite(visit)) setVisit(none)
    setBusy(false)
    first.current?.focus()
  }
  return (
    <form
      className="visit-form"
      aria-label="登记来访"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {text('name', '来访人', 96)}
      {text('from', '单位', 160)}
      <InputNumber
        size="small"
        className="visit-count"
        min={1}
        max={200}
        precision={0}
        aria-label="人数"
        suffix="人"
        value={visit.count}
        onChange={(count) => setVisit({ ...visit, count: count ?? 1 })}
      />
      {text('purpose', '事由', 280)}
      {text('host', '接待', 96)}
      {text('consentBy', '谁批准', 96)}
      <ActionButton size="small" type="primary" keys="Enter" htmlType="submit" loading={isBusy} reason={missing}>
        登记
      </ActionButton>
    </form>
  )
}

function columnsFor(reason: string | null, onLeave: (row: Row) => void): readonly GridColumn<Row>[] {
  return [
    { key: 'came', title: '来', width: '48px', render: ({ entry }) => formatTime(entry.writtenAt) },
    {
      key: 'left',
      title: '离',
      width: '72px',
      render: ({ left }) =>
        left ? (
          formatTime(left.writtenAt)
        ) : (
          <>
            <Lamp tone="amber" label="" /> 在厅
          </>
        ),
    },
    { key: 'name', title: '来访人', width: '96px', render: ({ visit }) => visit.name },
    { key: 'from', title: '单位', width: '160px', render: ({ visit }) => visit.from },
    { key: 'count', title: '人数', width: '44px', align: 'right', render: ({ visit }) => visit.count },
    { key: 'purpose', title: '事由', width: 'minmax(0,1fr)', render: ({ visit }) => visit.purpose },
    { key: 'host', title: '接待', width: '80px', render: ({ visit }) => visit.host },
    { key: 'consent', title: '批准', width: '80px', render: ({ visit }) => visit.consentBy || <span className="ui-meta">未注明</span> },
    { key: 'author', title: '登记人', width: '72px', render: ({ entry }) => <span className="ui-meta">{entry.authorName}</span> },
    {
      key: 'act',
      title: '',
      width: '76px',
      render: (row) =>
        row.left === null && (
          <ActionButton size="small" type="link" keys="L" reason={reason} onClick={() => onLeave(row)}>
            离开
          </ActionButton>
        ),
    },
  ]
}
