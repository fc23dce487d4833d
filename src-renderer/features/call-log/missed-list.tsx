import { App, Checkbox, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Lamp, type LampTone } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { formatMoment, formatRemaining } from '../../ui/time-format'
import { dialReason, partyWords } from './call-words'
import { useDial } from './use-dial'

/** Calls that nobody took, until they are given back: how long there is left for each, and the two ways to be done with it. */
export function MissedList({ missed }: { readonly missed: readonly MissedCallView[] }) {
  const now = useNow(10_000)
  const telephone = useTopic('telephone.changed')
  const dial = useDial()
  const [leaving, setLeaving] = useState<readonly string[]>([])
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  if (missed.length === 0) return null
  const reasonOf = (call: MissedCallView) => dialReason(telephone, call.number)
  const callBack = (call: MissedCallView) => {
    if (call.number !== null && reasonOf(call) === null) void dial(call.number)
  }
  const present = missed.filter(({ lastCallId }) => marked.has(lastCallId))
  const mark = ({ lastCallId }: MissedCallView) => {
    const next = new Set(marked)
    if (!next.delete(lastCallId)) next.add(lastCallId)
    setMarked(next)
  }
  const markAll = () => setMarked(present.length === missed.length ? new Set() : new Set(missed.map(({ lastCallId }) => lastCallId)))
  /** The marked ones together, or this one alone. */
  const leave = (call: MissedCallView) =>
    setLeaving(present.includes(call) ? present.map(({ lastCallId }) => lastCallId) : [call.lastCallId])
  const columns: readonly GridColumn<MissedCallView>[] = [
    {
      key: 'mark',
      title: '',
      width: '20px',
      render: (call) => (
        <Checkbox
          aria-label={`选中 ${partyWords({ ...call, isWithheld: true })}`}
          tabIndex={-1}
          checked={marked.has(call.lastCallId)}
          onChange={() => mark(call)}
        />
      ),
    },
    { key: 'due', title: '回拨时限', width: '128px', render: (call) => <Due call={call} now={now} /> },
    {
      key: 'number',
      title: '号码',
      width: '124px',
      render: (call) => <b className="calls-number">{partyWords({ ...call, isWithheld: true })}</b>,
    },
    {
      key: 'party',
      title: '对方',
      width: 'minmax(0, 1fr)',
      render: (call) => <span className="calls-quiet">{call.displayName ?? ''}</span>,
    },
    { key: 'count', title: '次数', width: '56px', align: 'right', render: (call) => (call.isPromised ? '约定' : `${call.count} 次`) },
    { key: 'last', title: '最近一次', width: '88px', align: 'right', render: (call) => formatMoment(call.lastAt, now) },
    {
      key: 'acts',
      title: '',
      width: '196px',
      align: 'right',
      render: (call) => (
        <span className="calls-acts">
          <ActionButton size="small" type="primary" keys="B" reason={reasonOf(call)} onClick={() => callBack(call)}>
            回拨
          </ActionButton>
          <ActionButton size="small" keys="X" onClick={() => leave(call)}>
            不再回拨
          </ActionButton>
        </span>
      ),
    },
  ]
  return (
    <section className="calls-missed" aria-label="未接来电">
      <SectionTitle title="未接与约定回拨" meta={`${missed.length} 个号码待回拨${present.length > 0 ? `，已选 ${present.length}` : ''}`}>
        {present.length > 1 && (
          <ActionButton size="small" keys="X" onClick={() => setLeaving(present.map(({ lastCallId }) => lastCallId))}>
            所选不再回拨
          </ActionButton>
        )}
      </SectionTitle>
      <DataGrid
        label="未接来电"
        hasHead={false}
        columns={columns}
        rows={missed}
        rowKey={(call) => call.lastCallId}
        onOpen={callBack}
        onRowKey={(key, call) => {
          if (key === 'b') callBack(call)
          else if (key === 'x') leave(call)
          else if (key === ' ') mark(call)
          else if (key === 'a') markAll()
          else return false
          return true
        }}
        hints={[
          ['B', '回拨'],
          ['X', '不再回拨，选中几个时一起'],
          ['空格', '选中'],
          ['A', '全选'],
        ]}
        detail={(call) =>
          call.lastCallId === leaving[0] && (
            <Leave
              callIds={leaving}
              onDone={() => {
                setLeaving([])
                setMarked(new Set())
              }}
              onCancel={() => setLeaving([])}
            />
          )
        }
        empty={null}
      />
    </section>
  )
}

/** Half of the time is left: green; less: amber; over: red. */
const halfMs = 15 * 60_000

function Due({ call, now }: { readonly call: MissedCallView; readonly now: number }) {
  if (call.dueAt === null) {
    return (
      <span className="calls-mark calls-quiet">
        <Lamp tone="none" label="" /> 不能回拨
      </span>
    )
  }
  const left = call.dueAt - now
  if (call.isPromised && left > halfMs) {
    return (
      <span className="calls-mark" title="答应来电人回拨的时间">
        <Lamp tone="none" label="" /> 约 {formatMoment(call.dueAt, now)}
      </span>
    )
  }
  const tone: LampTone = left < 0 ? 'red' : left < halfMs ? 'amber' : 'green'
  return (
    <span className={left < 0 ? 'calls-mark ui-overrun' : 'calls-mark'}>
      <Lamp tone={tone} label="" /> {formatRemaining(left)}
    </span>
  )
}

/** Why nobody calls back: it stands with the call. Esc leaves the words. */
function Leave({ callIds, onDone, onCancel }: { readonly callIds: readonly string[]; onDone(): void; onCancel(): void }) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const [note, setNote] = useState('')
  const [isSaving, setSaving] = useState(false)
  const field = useRef<InputRef>(null)
  useEffect(() => field.current?.focus(), [])
  async function save(): Promise<void> {
    setSaving(true)
    for (const callId of callIds) {
      const answer = await bridge.call('callLog.settleMissed', { callId, note: note.trim() })
      // Those before it are done and have left the list; the words stay for the rest.
      if (!answer.ok) {
        setSaving(false)
        return void message.error(answer.error.message)
      }
    }
    setSaving(false)
    onDone()
  }
  const missing = note.trim() === '' ? '先写明为什么不再回拨' : null
  return (
    <div className="ui-grid-detail calls-leave">
      <Input
        ref={field}
        size="small"
        maxLength={500}
        value={note}
        aria-label="不再回拨的原因"
        placeholder="为什么不再回拨，如：已由其他坐席接听"
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing && missing === null) void save()
          else if (event.key !== 'Escape') return
          else onCancel()
          event.stopPropagation()
        }}
      />
      <ActionButton size="small" type="primary" loading={isSaving} reason={missing} keys="Enter" onClick={() => void save()}>
        {callIds.length > 1 ? `记下 ${callIds.length} 个` : '记下'}
      </ActionButton>
      <ActionButton size="small" keys="Esc" onClick={onCancel}>
        取消
      </ActionButton>
    </div>
  )
}
