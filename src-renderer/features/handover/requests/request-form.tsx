import { Checkbox, DatePicker, Input, InputNumber, Segmented, Select } from 'antd'
import dayjs from 'dayjs'
import { useEffect, useRef, useState } from 'react'
import type { RequestDraft } from '#shared/contracts/shift-shapes'
import { type LeaveKind, leaveKinds, leavesWithProof } from '#shared/domain/shift/request'
import { useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { SectionTitle } from '../../../ui/pane-header'

type Kind = RequestDraft['kind']
const kinds = [
  { value: 'leave', label: '请假、调休' },
  { value: 'swap', label: '调班' },
  { value: 'overtime', label: '加班' },
] as const

interface Fields {
  readonly kind: Kind
  readonly leave: LeaveKind
  readonly dates: readonly string[]
  readonly isTold: boolean
  readonly proof: string
  readonly withNo: string
  readonly withName: string
  readonly inReturn: string
  readonly hours: number
  readonly reason: string
}

const empty: Fields = {
  ...{
    kind: 'leave',
    leave: 'personal',
    dates: [],
    isTold: false,
    proof: '',
    withNo: '',
    withName: '',
    inReturn: '',
    hours: 8,
    reason: '',
  },
}

/** The request as it is asked, or what is still missing. */
export function draftOf(fields: Fields): RequestDraft | string {
  const { kind, dates, reason } = fields
  const [date] = dates
  if (!date) return kind === 'leave' ? '先选哪几天。' : '先选哪一天。'
  if (reason.trim() === '') return '先写事由。'
  const why = { reason: reason.trim() }
  if (kind === 'leave') {
    return { kind, leave: fields.leave, dates: [...dates].sort(), isTold: fields.isTold, proof: fields.proof.trim() || null, ...why }
  }
  if (kind === 'overtime') return { kind, date, hours: fields.hours, ...why }
  if (fields.withNo === '') return '先选由谁上。'
  return { kind, date, withNo: fields.withNo, withName: fields.withName, inReturn: fields.inReturn || null, ...why }
}

/** Asking for leave, a swap, or telling of overtime. Who has to agree is said before it is sent. */
export function RequestForm({ onAsk, onClose }: { onAsk(draft: RequestDraft): Promise<boolean>; onClose(): void }) {
  const [fields, setFields] = useState(empty)
  const [isBusy, setBusy] = useState(false)
  const { reason: offline } = useFreshness()
  const draft = draftOf(fields)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input[type=radio]:checked')?.focus(), [])
  const change = (part: Partial<Fields>) => setFields({ ...fields, ...part })
  async function ask(): Promise<void> {
    if (typeof draft === 'string' || isBusy || offline !== null) return
    setBusy(true)
    if (await onAsk(draft)) setFields(empty)
    setBusy(false)
  }
  return (
    <form
      ref={form}
      className="request-form"
      aria-label="新申请"
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) void ask()
        else if (event.key === 'Escape') onClose()
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <SectionTitle title="新申请" meta={wayWords(fields)} />
      <Segmented<Kind>
        size="small"
        aria-label="类别"
        value={fields.kind}
        options={[...kinds]}
        onChange={(kind) => change({ kind, dates: [] })}
      />
      {fields.kind === 'leave' && <LeaveFields fields={fields} change={change} />}
      {fields.kind === 'swap' && <SwapFields fields={fields} change={change} />}
      {fields.kind === 'overtime' && (
        <>
          <OneDay label="哪一天" value={fields.dates[0]} onChange={(date) => change({ dates: date ? [date] : [] })} />
          <div className="request-row">
            <span>几小时</span>
            <InputNumber
              aria-label="几小时"
              size="small"
              min={1}
              max={24}
              precision={0}
              value={fields.hours}
              onChange={(hours) => change({ hours: hours ?? 1 })}
            />
          </div>
        </>
      )}
      <div className="request-row">
        <span>事由</span>
        <Input
          size="small"
          aria-label="事由"
          maxLength={200}
          value={fields.reason}
          onChange={(event) => change({ reason: event.target.value })}
        />
      </div>
      <div className="request-actions">
        <ActionButton onClick={onClose}>收起</ActionButton>
        <ActionButton
          type="primary"
          keys="Ctrl+Enter"
          htmlType="submit"
          loading={isBusy}
          reason={offline ?? (typeof draft === 'string' ? draft : null)}
        >
          提交
        </ActionButton>
      </div>
    </form>
  )
}

