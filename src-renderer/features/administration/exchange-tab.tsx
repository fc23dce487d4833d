import { Input, type InputRef, Select } from 'antd'
import { useRef, useState } from 'react'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { Lamp, type LampTone } from '../../ui/lamp'
import { CodedError, EmptyState } from '../../ui/states'
import { formatDateTime, formatTimeWithSeconds } from '../../ui/time-format'
import { KeyedTable } from './keyed-table'
import { TabToolbar } from './tab-toolbar'
import { usePages, useSettled } from './use-pages'

type Entry = OutputOfCommand<'exchangeLog.list'>['items'][number]
type Filter = InputOfCommand<'exchangeLog.list'>

const typingPauseMs = 250

/** 数据交换日志: what came from other platforms and what was told to them, newest first, with the reason where it did not succeed. */
export function ExchangeTab() {
  const fresh = useFreshness()
  const now = useNow(60_000)
  const [typed, setTyped] = useState('')
  const [direction, setDirection] = useState<Filter['direction']>()
  const [outcome, setOutcome] = useState<Filter['outcome']>()
  const partner = useSettled(typed.trim(), typingPauseMs)
  const filter: Filter = { ...(partner && { partner }), ...(direction && { direction }), ...(outcome && { outcome }) }
  const pages = usePages('exchangeLog.list', filter, fresh.isLive)
  const [currentKey, setCurrentKey] = useState<string>()
  const filterRef = useRef<InputRef>(null)
  const isFiltered = Object.keys(filter).length > 0
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
              maxLength={60}
              aria-label="对方"
              placeholder="对方平台"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <Select
              size="small"
              className="adm-exchange-filter"
              aria-label="方向"
              allowClear
              placeholder="收和发"
              value={direction}
              onChange={setDirection}
              options={(['in', 'out'] as const).map((value) => ({ value, label: directions[value] }))}
            />
            <Select
              size="small"
              className="adm-exchange-filter"
              aria-label="结果"
              allowClear
              placeholder="全部结果"
              value={outcome}
              onChange={setOutcome}
              options={[{ value: 'notDone', label: '只看未成' }, ...outcomeIds.map((value) => ({ value, label: outcomes[value].name }))]}
            />
          </>
        }
        count={`${pages.items.length} 条${pages.hasMore ? '，还有' : ''}`}
        readAt={pages.readAt}
        now={now}
        reason={fresh.reason}
        onReload={pages.reload}
      />
      {pages.error && <CodedError error={pages.error} onRetry={pages.reload} />}
      <KeyedTable<Entry>
        label="数据交换日志"
        columns={columns}
        rows={pages.items}
        rowKey={(entry) => entry.entryId}
        currentKey={currentKey}
        onCurrent={setCurrentKey}
        filterRef={filterRef}
        isLoading={pages.isLoading}
        isDimmed={!fresh.isLive || pages.isLoading}
        empty={<EmptyState text={emptyText(fresh.isLive, isFiltered)} />}
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

function emptyText(isLive: boolean, isFiltered: boolean): string {
  if (!isLive) return '数据交换日志在中心，连上后显示。'
  return isFiltered ? '没有符合的交换记录。' : '还没有和其他平台交换过数据。'
}

const directions: Readonly<Record<Entry['direction'], string>> = { in: '收', out: '发' }
const operations: Readonly<Record<Entry['operation'], string>> = {
  receiveCase: '接收转办件',
  sendReply: '送回复',
  notifyStatus: '回传办理情况',
  open311Request: '接收 Open311 上报',
}
/** `failed` is tried again by itself, with growing pauses, for three days; `givenUp` is not tried any more. */
const outcomes: Readonly<Record<Entry['outcome'], { readonly name: string; readonly tone: LampTone; readonly means: string }>> = {
  done: { name: '成功', tone: 'green', means: '已收下或已送达' },
  repeated: { name: '重复', tone: 'none', means: '对方又送了同一编号，答复与第一次相同' },
  refused: { name: '拒收', tone: 'red', means: '没有登记，原因已答复对方' },
  failed: { name: '重试中', tone: 'amber', means: '未送达，会自动再送，间隔渐长，三天为止' },
  givenUp: { name: '已放弃', tone: 'red', means: '三天未送达，不再自动送，须与对方联系' },
}
const outcomeIds = Object.keys(outcomes) as readonly Entry['outcome'][]

const columns = [
  {
    title: '时刻',
    key: 'at',
    width: 168,
    render: (_: unknown, { at }: Entry) => `${formatDateTime(at).slice(0, 10)} ${formatTimeWithSeconds(at)}`,
  },
  { title: '对方', key: 'partner', width: 140, ellipsis: true, render: (_: unknown, entry: Entry) => entry.partnerName },
  { title: '方向', key: 'direction', width: 48, render: (_: unknown, entry: Entry) => directions[entry.direction] },
  { title: '事项', key: 'operation', width: 136, ellipsis: true, render: (_: unknown, entry: Entry) => operations[entry.operation] },
  { title: '对方编号', key: 'externalNo', width: 132, ellipsis: true, render: (_: unknown, entry: Entry) => entry.externalNo ?? '—' },
  { title: '案卷号', key: 'caseNo', width: 128, render: (_: unknown, entry: Entry) => entry.caseNo ?? '—' },
  {
    title: '结果',
    key: 'outcome',
    width: 80,
    render: (_: unknown, { outcome }: Entry) => {
      const { name, tone, means } = outcomes[outcome]
      return (
        <span title={means}>
          <Lamp tone={tone} label="" /> {name}
        </span>
      )
    },
  },
  {
    title: '原因与次数',
    key: 'detail',
    ellipsis: true,
    render: (_: unknown, { detail }: Entry) => <span className="adm-quiet">{detail || '—'}</span>,
  },
]
