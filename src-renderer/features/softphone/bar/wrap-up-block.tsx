import { Dropdown, Input, Select } from 'antd'
import { useEffect, useRef, useState } from 'react'
import type { CallRecord } from '#shared/contracts/call-shapes'
import type { TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { isWithCitizen } from '#shared/domain/call/call'
import { endingWords } from '#shared/domain/call/ending'
import { wrapUpCodeIds, wrapUpCodes } from '#shared/domain/call/wrap-up'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { callBackTimes } from '../../../ui/call-back-times'
import { formatClock, formatDateTime, formatTime } from '../../../ui/time-format'
import { useSoftphone } from '../softphone'
import { callerNumber } from './call-words'
import { useSummary } from './use-summary'

/** Thirty seconds after a call: what it came to, in one word and a line. It stands in the bar, so that the report can be written meanwhile. */
export function WrapUpBlock({ telephone }: { readonly telephone: TelephoneView }) {
  const { ask, panel, openPanel } = useSoftphone()
  const { lastEnded } = telephone
  const [{ code, note }, change, forget] = useSummary(lastEnded)
  const root = useRef<HTMLDivElement>(null)
  // Its key goes to what is still to be said: the code, or with one the note, where Enter finishes.
  useEffect(() => {
    if (panel !== 'summary') return
    openPanel(null)
    root.current?.querySelector<HTMLElement>(code === null ? '[role=combobox]' : 'input[aria-label=小结备注]')?.focus()
  }, [panel, openPanel, code])
  async function finish(): Promise<void> {
    if (await ask({ command: 'agent.finishWrapUp', input: { code, note: note.trim() } })) forget()
  }
  return (
    <div className="wrap-up" ref={root}>
      {lastEnded && <LastCall record={lastEnded} isNumberHidden={telephone.hidesNumbers && isWithCitizen(lastEnded)} />}
      <Select
        size="small"
        aria-label="通话小结"
        placeholder={telephone.agent.isCodeDue ? '选小结 *' : '小结'}
        {...(telephone.agent.isCodeDue && code === null && { status: 'warning' as const })}
        allowClear
        value={code}
        onChange={(next) => {
          change({ code: next ?? null, note })
          if (next) openPanel('summary')
        }}
        options={wrapUpCodeIds.map((id) => ({ value: id, label: wrapUpCodes[id].name }))}
        popupMatchSelectWidth={false}
      />
      <Input
        size="small"
        aria-label="小结备注"
        placeholder="备注，Enter 完成"
        maxLength={500}
        value={note}
        onChange={({ target }) => change({ code, note: target.value })}
        onPressEnter={(event) => !event.nativeEvent.isComposing && void finish()}
      />
      <ActionButton
        size="small"
        type="primary"
        reason={telephone.agent.isCodeDue && code === null ? '先选这通电话的小结' : null}
        onClick={() => void finish()}
      >
        完成
      </ActionButton>
      <ActionButton size="small" onClick={() => void ask({ command: 'agent.extendWrapUp', input: {} })}>
        延长
      </ActionButton>
      {lastEnded && lastEnded.number !== null && <PromiseButton record={lastEnded} />}
    </div>
  )
}

/** The citizen is called back at a time that was promised: it stands on top of the call log until then, and is told when it comes. */
function PromiseButton({ record }: { readonly record: CallRecord }) {
  const { ask } = useSoftphone()
  const now = useNow(10_000)
  const [at, setAt] = useState<number | null>(record.callBackAt ?? null)
  async function promise(key: string): Promise<void> {
    const next = callBackTimes.find((each) => each.key === key)?.at(now) ?? null
    if (await ask({ command: 'callLog.promise', input: { callId: record.callId, at: next } })) setAt(next)
  }
  const items = [
    ...callBackTimes.map(({ key, name }) => ({ key, label: name })),
    ...(at === null ? [] : [{ key: 'none', label: '不再约定' }]),
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => void promise(key) }}>
      <button
        type="button"
        className="call-small wrap-up-promise"
        title={at === null ? '约定回拨的时间' : `已约定 ${formatDateTime(at)} 回拨`}
      >
        {at === null ? '约回拨' : `约 ${formatTime(at)}`}
      </button>
    </Dropdown>
  )
}

function LastCall({ record, isNumberHidden }: { readonly record: CallRecord; readonly isNumberHidden: boolean }) {
  return (
    <span className="two-lines">
      <b className="clipped">{callerNumber({ ...record, isNumberHidden })}</b>
      <span className="meta clipped">
        {endingWords(record)}
        {record.answeredAt !== null && `，通话 ${formatClock(record.endedAt - record.answeredAt)}`}
      </span>
    </span>
  )
}
