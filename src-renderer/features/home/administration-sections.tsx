import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { roles, seatRoleIds } from '#shared/domain/account/role'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { type Query, useQuery } from '../../bridge/use-query'
import { auditActionName } from '../../ui/audit-action'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp } from '../../ui/lamp'
import { OpenLink } from '../../ui/open-target'
import { Fact, SectionTitle } from '../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'

type AuditEntry = OutputOfCommand<'audit.list'>['items'][number]

/** The most that one page of the list gives; beyond it the counts say 以上, since they are counted here. */
const pageLimit = 200

/** Live sections: read when the home opens and when the centre comes back, aged in words while it is away. */
function LiveState({ query, what }: { readonly query: Query<unknown>; readonly what: string }) {
  if (query.error) return <CodedError error={query.error} onRetry={query.reload} />
  return query.value === undefined && query.isLoading ? <LoadingState what={what} /> : null
}

export function AccountsSection() {
  const { isLive } = useFreshness()
  const query = useQuery('accounts.list', isLive ? { limit: pageLimit } : undefined)
  const now = useNow(60_000)
  const accounts = query.value?.items
  const more = query.value?.next === null ? '' : '以上'
  const locked = accounts?.filter((account) => account.lockedUntil !== null && account.lockedUntil > now) ?? []
  const disabled = accounts?.filter((account) => !account.isEnabled).length ?? 0
  return (
    <section className="home-section" aria-label="账号">
      <SectionTitle title="账号" meta={accounts && `${accounts.length} 个${more}`}>
        {query.readAt !== null && <span className="ui-meta">{`${formatMoment(query.readAt, now)} 取得`}</span>}
        <span className="ui-meta">
          <OpenLink target="administration">管理</OpenLink>
        </span>
      </SectionTitle>
      <LiveState query={query} what="账号" />
      {!isLive && accounts === undefined && <EmptyState text="账号由中心管理，连上后显示。" />}
      {accounts && (
        <dl className={`ui-facts home-two-columns${isLive ? '' : ' ui-dimmed'}`}>
          <Fact
            name={
              <span className="ui-sync">
                <Lamp tone={locked.length > 0 ? 'amber' : 'green'} label="" />
                锁定
              </span>
            }
          >
            {locked.length > 0 ? locked.map((account) => account.name).join('、') : '没有'}
          </Fact>
          <Fact name="停用">{disabled > 0 ? `${disabled} 个` : '没有'}</Fact>
          {seatRoleIds.map((role) => (
            <Fact key={role} name={roles[role]}>
              {accounts.filter((account) => account.isEnabled && account.roles.includes(role)).length}
            </Fact>
          ))}
        </dl>
      )}
    </section>
  )
}

/** Sessions and log entries have no name but their internal id, which says nothing at a glance; the audit itself shows it. */
function subjectWords(subject: string | null): string {
  return subject === null || /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(subject) ? '—' : subject
}

const auditColumns = (now: number): readonly GridColumn<AuditEntry>[] => [
  { key: 'at', title: '时刻', width: '72px', render: (entry) => <span className="home-quiet">{formatMoment(entry.at, now)}</span> },
  { key: 'who', title: '谁', width: '56px', render: (entry) => entry.accountName ?? entry.accountNo ?? '系统' },
  { key: 'action', title: '做了什么', width: 'minmax(0,1fr)', render: (entry) => auditActionName(entry.action) },
  { key: 'subject', title: '对象', width: '96px', render: (entry) => <span className="home-quiet">{subjectWords(entry.subject)}</span> },
  { key: 'seat', title: '坐席', width: '32px', align: 'right', render: (entry) => entry.seatNo ?? '—' },
]

export function AuditSection() {
  const { isLive } = useFreshness()
  const query = useQuery('audit.list', isLive ? { limit: 30 } : undefined)
  const now = useNow(60_000)
  return (
    <section className="home-section home-fill" aria-label="最近审计">
      <SectionTitle title="最近审计">
        {query.readAt !== null && <span className="ui-meta">{`${formatMoment(query.readAt, now)} 取得`}</span>}
        <button type="button" className="ui-link ui-meta" onClick={query.reload}>
          刷新
        </button>
      </SectionTitle>
      <LiveState query={query} what="审计" />
      {!isLive && query.value === undefined && <EmptyState text="审计在中心，连上后显示。" />}
      {query.value && (
        <DataGrid
          label="最近审计"
          rows={query.value.items}
          rowKey={(entry) => entry.auditId}
          columns={auditColumns(now)}
          isDimmed={!isLive || query.isLoading}
          empty={<EmptyState text="还没有审计记录。" />}
        />
      )}
    </section>
  )
}
