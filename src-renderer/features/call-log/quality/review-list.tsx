import { Segmented } from 'antd'
import { useEffect, useState } from 'react'
import type { QualityCall } from '#shared/contracts/quality-shapes'
import { evidenceWords } from '#shared/domain/quality/audio'
import { useTopic } from '../../../bridge/react'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp } from '../../../ui/lamp'
import { EmptyState } from '../../../ui/states'
import { formatClock, formatDate, formatTime } from '../../../ui/time-format'
import { FilePanel } from './file-panel'
import { scoreWords, stateTone, stateWords } from './words'

/** Which calls of a list: what is to be done first. */
const filters = {
  todo: {
    name: '待办',
    fits: (row: QualityCall) => row.evidence.length === 0 && ['toScore', 'calibrating', 'toAgree', 'appealed'].includes(row.state),
  },
  scored: { name: '已评', fits: (row: QualityCall) => row.total !== null },
  appealed: { name: '申诉', fits: (row: QualityCall) => row.state === 'appealed' || row.state === 'decided' },
  excluded: { name: '音质剔除', fits: (row: QualityCall) => row.evidence.length > 0 },
  all: { name: '全部', fits: () => true },
} as const
type Filter = keyof typeof filters
const filterIds = Object.keys(filters) as Filter[]

interface ListProps {
  readonly rows: readonly QualityCall[]
  readonly isOwn: boolean
  readonly isDimmed: boolean
  onListKey?(key: string): boolean
}

/** Calls on the left, the one in hand on the right. Enter opens, Esc comes back to the list. */
export function ReviewList({ rows, isOwn, isDimmed, onListKey }: ListProps) {
  const me = useTopic('session.changed')?.agent?.accountNo ?? ''
  const waiting = useTopic('quality.changed')?.waiting
  const [filter, setFilter] = useState<Filter>(isOwn ? 'all' : 'todo')
  const [currentKey, setCurrentKey] = useState<string>()
  const [openId, setOpenId] = useState<string>()
  const shown = rows.filter(filters[filter].fits).toSorted(inTurn)
  const isOpen = openId !== undefined
  useEffect(() => {
    if (!isOpen) document.querySelector<HTMLElement>('.qa-list [role="grid"]')?.focus({ preventScroll: true })
  }, [isOpen])
  const step = (by: number) => {
    const at = filterIds.indexOf(filter)
    setFilter(filterIds[(at + by + filterIds.length) % filterIds.length] ?? 'all')
  }
  return (
    <>
      {!isOwn && (
        <div className="ui-toolbar">
          <Segmented<Filter>
            size="small"
            aria-label="哪些通话"
            value={filter}
            onChange={setFilter}
            options={filterIds.map((value) => ({ value, label: `${filters[value].name} ${rows.filter(filters[value].fits).length}` }))}
          />
        </div>
      )}
      <div className={isOpen ? 'qa-split qa-split-open' : 'qa-split'}>
        <div className="qa-list">
          <DataGrid<QualityCall>
            label={isOwn ? '我的质检' : '质检通话'}
            autoFocus
            rows={shown}
            rowKey={({ callId }) => callId}
            columns={columnsFor(isOwn, isOpen, me, new Set(waiting?.map(({ callId }) => callId)))}
            wantedKey={currentKey ?? shown[0]?.callId}
            onCurrent={(row) => {
              setCurrentKey(row?.callId)
              if (isOpen) setOpenId(row?.callId)
            }}
            onOpen={(row) => setOpenId(row.callId)}
            onRowKey={(key) => {
              if (key === 'd') step(1)
              else return onListKey?.(key) ?? false
              return true
            }}
            isDimmed={isDimmed}
            hints={[
              ['Enter', '打开'],
              ['D', '换一类'],
              [', .', '上一月、下一月'],
              ['[ ]', '换页'],
            ]}
            empty={<EmptyState text={isOwn ? '一年内没有质检结果。' : '这个月没有这样的通话。'} />}
          />
        </div>
        {openId !== undefined && <FilePanel key={openId} callId={openId} onClose={() => setOpenId(undefined)} />}
      </div>
    </>
  )
}

/** Appeals first: somebody waits for them. Then the oldest call. */
const inTurn = (a: QualityCall, b: QualityCall): number =>
  Number(b.state === 'appealed') - Number(a.state === 'appealed') || a.startedAt - b.startedAt

function columnsFor(isOwn: boolean, isNarrow: boolean, me: string, waiting: ReadonlySet<string>): readonly GridColumn<QualityCall>[] {
  const state: GridColumn<QualityCall> = {
    key: 'state',
    title: '状态',
    width: '112px',
    render: (row) => (
      <span className="calls-mark">
        <Lamp tone={stateTone(row)} label="" /> {waiting.has(row.callId) ? '待发送' : stateWords(row, me)}
      </span>
    ),
  }
  const agent: GridColumn<QualityCall> = {
    key: 'agent',
    title: '坐席',
    width: isNarrow ? 'minmax(56px, 1fr)' : 'minmax(120px, 1fr)',
    render: ({ agentName, agentNo }) => <span className="qa-cut">{isNarrow ? agentName : `${agentName} ${agentNo}`}</span>,
  }
  const at: GridColumn<QualityCall> = {
    key: 'at',
    title: '通话时间',
    width: isNarrow ? '84px' : '132px',
    render: ({ startedAt }) => (
      <span className="qa-number">{`${isNarrow ? formatDate(startedAt).slice(5) : formatDate(startedAt)} ${formatTime(startedAt)}`}</span>
    ),
  }
  const length: GridColumn<QualityCall> = {
    key: 'length',
    title: '时长',
    width: '56px',
    align: 'right',
    render: ({ answeredAt, endedAt }) => <span className="qa-number">{formatClock(endedAt - answeredAt)}</span>,
  }
  const score: GridColumn<QualityCall> = {
    key: 'score',
    title: '得分',
    width: '64px',
    align: 'right',
    render: (row) => <b className="qa-number">{scoreWords(row)}</b>,
  }
  const note: GridColumn<QualityCall> = {
    key: 'note',
    title: isOwn ? '可申诉到' : '说明',
    width: 'minmax(0, 2fr)',
    render: (row) => <span className="qa-cut calls-quiet">{noteWords(row, isOwn)}</span>,
  }
  const who = isOwn ? [] : [agent]
  return isNarrow ? [state, ...who, at, score] : [state, ...who, at, length, score, note]
}

/** Why nothing is done with it, whom it waits for, or until when its agent may speak. */
function noteWords({ evidence, waitsFor, appealUntil }: QualityCall, isOwn: boolean): string {
  if (evidence.length > 0) return evidence.map(evidenceWords).join('；')
  if (waitsFor.length > 0) return `还等 ${waitsFor.join('、')} 交分`
  return isOwn && appealUntil !== null ? `${formatDate(appealUntil)} ${formatTime(appealUntil)}` : ''
}
