import { useTopic } from '../../bridge/react'
import { DataGrid } from '../../ui/data-grid'
import { PaneHeader } from '../../ui/pane-header'
import { EmptyState, LoadingState } from '../../ui/states'

export function ReferencePane(_: { readonly focus?: { readonly kind: string; readonly id: string; readonly code?: string } }) {
  const view = useTopic('reference.changed')
  return (
    <section className="ui-pane" aria-label="基础数据">
      <PaneHeader title="基础数据" />
      {view === undefined ? (
        <LoadingState what="基础数据目录" />
      ) : (
        <DataGrid
          label="基础数据"
          rows={view.entries}
          rowKey={(row) => `${row.kind}/${row.id}`}
          empty={<EmptyState text="本机还没有基础数据，连上中心后自动取得。" />}
          columns={[{ key: 'title', title: '名称', width: 'minmax(0,1fr)', render: (row) => row.title }]}
        />
      )}
    </section>
  )
}
