import { Segmented } from 'antd'
import { useMemo, useRef, useState } from 'react'
import { chinaDay } from '#shared/base/china-time'
import { replyWayIds } from '#shared/domain/case/inputs'
import { isReplyLate, type ReplyState } from '#shared/domain/case/reply'
import type { CaseRow } from '#shared/domain/case/row'
import { caseSources } from '#shared/domain/case/states'
import { useNow } from '../../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { PaneHeader } from '../../../ui/pane-header'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { useViewer } from '../queue/use-queue-rows'
import { CaseSettingsProvider } from '../use-case-settings'
import { usePaneKeys } from '../use-pane-keys'
import { ReplyCase, type ReplyCaseHandle } from './reply-case'
import { DueMark, standWords } from './stand'
import { useReplies } from './use-replies'
import '../cases.css'
import '../workspace/workspace.css'
import '../follow-ups/follow-ups.css'
import './replies.css'

/** 待回复: every case from another platform, mailbox or medium that waits for an answer, by its day; written, approved and brought there by key. */
export function RepliesPane() {
  const viewer = useViewer()
  if (!viewer) return <LoadingState what="待回复" />
  return (
    <CaseSettingsProvider>
      <Replies />
    </CaseSettingsProvider>
  )
}

type Kind = 'all' | 'toWrite' | Extract<ReplyState, 'proposed' | 'approved'> | 'sent'
const kinds: Readonly<Record<Exclude<Kind, 'sent'>, string>> = { all: '全部', toWrite: '待写', proposed: '待核准', approved: '待回传' }

const isOf = ({ reply }: CaseRow, kind: Kind): boolean => {
  if (kind === 'all' || kind === 'sent') return true
  const state = reply?.state
  return kind === 'toWrite' ? state === undefined || state === 'returned' : state === kind
}

function Replies() {
  const now = useNow(10_000)
  const minute = Math.floor(now / 60_000)
  const [kind, setKind] = useState<Kind>('all')
  const list = useReplies(kind === 'sent' ? 'sent' : 'due', minute)
  const [currentKey, setCurrentKey] = useState<string>()
  const root = useRef<HTMLElement>(null)
  const detail = useRef<ReplyCaseHandle>(null)
  const all = list.rows ?? noRows
  const shown = useMemo(() => all.filter((row) => isOf(row, kind)), [all, kind])
  const current = shown.find(({ caseId }) => caseId === currentKey) ?? shown[0]
  const late = kind === 'sent' ? 0 : all.filter((row) => isReplyLate(row.replyBy, row.reply ?? null, now)).length
  usePaneKeys(root, {
    F9: () => detail.current?.approve(),
    F10: () => detail.current?.giveBack(),
    'Ctrl+Enter': () => detail.current?.submit(),
    Escape: () => root.current?.querySelector<HTMLElement>('[role="grid"]')?.focus(),
  })
  return (
    <section ref={root} className="ui-pane due" aria-label="待回复">
      <PaneHeader
        title="待回复"
        meta={kind === 'sent' ? `近 60 天回传 ${all.length} 件` : `${all.length} 件来源在等回复${late > 0 ? `，${late} 件已过限期` : ''}`}
      >
        {!list.isOnline && <span className="ui-meta">中心离线：名单恢复后更新，写下的回复留在本机</span>}
      </PaneHeader>
      <div className="ui-toolbar">
        <Segmented<Kind>
          size="small"
          aria-label="种类"
          value={kind}
          onChange={setKind}
          options={[
            ...(Object.keys(kinds) as Exclude<Kind, 'sent'>[]).map((value) => ({
              value: value as Kind,
              label: kind === 'sent' ? kinds[value] : `${kinds[value]} ${all.filter((row) => isOf(row, value)).length}`,
            })),
            { value: 'sent' as Kind, label: '已回传' },
          ]}
        />
      </div>
      {list.error && <CodedError error={list.error} onRetry={() => void list.reload()} />}
      {list.rows === undefined && !list.error && <LoadingState what="待回复" />}
      <div className="due-split">
        <div className="due-list">
          <DataGrid<CaseRow>
            label="待回复的案卷"
            autoFocus
            rows={shown}
            rowKey={({ caseId }) => caseId}
            columns={columnsAt(now)}
            onCurrent={(row) => setCurrentKey(row?.caseId)}
            wantedKey={current?.caseId}
            onOpen={() => detail.current?.write()}
            onRowKey={(key) => {
              const way = replyWayIds[Number(key) - 1]
              if (!way) return false
              detail.current?.chooseWay(way)
              return true
            }}
            hints={[
              ['Enter', '写回复、写退改意见'],
              ['F9 F10', '核准、退改'],
              ['1–5', '人工回传的方式'],
              ['Ctrl+Enter', '报审；记下人工回传'],
            ]}
            empty={<EmptyState text={emptyWords[kind]} />}
          />
        </div>
        {current && <ReplyCase key={current.caseId} ref={detail} row={current} now={now} onDone={() => void list.reload()} />}
      </div>
    </section>
  )
}

const noRows: readonly CaseRow[] = []
const emptyWords: Readonly<Record<Kind, string>> = {
  all: '没有来源在等回复。其他平台、信箱、网站和媒体转来、写了限期的案卷会在这里，限期近的在前。',
  toWrite: '没有待写的回复。',
  proposed: '没有待核准的回复。',
  approved: '没有待回传的回复。',
  sent: '近 60 天没有回传过。',
}

const columnsAt = (now: number): readonly GridColumn<CaseRow>[] => [
  {
    key: 'due',
    title: '回复限期',
    width: '132px',
    render: ({ replyBy, reply }) => <DueMark replyBy={replyBy} reply={reply ?? null} now={now} />,
  },
  { key: 'source', title: '来源', width: '96px', render: ({ source }) => caseSources[source].name },
  { key: 'case', title: '案卷', width: '112px', render: ({ caseNo }) => <b className="due-number">{caseNo}</b> },
  {
    key: 'what',
    title: '反映',
    width: 'minmax(0,1fr)',
    render: ({ subclassName, address, summary }) => (
      <span className="due-what">{`${subclassName || '未定小类'}　${address || summary}`}</span>
    ),
  },
  {
    key: 'stand',
    title: '进展',
    width: 'minmax(0,0.7fr)',
    render: ({ reply, beganAt }) => (
      <span className="due-what cases-quiet" title={`收到 ${chinaDay(now) - chinaDay(beganAt)} 天`}>
        {standWords(reply ?? null, now)}
      </span>
    ),
  },
]
