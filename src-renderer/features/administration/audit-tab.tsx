import { Input, type InputRef, Select } from 'antd'
import { useRef, useState } from 'react'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { auditActionName, auditActions } from '../../ui/audit-action'
import { auditDetailText } from '../../ui/audit-detail'
import { match } from '../../ui/pinyin-match'
import { CodedError, EmptyState } from '../../ui/states'
import { formatDateTime, formatTimeWithSeconds } from '../../ui/time-format'
import { KeyedTable } from './keyed-table'
import { TabToolbar } from './tab-toolbar'
import { usePages, useSettled } from './use-pages'

type AuditEntry = OutputOfCommand<'audit.list'>['items'][number]

const typingPauseMs = 250
const accountNoPattern = /^[0-9A-Za-z]{2,16}$/

/** Who did what to what, when, from which seat; newest first, further pages on demand. Nothing here can be changed. */
export function AuditTab() {
  const fresh = useFreshness()
  const now = useNow(60_000)
  const [action, setAction] = useState<string>()
  const [typed, setTyped] = useState('')
  const accountNo = useSettled(typed.trim(), typingPauseMs)
  const isValid = accountNo === '' || accountNoPattern.test(accountNo)
  const input: InputOfCommand<'audit.list'> = { ...(action && { action }), ...(accountNo !== '' && isValid && { accountNo }) }
  const pages = usePages('audit.list', input, fresh.isLive)
  const [currentKey, setCurrentKey] = useState<string>()
  const filterRef = useRef<InputRef>(null)
  return (
    <div className="adm-main">
      <TabToolbar
        filter={
          <>
            <Input
              ref={filterRef}
              className="ui-filter"
              size="small"
              allowClear
              aria-label="账号"
              placeholder="账号"
              value={typed}
              status={isValid ? '' : 'error'}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Select
              size="small"
              className="adm-action-filter"
              aria-label="动作"
              allowClear
              placeholder="全部动作"
              showSearch={{ filterOption: (text, option) => match(text, { text: String(option?.label ?? '') }) !== undefined }}
              value={action}
              onChange={setAction}
              options={auditActions.map(({ action: value, name }) => ({ value, label: name }))}
            />
            {!isValid && <span className="ui-meta">账号是 2 至 16 位数字或字母</span>}
          </>
        }
        count={`${pages.items.length} 条${pages.hasMore ? '，还有' : ''}`}
        readAt={pages.readAt}
        now={now}
        reason={fresh.reason}
        onReload={pages.reload}
      />
      {pages.error && <CodedError error={pages.error} onRetry={pages.reload} />}
      <KeyedTable<AuditEntry>
        label="审计"
        columns={columns}
        rows={pages.items}
        rowKey={(entry) => entry.auditId}
        currentKey={currentKey}
        onCurrent={setCurrentKey}
        filterRef={filterRef}
        isLoading={pages.isLoading}
        isDimmed={!fresh.isLive || pages.isLoading}
        empty={<EmptyState text={fresh.isLive ? '没有符合的审计记录。' : '审计在中心，连上后显示。'} />}
        footer={
          pages.hasMore && (
            <ActionButton block reason={fresh.reason} loading={pages.isLoading} onClick={pages.more}>
              更早的
            </ActionButton>
          )
        }
      />
    </div>
  )
}

const columns = [
  {
    title: '时刻',
    key: 'at',
    width: 152,
    render: (_: unknown, entry: AuditEntry) => (
      <span title={formatDateTime(entry.at)}>{`${formatDateTime(entry.at).slice(0, 10)} ${formatTimeWithSeconds(entry.at)}`}</span>
    ),
  },
  {
    title: '谁',
    key: 'who',
    width: 128,
    render: (_: unknown, entry: AuditEntry) => [entry.accountNo, entry.accountName].filter(Boolean).join(' ') || '系统',
  },
  { title: '坐席', key: 'seat', width: 56, render: (_: unknown, entry: AuditEntry) => entry.seatNo ?? '—' },
  {
    title: '动作',
    key: 'action',
    width: 120,
    render: (_: unknown, entry: AuditEntry) => <span title={entry.action}>{auditActionName(entry.action)}</span>,
  },
  { title: '对象', key: 'subject', width: 180, ellipsis: true, render: (_: unknown, entry: AuditEntry) => entry.subject ?? '—' },
  {
    title: '细节',
    key: 'detail',
    ellipsis: true,
    render: (_: unknown, entry: AuditEntry) => <span className="adm-quiet">{auditDetailText(entry.detail)}</span>,
  },
]
