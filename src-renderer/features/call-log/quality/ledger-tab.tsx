import { Segmented } from 'antd'
import { useState } from 'react'
import { inTimeWords, type LedgerLine, ledgerCsv, ledgerResultIds, ledgerResults, sumOf } from '#shared/domain/case/ledger'
import { callClasses, callClassIds } from '#shared/domain/case/reception'
import { type CaseSource, caseSources } from '#shared/domain/case/states'
import { saveBlob } from '../../../bridge/save-blob'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'

type By = 'source' | 'day'

/** 热线台账 of a month: by source, or day by day, with a line of sums; Ctrl+E takes the days out as a file. */
export function LedgerTab({ month, onListKey }: { readonly month: string; onListKey(key: string): boolean }) {
  const read = useQuery('ledger.read', { month })
  const [by, setBy] = useState<By>('source')
  const lines = read.value?.items ?? []
  const rows = by === 'day' ? lines : bySource(lines)
  const shown = rows.length === 0 ? rows : [...rows, sumOf(lines, null)]
  const save = () => saveBlob(new Blob([ledgerCsv(lines)], { type: 'text/csv' }), `${month} 热线台账.csv`)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+E exports from wherever the focus is inside.
    <div
      className="qa-figures"
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'e' || !event.ctrlKey || lines.length === 0) return
        event.preventDefault()
        event.stopPropagation()
        save()
      }}
    >
      <div className="ui-toolbar">
        <Segmented<By>
          size="small"
          aria-label="怎样列"
          value={by}
          onChange={setBy}
          options={[
            { value: 'source', label: '按来源' },
            { value: 'day', label: '按日' },
          ]}
        />
        <span className="ui-meta">回复按时：有回复期限的，到期前回复送达为按时；过期还没有送达的算超时。</span>
        <span className="ui-spring" />
        <ActionButton size="small" keys="Ctrl+E" reason={lines.length === 0 ? '没有可导出的' : null} onClick={save}>
          导出 CSV
        </ActionButton>
      </div>
      {read.error && <CodedError error={read.error} onRetry={read.reload} />}
      {!read.value && !read.error && <LoadingState what="台账" />}
      {read.value && (
        <DataGrid<LedgerLine>
          label="热线台账"
          autoFocus
          rows={shown}
          rowKey={keyOf}
          columns={columns}
          wantedKey={shown[0] && keyOf(shown[0])}
          onRowKey={(key) => {
            if (key === 'd') setBy(by === 'day' ? 'source' : 'day')
            else return onListKey(key)
            return true
          }}
          rowClass={(line) => (line.source === null ? 'qa-sum' : undefined)}
          isDimmed={read.isLoading}
          hints={[
            ['D', '按来源、按日'],
            [', .', '上一月、下一月'],
          ]}
          empty={<EmptyState text="这个月没有市民来电和外部来源的案卷。" />}
        />
      )}
    </div>
  )
}

const keyOf = ({ day, source }: LedgerLine): string => `${day}/${source}`

function bySource(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const sources = (Object.keys(caseSources) as CaseSource[]).filter((source) => lines.some((line) => line.source === source))
  return sources.map((source) =>
    sumOf(
      lines.filter((line) => line.source === source),
      source,
    ),
  )
}

const count = (key: string, title: string, of: (line: LedgerLine) => number | string): GridColumn<LedgerLine> => ({
  ...{ key, title, width: 'minmax(44px, 64px)', align: 'right' },
  render: (line) => <span className={of(line) === 0 ? 'qa-number calls-quiet' : 'qa-number'}>{of(line)}</span>,
})

const columns: readonly GridColumn<LedgerLine>[] = [
  {
    key: 'name',
    title: '来源',
    width: 'minmax(150px, 1fr)',
    render: ({ day, source }) => `${source === null ? '合计' : caseSources[source].name}${day === null ? '' : `　${day}`}`,
  },
  count('cases', '件数', ({ cases }) => cases),
  ...callClassIds.map((id) => count(id, callClasses[id].name, ({ classes }) => classes[id])),
  ...ledgerResultIds.map((id) => count(id, ledgerResults[id], ({ results }) => results[id])),
  count('inTime', '按时', ({ inTime }) => inTime),
  count('late', '超时', ({ late }) => late),
  count('notDue', '未到期', ({ notDue }) => notDue),
  { ...count('share', '按时率', inTimeWords), width: '76px' },
]
