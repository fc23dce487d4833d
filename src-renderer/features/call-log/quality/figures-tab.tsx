import { useEffect } from 'react'
import type { AgentQuality } from '#shared/domain/quality/figures'
import { figuresCsv, shareWords } from '#shared/domain/quality/figures'
import { useTopic } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'

/** 质检 per agent for a month, and the same as a file. */
export function FiguresTab({ month, onListKey }: { readonly month: string; onListKey(key: string): boolean }) {
  const read = useQuery('quality.total', { month })
  const changedAt = useTopic('quality.changed')?.changedAt
  const { reload } = read
  // biome-ignore lint/correctness/useExhaustiveDependencies: asks again when the centre has news.
  useEffect(() => {
    if (changedAt) reload()
  }, [changedAt])
  const rows = read.value?.items ?? []
  function save(): void {
    saveBlob(new Blob([figuresCsv(month, rows)], { type: 'text/csv' }), `${month} 质检.csv`)
  }
  const sum = (of: (row: AgentQuality) => number) => rows.reduce((total, row) => total + of(row), 0)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+E exports from wherever the focus is inside.
    <div
      className="qa-figures"
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'e' || !event.ctrlKey || rows.length === 0) return
        event.preventDefault()
        event.stopPropagation()
        save()
      }}
    >
      <div className="ui-toolbar">
        <span className="ui-meta">
          {`${rows.length} 人，已评 ${sum(({ scored }) => scored)} 通；音质剔除 ${sum(({ excluded }) => excluded)} 通不计入平均分。满意含基本满意，未评价的不算。`}
        </span>
        <span className="ui-spring" />
        <ActionButton size="small" keys="Ctrl+E" reason={rows.length === 0 ? '没有可导出的' : null} onClick={save}>
          导出 CSV
        </ActionButton>
      </div>
      {read.error && <CodedError error={read.error} onRetry={reload} />}
      {!read.value && !read.error && <LoadingState what="质检数字" />}
      {read.value && (
        <DataGrid<AgentQuality>
          label="质检数字"
          autoFocus
          rows={rows}
          rowKey={({ agentNo }) => agentNo}
          columns={columns}
          wantedKey={rows[0]?.agentNo}
          onRowKey={(key) => onListKey(key)}
          isDimmed={read.isLoading}
          empty={<EmptyState text="这个月没有接通的市民来电或回访。" />}
        />
      )}
    </div>
  )
}

const number = (key: string, title: string, of: (row: AgentQuality) => string | number): GridColumn<AgentQuality> => ({
  ...{ key, title, width: '76px', align: 'right' },
  render: (row) => <span className="qa-number">{of(row)}</span>,
})

const columns: readonly GridColumn<AgentQuality>[] = [
  { key: 'agent', title: '坐席', width: 'minmax(120px, 1fr)', render: ({ agentName, agentNo }) => `${agentName} ${agentNo}` },
  number('calls', '接通', ({ calls }) => calls),
  number('drawn', '抽中', ({ drawn }) => drawn),
  number('scored', '已评', ({ scored }) => scored),
  {
    ...{ key: 'mean', title: '平均分', width: '76px', align: 'right' },
    render: ({ mean }) => <b className="qa-number">{mean === null ? '—' : mean.toFixed(2)}</b>,
  },
  number('passed', '合格', ({ passed }) => passed),
  number('vetoed', '一票否决', ({ vetoed }) => vetoed),
  number('excluded', '音质剔除', ({ excluded }) => excluded),
  number('appeals', '申诉', ({ appeals }) => appeals),
  number('rated', '评价数', ({ rated }) => rated),
  number('satisfied', '满意率', ({ satisfied, rated }) => shareWords(satisfied, rated)),
]
