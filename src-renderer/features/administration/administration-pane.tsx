import { useQuery } from '../../bridge/use-query'
import { DataGrid } from '../../ui/data-grid'
import { PaneHeader } from '../../ui/pane-header'
import { CodedError, EmptyState } from '../../ui/states'

export function AdministrationPane() {
  const accounts = useQuery('accounts.list', { limit: 200 })
  return (
    <section className="ui-pane" aria-label="系统管理">
      <PaneHeader title="系统管理" />
      {accounts.error && <CodedError error={accounts.error} onRetry={accounts.reload} />}
      <DataGrid
        label="账号"
        rows={accounts.value?.items ?? []}
        rowKey={(row) => row.accountId}
        empty={<EmptyState text="没有账号。" />}
        columns={[
          { key: 'no', title: '账号', width: '80px', render: (row) => row.accountNo },
          { key: 'name', title: '姓名', width: 'minmax(0,1fr)', render: (row) => row.name },
        ]}
      />
    </section>
  )
}
