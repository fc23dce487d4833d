import { App, Button, Dropdown, Input, Select } from 'antd'
import { type ReactNode, useEffect, useRef } from 'react'
import type { CallRecord } from '#shared/contracts/call-shapes'
import { callPurposes } from '#shared/domain/call/call'
import { satisfactionNames } from '#shared/domain/call/satisfaction'
import { wrapUpCodeIds, wrapUpCodes } from '#shared/domain/call/wrap-up'
import { useBridge, useTopic } from '../../bridge/react'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { callBackTimes } from '../../ui/call-back-times'
import { Kbd } from '../../ui/kbd'
import { Lamp } from '../../ui/lamp'
import { OpenLink } from '../../ui/open-target'
import { Fact } from '../../ui/pane-header'
import { CodedError } from '../../ui/states'
import { formatClock, formatDateTime, formatTimeWithSeconds } from '../../ui/time-format'
import { answeredByNames, dialReason, faultWords, fullEndWords, isLost, partyWords, qualityFigures, qualityWords } from './call-words'
import { useDial } from './use-dial'
import { useWrapUp } from './use-wrap-up'

export interface CallDetailProps {
  readonly call: CallRecord
  /** Null: it may be described here; else why not. */
  readonly readOnlyReason: string | null
  onChanged(change: Pick<CallRecord, 'wrapUpCode' | 'wrapUpNote'>): void
  onClose(): void
  readonly playback?: ReactNode
}

/** One call in full, beside the list: who, when, how it ended and sounded, its recording, and what it came to. Esc goes back to the list. */
export function CallDetail({ call, readOnlyReason, onChanged, onClose, playback }: CallDetailProps) {
  const telephone = useTopic('telephone.changed')
  const dial = useDial()
  const reason = dialReason(telephone, call.number)
  const root = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another call was opened.
  useEffect(() => root.current?.focus({ preventScroll: true }), [call.callId])
  return (
    <aside
      ref={root}
      className="calls-detail"
      aria-label="通话详情"
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        else if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
        else if (event.key.toLowerCase() === 'b' && call.number !== null && reason === null) void dial(call.number, call.caseNo)
        else return
        event.stopPropagation()
        event.preventDefault()
      }}
    >
      <header className="calls-detail-head">
        <h2 className="calls-number">{partyWords(call)}</h2>
        <span className="calls-quiet">{call.displayName ?? ''}</span>
        <span className="ui-spring" />
        <ActionButton
          size="small"
          keys="B"
          reason={reason}
          onClick={() => {
            if (call.number !== null) void dial(call.number, call.caseNo)
          }}
        >
          回拨
        </ActionButton>
        {readOnlyReason === null && call.number !== null && <PromiseButton call={call} />}
        <Button size="small" onClick={onClose}>
          收起 <Kbd>Esc</Kbd>
        </Button>
      </header>
      <div className="calls-detail-body">
        {playback}
        <WrapUpForm call={call} readOnlyReason={readOnlyReason} onChanged={onChanged} />
        <CallFacts call={call} />
      </div>
    </aside>
  )
}

/** Promises the caller a time, or takes the promise back. */
function PromiseButton({ call }: { readonly call: CallRecord }) {
  const bridge = useBridge()
  const { message } = App.useApp()
  const now = useNow(10_000)
  async function promise(key: string): Promise<void> {
    const at = callBackTimes.find((each) => each.key === key)?.at(now) ?? null
    const answer = await bridge.call('callLog.promise', { callId: call.callId, at })
    if (answer.ok) void message.success(at === null ? '不再约定回拨。' : `已约定 ${formatDateTime(at)} 回拨，到时提醒。`)
    else void message.error(answer.error.message)
  }
  const items = [...callBackTimes.map(({ key, name }) => ({ key, label: name })), { key: 'none', label: '不再约定' }]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void promise(key) }}>
      <Button size="small">约回拨</Button>
    </Dropdown>
  )
}

