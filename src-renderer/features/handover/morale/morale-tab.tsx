import { App, Input } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { OutputOfCommand } from '#shared/contracts/seat-api/table'
import { roles } from '#shared/domain/account/role'
import { useBridge, useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState } from '../../../ui/states'
import { formatDateTime, formatDay } from '../../../ui/time-format'

type Report = OutputOfCommand<'morale.list'>['items'][number]

/** 思想动态汇报 to the managers. What is read here comes from the centre each time, and stays on no seat. */
export function MoraleTab() {
  const now = useNow(60_000)
  const { isLive, asOf } = useFreshness()
  const role = useTopic('session.changed')?.agent?.role
  const waiting = useTopic('outbox.changed')?.intents.filter(({ title }) => title === '思想动态').length ?? 0
  const read = useQuery('morale.list', isLive ? {} : undefined)
  const [current, setCurrent] = useState<string>()
  const isLead = role === 'shiftLead'
  return (
    <section className="ui-pane morale" aria-label="思想动态">
      <PaneHeader title="思想动态" meta={isLead ? '只给管理层看；您看得到自己写的' : '只给管理层看，不进日志、查询、打印和归档'}>
        {waiting > 0 && <span className="ui-meta">{waiting} 条待发送</span>}
        {!isLive && <StaleMark asOf={asOf} now={now} />}
      </PaneHeader>
      <MoraleForm onReported={read.reload} />
      {read.error && <CodedError error={read.error} onRetry={read.reload} />}
      <DataGrid
        label="思想动态"
        columns={columns}
        rows={read.value?.items ?? []}
        rowKey={({ reportId }) => reportId}
        groupOf={({ writtenAt }) => formatDay(writtenAt, now)}
        onCurrent={(report) => setCurrent(report?.reportId)}
        detail={({ reportId, text }) => reportId === current && <p className="morale-text">{text}</p>}
        isDimmed={!isLive || read.isLoading}
        empty={<EmptyState text={isLive ? '还没有汇报。' : '汇报在中心，连上后可看；写的照常，恢复后送达。'} />}
      />
    </section>
  )
}

const columns: readonly GridColumn<Report>[] = [
  { key: 'at', title: '时刻', width: '96px', render: ({ writtenAt }) => formatDateTime(writtenAt).slice(5) },
  { key: 'about', title: '关于', width: '140px', render: ({ about }) => about || <span className="ui-meta">全厅</span> },
  { key: 'text', title: '内容', width: 'minmax(0,1fr)', render: ({ text }) => text },
  {
    key: 'by',
    title: '汇报人',
    width: '140px',
    render: ({ authorName, authorRole }) => (
      <span className="ui-meta">
        {authorName} {roles[authorRole]}
      </span>
    ),
  },
]

function MoraleForm({ onReported }: { onReported(): void }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const [about, setAbout] = useState('')
  const [text, setText] = useState('')
  const [error, setError] = useState<AppError>()
  const [isBusy, setBusy] = useState(false)
  const reason = text.trim() === '' ? '先写内容。' : null
  async function submit(): Promise<void> {
    if (reason !== null || isBusy) return
    setBusy(true)
    const answer = await call('morale.report', { about: about.trim(), text: text.trim() })
    setBusy(false)
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return
    void message.success('已汇报，只给管理层看。')
    setAbout('')
    setText('')
    onReported()
  }
  return (
    <form
      className="visit-form"
      aria-label="汇报思想动态"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey) return
        event.preventDefault()
        void submit()
      }}
    >
      <Input
        size="small"
        style={{ width: 160 }}
        aria-label="关于谁"
        placeholder="关于谁，不写即全厅"
        maxLength={60}
        value={about}
        onChange={(event) => setAbout(event.target.value)}
      />
      <Input.TextArea
        className="meeting-told"
        aria-label="内容"
        placeholder="情况、原因、已做的工作、建议"
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 6 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ActionButton size="small" type="primary" keys="Ctrl+Enter" htmlType="submit" loading={isBusy} reason={reason}>
        汇报
      </ActionButton>
      {error && <CodedError error={error} />}
    </form>
  )
}
