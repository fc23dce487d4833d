import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import type { GridColumn } from '../../ui/data-grid'
import { OpenLink } from '../../ui/open-target'
import { SyncMark } from '../../ui/sync-mark'
import { formatDateTime, formatTime } from '../../ui/time-format'
import { LinksOfEntry } from './entry-links'

/** An entry as lists show it, from this seat's newest or from the centre's years. */
export type LogLine = Pick<
  StateOfTopic<'dutyLog.changed'>['entries'][number],
  | 'entryId'
  | 'kind'
  | 'text'
  | 'authorNo'
  | 'authorName'
  | 'seatNo'
  | 'writtenAt'
  | 'sync'
  | 'reason'
  | 'origin'
  | 'corrects'
  | 'links'
  | 'isSealed'
>

/** Which entries were put right, and by which. */
export function correctedIn(entries: readonly LogLine[]): ReadonlyMap<string, LogLine> {
  return new Map(entries.flatMap((entry) => (entry.corrects ? [[entry.corrects, entry] as const] : [])))
}

export function columnsOfLog(corrected: ReadonlyMap<string, LogLine>): readonly GridColumn<LogLine>[] {
  return [
    { key: 'time', title: '时刻', width: '40px', render: (entry) => <span className="log-quiet">{formatTime(entry.writtenAt)}</span> },
    { key: 'kind', title: '种类', width: '32px', render: (entry) => dutyLogKinds[entry.kind] },
    { key: 'text', title: '内容', width: 'minmax(0,1fr)', render: (entry) => <Words entry={entry} by={corrected.get(entry.entryId)} /> },
    { key: 'author', title: '记录人', width: '64px', align: 'right', render: (entry) => entry.authorName },
    { key: 'seat', title: '坐席', width: '52px', render: (entry) => <span className="log-quiet">坐席 {entry.seatNo}</span> },
    { key: 'sync', title: '送达', width: '76px', render: (entry) => <SyncMark sync={entry.sync} /> },
  ]
}

function Words({ entry, by }: { readonly entry: LogLine; readonly by: LogLine | undefined }) {
  return (
    <span className="ui-wrap log-text">
      {entry.origin === 'automatic' && <span className="log-tag">自动</span>}
      {entry.corrects && <span className="log-tag">更正</span>}
      <span className={by ? 'log-corrected' : undefined}>{entry.text}</span>
      {by && <span className="log-refused">{`已更正，见 ${formatDateTime(by.writtenAt)} ${by.authorName}`}</span>}
      <LinksOfEntry links={entry.links} />
      {entry.sync === 'parked' && (
        <span className="log-refused">
          {entry.reason ?? '中心没有接受这条日志。'} <OpenLink target="outbox">到待发送处理</OpenLink>
        </span>
      )}
    </span>
  )
}
