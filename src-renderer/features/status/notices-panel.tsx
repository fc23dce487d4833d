import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { DataGrid } from '../../ui/data-grid'
import { Lamp, type LampTone } from '../../ui/lamp'
import { useOpenTarget } from '../../ui/open-target'
import { SectionTitle } from '../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../ui/states'
import { formatDate, formatMoment } from '../../ui/time-format'
import './status.css'

type Notice = StateOfTopic<'notices.changed'>['notices'][number]

const marks: Record<Notice['level'], readonly [LampTone, string]> = {
  info: ['none', '消息'],
  warning: ['amber', '注意'],
  error: ['red', '出错'],
}

/** What the program had to say, newest first. Enter opens what a notice is about, Delete puts it away. */
export function NoticesPanel() {
  const view = useTopic('notices.changed')
  const now = useNow(60_000)
  const open = useOpenTarget()
  const { call } = useBridge()
  const [error, setError] = useState<AppError>()
  if (!view) return <LoadingState what="通知" />
  const isAllToday = view.notices.every((notice) => formatDate(notice.at) === formatDate(now))
  const notices = [...view.notices].sort((a, b) => b.at - a.at)

  async function dismiss({ noticeId }: Notice): Promise<void> {
    const answer = await call('notices.dismiss', { noticeId })
    setError(answer.ok ? undefined : answer.error)
  }

  return (
    <section className="ui-pane status-panel" aria-label="通知">
      <SectionTitle title="通知" meta={notices.length > 0 ? `${notices.length} 条，新的在前` : undefined}>
        {notices.length > 0 && <span className="ui-meta">Enter 打开，Del 收起</span>}
      </SectionTitle>
      {error && <CodedError error={error} />}
      <DataGrid
        label="通知"
        autoFocus
        hasHead={false}
        rows={notices}
        rowKey={(notice) => notice.noticeId}
        onOpen={(notice) => notice.opens !== null && open?.(notice.opens)}
        onRowKey={(key, notice) => {
          if (key !== 'delete') return false
          void dismiss(notice)
          return true
        }}
        hints={[['Del', '收起']]}
        empty={<EmptyState text="没有通知。" />}
        columns={[
          { key: 'level', title: '', width: '14px', render: ({ level }) => <Lamp tone={marks[level][0]} label={marks[level][1]} /> },
          {
            key: 'at',
            title: '时刻',
            width: isAllToday ? '36px' : '76px',
            render: (notice) => <span className="ui-meta">{formatMoment(notice.at, now)}</span>,
          },
          {
            key: 'text',
            title: '内容',
            width: 'minmax(0,1fr)',
            render: (notice) => (
              <span className="ui-wrap">
                <b>{notice.title}</b>　{notice.text}
              </span>
            ),
          },
          {
            key: 'dismiss',
            title: '',
            width: '32px',
            render: (notice) => (
              <button type="button" className="ui-link" onClick={() => void dismiss(notice)}>
                收起
              </button>
            ),
          },
        ]}
      />
    </section>
  )
}