function wayWords({ kind, leave }: Fields): string {
  if (kind === 'swap') return '对方 → 值班长 → 平台助理，都同意后排班表随之改'
  if (kind === 'overtime') return '由值班长核定，8 小时抵调休一天'
  return leave === 'public' || leave === 'likePublic' ? '值班长 → 平台主管' : '平台主管批准'
}

interface FieldsProps {
  readonly fields: Fields
  change(part: Partial<Fields>): void
}

function LeaveFields({ fields, change }: FieldsProps) {
  return (
    <>
      <div className="request-row">
        <span>假别</span>
        <Select<LeaveKind>
          aria-label="假别"
          size="small"
          value={fields.leave}
          onChange={(leave) => change({ leave })}
          options={(Object.keys(leaveKinds) as LeaveKind[]).map((value) => ({ value, label: leaveKinds[value] }))}
        />
      </div>
      <div className="request-row">
        <span>哪几天</span>
        <DatePicker
          multiple
          aria-label="哪几天"
          size="small"
          maxTagCount="responsive"
          value={fields.dates.map((date) => dayjs(date))}
          onChange={(days) => change({ dates: (Array.isArray(days) ? days : []).map((day) => day.format('YYYY-MM-DD')) })}
        />
      </div>
      {leavesWithProof.includes(fields.leave) && (
        <>
          <div className="request-row">
            <span>证明</span>
            <Input
              size="small"
              maxLength={200}
              aria-label="证明"
              placeholder="假条或证明的编号；没有到手先空着"
              value={fields.proof}
              onChange={(event) => change({ proof: event.target.value })}
            />
          </div>
          <Checkbox checked={fields.isTold} onChange={(event) => change({ isTold: event.target.checked })}>
            已电话报告，证明后补
          </Checkbox>
        </>
      )}
    </>
  )
}

function SwapFields({ fields, change }: FieldsProps) {
  const { isLive } = useFreshness()
  const me = useTopic('session.changed')?.agent?.accountNo
  const today = dayjs().format('YYYY-MM-DD')
  const read = useQuery('roster.read', isLive ? { from: today, until: dayjs().add(45, 'day').format('YYYY-MM-DD') } : undefined)
  const lines = read.value?.lines ?? []
  const mine = [...new Set(lines.filter(({ accountNo }) => accountNo === me).map(({ date }) => date))]
  const others = new Map(lines.filter(({ accountNo }) => accountNo !== me).map(({ accountNo, name }) => [accountNo, name]))
  const theirs = [...new Set(lines.filter(({ accountNo }) => accountNo === fields.withNo).map(({ date }) => date))]
  const daysOf = (dates: readonly string[]) => dates.map((value) => ({ value, label: value }))
  return (
    <>
      <div className="request-row">
        <span>我的班</span>
        <Select
          size="small"
          aria-label="我的班"
          placeholder="排班表上我的日子"
          value={fields.dates[0] ?? null}
          onChange={(date: string) => change({ dates: [date] })}
          options={daysOf(mine)}
          notFoundContent="排班表上没有您往后的班"
        />
      </div>
      <div className="request-row">
        <span>由谁上</span>
        <Select
          size="small"
          aria-label="由谁上"
          showSearch={{ optionFilterProp: 'label' }}
          value={fields.withNo || null}
          onChange={(withNo: string) => change({ withNo, withName: others.get(withNo) ?? withNo, inReturn: '' })}
          options={[...others].map(([value, name]) => ({ value, label: `${name} ${value}` }))}
        />
      </div>
      <div className="request-row">
        <span>我还哪天</span>
        <Select
          size="small"
          allowClear
          aria-label="我还哪天"
          placeholder="不还就空着"
          value={fields.inReturn || null}
          onChange={(inReturn: string | undefined) => change({ inReturn: inReturn ?? '' })}
          options={daysOf(theirs)}
        />
      </div>
    </>
  )
}

function OneDay({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string | undefined
  onChange(date: string | undefined): void
}) {
  return (
    <div className="request-row">
      <span>{label}</span>
      <DatePicker
        size="small"
        aria-label={label}
        value={value ? dayjs(value) : null}
        onChange={(day) => onChange(day?.format('YYYY-MM-DD'))}
      />
    </div>
  )
}
