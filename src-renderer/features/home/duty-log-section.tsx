import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Kbd } from '../../ui/kbd'
import { OpenLink, useOpenTarget } from '../../ui/open-target'
import { SectionTitle } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { EmptyState, LoadingState } from '../../ui/states'
import { SyncMark } from '../../ui/sync-mark'
import { formatDate, formatMoment } from '../../ui/time-format'

type Entry = StateOfTopic<'dutyLog.changed'>['entries'][number]

/** A dozen fill the smallest screen, thirty the tallest; the rest is one key away in the log itself. */
const shownEntries = 30

export function DutyLogSection() {
  const log = useTopic('dutyLog.changed')
  const role = useTopic('session.changed')?.agent?.role
  const now = useNow(60_000)
  const fresh = useFreshness(log?.readAt)
  const open = useOpenTarget()
  const mayWrite = mayCall('dutyLog.append', role)
  const shown = log?.entries.slice(0, shownEntries) ?? []
  const timeWidth = shown.every((entry) => formatDate(entry.writtenAt) === formatDate(now)) ? '36px' : '72px'
  const columns: readonly GridColumn<Entry>[] = [
    {
      key: 'at',
      title: '时刻',
      width: timeWidth,
      render: (entry) => <span className="home-quiet">{formatMoment(entry.writtenAt, now)}</span>,
    },
    { key: 'kind', title: '种类', width: '28px', render: (entry) => dutyLogKinds[entry.kind] },
    { key: 'text', title: '内容', width: 'minmax(0,1fr)', render: (entry) => <span className="home-two-lines">{entry.text}</span> },
    {
      key: 'author',
      title: '记录人',
      width: '40px',
      align: 'right',
      render: (entry) => <span className="home-quiet">{entry.authorName}</span>,
    },
    { key: 'sync', title: '送达', width: '72px', render: (entry) => <SyncMark sync={entry.sync} /> },
  ]
  return (
    <section className="home-section home-fill" aria-label="最近工作日志">
      <SectionTitle title="最近工作日志">
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
        {mayWrite && (
          <span className="ui-meta">
            <OpenLink target="quickEntry">记一条</OpenLink>
            <Kbd>Ctrl+J</Kbd>
          </span>
        )}
        <span className="ui-meta">
          <OpenLink target="dutyLog">全部</OpenLink>
        </span>
      </SectionTitle>
      {log === undefined ? (
        <LoadingState what="工作日志" />
      ) : (
        <DataGrid
          label="最近工作日志"
          hasHead={false}
          rows={shown}
          rowKey={(entry) => entry.entryId}
          columns={columns}
          onOpen={() => open?.('dutyLog')}
          empty={mayWrite ? <EmptyState text="还没有工作日志。" keys="Ctrl+J" action="记第一条" /> : <EmptyState text="还没有工作日志。" />}
        />
      )}
    </section>
  )
}
