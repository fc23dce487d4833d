import { ProDescriptions, type ProDescriptionsItemProps } from '@ant-design/pro-components'
import { App, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { roles } from '#shared/domain/account/role'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { FilterBox } from '../../ui/filter-box'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError, EmptyState } from '../../ui/states'
import { formatDateTime, formatLength, formatMoment } from '../../ui/time-format'
import { type Account, AccountForm } from './account-form'
import { KeyedTable } from './keyed-table'
import { showPasswordOnce } from './shown-once'
import { TabToolbar } from './tab-toolbar'
import { useAccountActions } from './use-account-actions'
import { usePages, useSettled } from './use-pages'

const typingPauseMs = 250

/** Accounts: list, search, new, edit, enable or disable, new password. All of it needs the centre. */
export function AccountsTab() {
  const fresh = useFreshness()
  const now = useNow(60_000)
  const [text, setText] = useState('')
  const wanted = useSettled(text.trim(), typingPauseMs)
  const pages = usePages('accounts.list', wanted === '' ? {} : { text: wanted }, fresh.isLive)
  const [currentKey, setCurrentKey] = useState<string>()
  const [editing, setEditing] = useState<'new' | string | null>(null)
  const filterRef = useRef<InputRef>(null)
  const current = pages.items.find((account) => account.accountId === currentKey) ?? pages.items[0]
  const actions = useAccountActions(pages.reload)
  const { message, modal } = App.useApp()
  const edited = editing === null || editing === 'new' ? null : pages.items.find((account) => account.accountId === editing)

  function takeKey(key: string, account: Account): boolean {
    if (!fresh.isLive) return false
    if (key === 'e') setEditing(account.accountId)
    else if (key === 'd') actions.askToSwitch(account)
    else if (key === 'p') actions.askToReset(account)
    else if (key === 'n') setEditing('new')
    else return false
    return true
  }

  return (
    <div className="adm-split">
      <div className="adm-main">
        <TabToolbar
          filter={<FilterBox value={text} onChange={setText} inputRef={filterRef} placeholder="账号或姓名" />}
          count={`${pages.items.length} 个${pages.hasMore ? '，还有' : ''}`}
          readAt={pages.readAt}
          now={now}
          reason={fresh.reason}
          onReload={pages.reload}
        >
          <ActionButton type="primary" keys="N" reason={fresh.reason} onClick={() => setEditing('new')}>
            新建账号
          </ActionButton>
        </TabToolbar>
        {pages.error && <CodedError error={pages.error} onRetry={pages.reload} />}
        {actions.error && <CodedError error={actions.error} />}
        <KeyedTable<Account>
          label="账号"
          columns={columnsAt(now)}
          rows={pages.items}
          rowKey={(account) => account.accountId}
          currentKey={current?.accountId}
          onCurrent={setCurrentKey}
          onOpen={(account) => fresh.isLive && setEditing(account.accountId)}
          onRowKey={takeKey}
          filterRef={filterRef}
          hints={hints}
          isLoading={pages.isLoading}
          isDimmed={!fresh.isLive || pages.isLoading}
          empty={<EmptyState {...emptyWords(fresh.isLive, wanted)} />}
          footer={
            pages.hasMore && (
              <ActionButton block reason={fresh.reason} onClick={pages.more}>
                再取一页
              </ActionButton>
            )
          }
        />
      </div>
      {current && (
        <AccountDetails account={current} now={now} reason={fresh.reason} onEdit={() => setEditing(current.accountId)} actions={actions} />
      )}
      {(editing === 'new' || edited) && (
        <AccountForm
          account={edited ?? null}
          onClose={() => setEditing(null)}
          onStale={pages.reload}
          onSaved={(account, password) => {
            setEditing(null)
            setCurrentKey(account.accountId)
            pages.reload()
            if (password === null) void message.success(`已保存 ${account.name}。`)
            else showPasswordOnce(modal, account.name, password)
          }}
        />
      )}
    </div>
  )
}

