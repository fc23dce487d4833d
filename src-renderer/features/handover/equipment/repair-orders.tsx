import { App } from 'antd'
import { useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { EquipmentView } from '#shared/contracts/equipment-shapes'
import { type RepairDeed, type RepairOrder, refusalOfRepair, repairDeeds, repairStates } from '#shared/domain/equipment/repair'
import { useBridge, useTopic } from '../../../bridge/react'
import { useNow } from '../../../bridge/use-now'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { CodedError, EmptyState } from '../../../ui/states'
import { formatDateTime, formatLength } from '../../../ui/time-format'
import { DeedForm, type GivenDeed } from './deed-form'
import { ReportForm } from './report-form'

/** The keys of what is done to an order. */
const keys: Readonly<Record<string, Exclude<RepairDeed, 'report'>>> = {
  ...{ p: 'assign', d: 'done', F9: 'accept', F10: 'return', x: 'withdraw' },
}

const tones: Readonly<Record<RepairOrder['state'], LampTone>> = {
  ...{ reported: 'amber', assigned: 'late', done: 'green', accepted: 'none', withdrawn: 'none' },
}

export function RepairOrders({ view, isLive }: { readonly view: EquipmentView; readonly isLive: boolean }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const now = useNow(60_000)
  const me = useTopic('session.changed')?.agent
  const [acting, setActing] = useState<{ readonly order: RepairOrder; readonly did: Exclude<RepairDeed, 'report'> }>()
  const [current, setCurrent] = useState<string>()
  const [error, setError] = useState<AppError>()
  const later = isLive ? '' : '中心恢复后送达。'

  async function report(input: Parameters<Parameters<typeof ReportForm>[0]['onReport']>[0]): Promise<boolean> {
    const answer = await call('repairs.report', input)
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) void message.success(`已报障 ${answer.value.label}，记入工作日志。${later}`)
    return answer.ok
  }
  async function act(order: RepairOrder, deed: GivenDeed): Promise<boolean> {
    const answer = await call('repairs.act', { orderId: order.orderId, deed })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return false
    setActing(undefined)
    void message.success(`${order.label} ${repairDeeds[deed.did]}已记下。${later}`)
    return true
  }
  function onRowKey(key: string, order: RepairOrder): boolean {
    const did = keys[key]
    if (!did || !me) return false
    const refusal = refusalOfRepair(order, did, me)
    if (refusal === undefined) setActing({ order, did })
    else void message.info(refusalWords[refusal])
    return true
  }
  return (
    <>
      <ReportForm items={view.items} onReport={report} />
      {acting && (
        <DeedForm
          key={`${acting.order.orderId}/${acting.did}`}
          {...acting}
          onDo={(deed) => act(acting.order, deed)}
          onClose={() => setActing(undefined)}
        />
      )}
      {error && <CodedError error={error} />}
      <DataGrid
        label="报障单"
        columns={columnsAt(now)}
        rows={view.orders}
        rowKey={({ orderId }) => orderId}
        onCurrent={(order) => setCurrent(order?.orderId)}
        onRowKey={onRowKey}
        hints={[
          ['P', '派修'],
          ['D', '修好'],
          ['F9', '验收'],
          ['F10', '退回重修'],
          ['X', '撤回'],
        ]}
        detail={(order) => order.orderId === current && <Course order={order} />}
        rowClass={({ state }) => (state === 'accepted' || state === 'withdrawn' ? 'repair-ended' : undefined)}
        empty={<EmptyState text="还没有报障。设备坏了在上面写，断网照常；写下的同时记入工作日志，交班时自动列出。" />}
      />
    </>
  )
}

const refusalWords = {
  'repair/notNow': '这一张现在不能这样办，看“状态”。',
  'repair/ownWork': '写“修好”的人不能自己验收。',
  'repair/notYours': '由报障人或值班长办。',
} as const

/** What was done to the order, by whom and when. */
function Course({ order }: { readonly order: RepairOrder }) {
  return (
    <ol className="repair-course" aria-label={`${order.label} 的经过`}>
      {order.steps.map(({ stepId, at, byName, words }) => (
        <li key={stepId}>
          <span className="ui-meta">{formatDateTime(at).slice(5)}</span>
          <span>{byName}</span>
          <b>{repairDeeds[words.did]}</b>
          <span>{words.did === 'report' ? words.fault : [('who' in words && words.who) || '', words.note].filter(Boolean).join('，')}</span>
        </li>
      ))}
    </ol>
  )
}

function columnsAt(now: number): readonly GridColumn<RepairOrder>[] {
  return [
    { key: 'label', title: '单号', width: '88px', render: ({ label }) => label },
    {
      key: 'state',
      title: '状态',
      width: '80px',
      render: ({ state, isUrgent, endedAt }) => (
        <>
          <Lamp tone={isUrgent && endedAt === null && state !== 'done' ? 'red' : tones[state]} label="" /> {repairStates[state]}
        </>
      ),
    },
    { key: 'what', title: '设备', width: 'minmax(120px,1fr)', render: ({ what }) => what },
    { key: 'place', title: '位置', width: '96px', render: ({ place }) => place },
    {
      key: 'fault',
      title: '故障',
      width: 'minmax(120px,1.4fr)',
      render: ({ fault, isUrgent }) => (
        <>
          {isUrgent && <b className="ui-overrun">急 </b>}
          {fault}
        </>
      ),
    },
    { key: 'by', title: '报障人', width: '72px', render: ({ reportedName }) => reportedName },
    { key: 'at', title: '报障', width: '92px', render: ({ reportedAt }) => formatDateTime(reportedAt).slice(5) },
    { key: 'who', title: '谁修', width: '104px', render: ({ who }) => who ?? <span className="ui-meta">未派</span> },
    {
      key: 'age',
      title: '历时',
      width: '92px',
      align: 'right',
      render: ({ reportedAt, endedAt }) => <span className="ui-meta">{formatLength((endedAt ?? now) - reportedAt)}</span>,
    },
  ]
}
