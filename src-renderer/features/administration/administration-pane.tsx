import { Tabs } from 'antd'
import { roles } from '#shared/domain/account/role'
import { mayCall } from '../../bridge/permissions'
import { useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { PaneHeader } from '../../ui/pane-header'
import { StaleMark } from '../../ui/stale-mark'
import { LoadingState, NoPermission } from '../../ui/states'
import { AccountsTab } from './accounts-tab'
import { AuditTab } from './audit-tab'
import { ExchangeTab } from './exchange-tab'
import { GbTab } from './gb-tab'
import { SeatsTab } from './seats-tab'
import './administration.css'

const tabs = [
  { key: 'accounts', label: '账号', command: 'accounts.list', children: <AccountsTab /> },
  { key: 'seats', label: '坐席', command: 'seats.list', children: <SeatsTab /> },
  { key: 'gb', label: '国标设备', command: 'gbDevices.list', children: <GbTab /> },
  { key: 'audit', label: '审计', command: 'audit.list', children: <AuditTab /> },
  { key: 'exchange', label: '数据交换', command: 'exchangeLog.list', children: <ExchangeTab /> },
] as const

/** Accounts, seats, devices of GB/T 28181, the audit log and that of exchange, each for the posts that may see it. Live: the centre decides, nothing here is queued. */
export function AdministrationPane() {
  const agent = useTopic('session.changed')?.agent
  const fresh = useFreshness()
  const now = useNow(60_000)
  if (!agent) return <LoadingState what="管理" />
  const visible = tabs.filter((tab) => mayCall(tab.command, agent.role))
  return (
    <section className="ui-pane adm" aria-label="管理">
      <PaneHeader title="管理" meta="须中心在线，改动立即生效并记入审计">
        {!fresh.isLive && <StaleMark asOf={fresh.asOf} now={now} />}
      </PaneHeader>
      {visible.length === 0 ? (
        <NoPermission text={`您的岗位（${roles[agent.role]}）没有管理权限。`} />
      ) : (
        <Tabs className="adm-tabs" destroyOnHidden items={visible.map(({ key, label, children }) => ({ key, label, children }))} />
      )}
    </section>
  )
}