const hints = [
  ['N', '新建'],
  ['E', '修改'],
  ['D', '停用或启用'],
  ['P', '重设口令'],
] as const

function emptyWords(isLive: boolean, wanted: string) {
  if (!isLive) return { text: '账号由中心管理，连上后显示。' }
  return wanted === ''
    ? { text: '还没有账号。', keys: 'N', action: '新建第一个' }
    : { text: `没有「${wanted}」。`, keys: '/', action: '改筛选' }
}

const isLocked = (account: Account, now: EpochMs) => account.lockedUntil !== null && account.lockedUntil > now

function Standing({ account, now }: { readonly account: Account; readonly now: EpochMs }) {
  const [tone, words] = !account.isEnabled
    ? (['none', '停用'] as const)
    : account.lockedUntil !== null && isLocked(account, now)
      ? (['amber', `锁定，剩 ${formatLength(account.lockedUntil - now)}`] as const)
      : (['green', '在用'] as const)
  return (
    <span className="ui-sync">
      <Lamp tone={tone} label="" />
      {words}
    </span>
  )
}

function columnsAt(now: EpochMs) {
  return [
    { title: '账号', dataIndex: 'accountNo', width: 88 },
    { title: '姓名', dataIndex: 'name', width: 96 },
    {
      title: '岗位',
      key: 'roles',
      ellipsis: true,
      render: (_: unknown, account: Account) => account.roles.map((role) => roles[role]).join('、'),
    },
    { title: '状态', key: 'standing', width: 136, render: (_: unknown, account: Account) => <Standing account={account} now={now} /> },
    {
      title: '最近签入',
      key: 'lastSignInAt',
      width: 112,
      align: 'right' as const,
      render: (_: unknown, account: Account) => (account.lastSignInAt === null ? '从未' : formatMoment(account.lastSignInAt, now)),
    },
  ]
}

interface AccountDetailsProps {
  readonly account: Account
  readonly now: EpochMs
  readonly reason: string | null
  readonly actions: ReturnType<typeof useAccountActions>
  onEdit(): void
}

function AccountDetails({ account, now, reason, actions, onEdit }: AccountDetailsProps) {
  return (
    <aside className="adm-details" aria-label="所选账号">
      <SectionTitle title={account.name} meta={account.accountNo} />
      <ProDescriptions<Account>
        column={1}
        colon={false}
        size="small"
        className="adm-descriptions"
        dataSource={account}
        columns={detailColumnsAt(now)}
      />
      <div className="adm-actions">
        <ActionButton keys="E" reason={reason} onClick={onEdit}>
          修改
        </ActionButton>
        <ActionButton keys="P" reason={reason} onClick={() => actions.askToReset(account)}>
          重设口令
        </ActionButton>
        <ActionButton keys="D" danger={account.isEnabled} reason={reason} onClick={() => actions.askToSwitch(account)}>
          {account.isEnabled ? '停用' : '启用'}
        </ActionButton>
      </div>
    </aside>
  )
}

function detailColumnsAt(now: EpochMs): ProDescriptionsItemProps<Account>[] {
  return [
    { title: '岗位', key: 'roles', render: (_, account) => account.roles.map((role) => roles[role]).join('、') },
    { title: '状态', key: 'standing', render: (_, account) => <Standing account={account} now={now} /> },
    {
      title: '锁定',
      key: 'lockedUntil',
      render: (_, account) =>
        isLocked(account, now) && account.lockedUntil !== null ? `至 ${formatDateTime(account.lockedUntil)}，重设口令即解锁` : '未锁定',
    },
    {
      title: '最近签入',
      key: 'lastSignInAt',
      render: (_, account) => (account.lastSignInAt === null ? '从未签入' : formatDateTime(account.lastSignInAt)),
    },
    { title: '版本', key: 'version', render: (_, account) => `第 ${account.version} 版` },
  ]
}