function CallFacts({ call }: { readonly call: CallRecord }) {
  const ring = formatClock((call.answeredAt ?? call.endedAt) - call.startedAt)
  const quality = qualityWords(call.quality)
  return (
    <dl className="ui-facts">
      <Fact name="方向">
        {isLost(call) && <Lamp tone="red" label="" />} {call.direction === 'incoming' ? '来电' : '去电'}，{callPurposes[call.purpose].name}
        {isLost(call) && '，未接'}
      </Fact>
      {call.calledNumber !== null && <Fact name="所拨线路">{call.calledNumber}</Fact>}
      <Fact name={call.direction === 'incoming' ? '振铃' : '拨出'}>{`${formatDateTime(call.startedAt)}，响 ${ring}`}</Fact>
      {call.answeredAt !== null && (
        <>
          <Fact name="接通">
            {formatTimeWithSeconds(call.answeredAt)}
            {call.answeredBy !== null && `，${answeredByNames[call.answeredBy]}`}
          </Fact>
          <Fact name="通话时长">{formatClock(call.endedAt - call.answeredAt)}</Fact>
        </>
      )}
      <Fact name="结束">{`${formatTimeWithSeconds(call.endedAt)}，${fullEndWords(call)}`}</Fact>
      {call.satisfaction != null && <Fact name="满意度">{satisfactionDetail(call.satisfaction)}</Fact>}
      {call.callBackAt != null && <Fact name="约定回拨">{formatDateTime(call.callBackAt)}</Fact>}
      {call.hangUpReason !== null && <Fact name="挂机原因">{call.hangUpReason}</Fact>}
      {call.wasResumed && <Fact name="经过">程序重启后接着通话</Fact>}
      <Fact name="音质">
        {quality === '' ? '没有测到' : quality}
        {call.quality !== null && <span className="calls-figures">{qualityFigures(call.quality)}</span>}
        {faultWords(call.quality) !== '' && <b className="calls-figures">{faultWords(call.quality)}</b>}
      </Fact>
      <Fact name="案卷">
        {call.caseNo === null ? (
          <span className="calls-quiet">没有</span>
        ) : (
          <OpenLink target={{ search: call.caseNo }}>{call.caseNo}</OpenLink>
        )}
      </Fact>
      <Fact name="坐席">{`${call.seatNo}，${call.name === null ? '没有人签入' : `${call.name} ${call.accountNo ?? ''}`}`}</Fact>
    </dl>
  )
}

const satisfactionDetail = (said: NonNullable<CallRecord['satisfaction']>): string =>
  said === 'awaited' ? '已送评价，交换机还没有报来结果' : said === 'none' ? '已送评价，来电人没有按键' : satisfactionNames[said]

const codeOptions = wrapUpCodeIds.map((value) => ({ value, label: wrapUpCodes[value].name }))

function WrapUpForm({ call, readOnlyReason, onChanged }: Pick<CallDetailProps, 'call' | 'readOnlyReason' | 'onChanged'>) {
  const editing = useWrapUp(call, onChanged)
  const { value } = editing
  const reason = readOnlyReason ?? (editing.isChanged ? null : '没有改动')
  const isFixed = readOnlyReason !== null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter saves from every field of it.
    <div
      className="calls-wrap-up"
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey || reason !== null) return
        event.preventDefault()
        event.stopPropagation()
        void editing.save()
      }}
    >
      <div className="calls-wrap-up-line">
        <Select
          size="small"
          aria-label="话后小结"
          placeholder="话后小结"
          allowClear
          disabled={isFixed}
          value={value.code}
          options={codeOptions}
          onChange={(code) => editing.change({ ...value, code: code ?? null })}
        />
        <span className="ui-spring" />
        <ActionButton
          size="small"
          type="primary"
          keys="Ctrl+Enter"
          loading={editing.isSaving}
          reason={reason}
          onClick={() => void editing.save()}
        >
          保存小结
        </ActionButton>
      </div>
      <Input.TextArea
        aria-label="小结备注"
        placeholder="备注：要点、答应对方的事"
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={500}
        disabled={isFixed}
        value={value.note}
        onChange={(event) => editing.change({ ...value, note: event.target.value })}
        onBlur={editing.flush}
      />
      {editing.error && <CodedError error={editing.error} />}
    </div>
  )
}
