import { Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { chinaOffsetMs } from '#shared/base/china-time'
import { handlingClock } from '#shared/domain/case/clocks'
import {
  type FollowUpOutcome,
  followUpOutcomes,
  type NoteKind,
  noteKinds,
  type OversightLevel,
  oversightLevels,
  type ReplyWay,
  replyWayIds,
  replyWays,
} from '#shared/domain/case/inputs'
import { currentRound } from '#shared/domain/case/progress'
import { limitUnits } from '#shared/domain/clock/limit'
import { useQuery } from '../../../../bridge/use-query'
import { dueMoment } from '../../due-moment'
import { useCaseSearch } from '../../queue/case-search'
import { type FieldProps, FormField } from './form-field'
import { PinyinSelect } from './pinyin-select'

/** The fields that are one control each. */
export function ReviewOnField({ input, change }: FieldProps) {
  return (
    <FormField name="reviewOn" title="到期日期" isDue hint="到这一天再看">
      <DatePicker
        size="small"
        aria-label="到期日期"
        value={input.reviewOn ? dayjs(input.reviewOn) : null}
        minDate={dayjs()}
        onChange={(date) => change({ reviewOn: date ? date.format('YYYY-MM-DD') : '' })}
      />
    </FormField>
  )
}

export function DueAtField({ input, change }: FieldProps) {
  // The picker shows China time whatever zone the PC is set to.
  const shift = chinaOffsetMs + new Date(0).getTimezoneOffset() * 60_000
  return (
    <FormField name="dueAt" title="要求办结" isDue>
      <DatePicker
        size="small"
        aria-label="要求办结时间"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        value={input.dueAt === undefined ? null : dayjs(input.dueAt + shift)}
        onChange={(date) => change(date ? { dueAt: date.valueOf() - shift } : { dueAt: undefined })}
      />
    </FormField>
  )
}

const ways = replyWayIds.map((value) => ({ value, label: replyWays[value] }))

export function ReplyWayField({ input, change }: FieldProps) {
  return (
    <FormField name="replyWay" title="回传方式" isDue>
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="回传方式"
        options={ways}
        value={input.replyWay ?? null}
        onChange={(event) => change({ replyWay: event.target.value as ReplyWay })}
      />
    </FormField>
  )
}

export function ReturnedAtField({ input, change }: FieldProps) {
  const shift = chinaOffsetMs + new Date(0).getTimezoneOffset() * 60_000
  return (
    <FormField name="returnedAt" title="回传时间" hint="不填为现在">
      <DatePicker
        size="small"
        aria-label="回传时间"
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        value={input.returnedAt === undefined ? null : dayjs(input.returnedAt + shift)}
        onChange={(date) => change(date ? { returnedAt: date.valueOf() - shift } : { returnedAt: undefined })}
      />
    </FormField>
  )
}

const levels = (Object.keys(oversightLevels) as OversightLevel[]).map((value) => ({ value, label: oversightLevels[value] }))

/** Once handed over to inspection a case stays there: only its date can be set anew. */
export function OversightLevelField({ input, progress, change }: FieldProps) {
  const isInspected = progress.oversightLevel === 'inspection'
  return (
    <FormField name="oversightLevel" title="级别" hint={isInspected ? '已移交监察' : undefined}>
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="督办级别"
        disabled={isInspected}
        options={levels}
        value={isInspected ? 'inspection' : (input.oversightLevel ?? 'centre')}
        onChange={(event) => change({ oversightLevel: event.target.value as OversightLevel })}
      />
    </FormField>
  )
}

export function ExtraValueField({ input, progress, settings, change }: FieldProps) {
  const round = currentRound(progress)
  const unit = round ? limitUnits[round.limit.unit].name : ''
  const most = round && settings.profile ? Math.max(0, round.limit.value * settings.profile.extensionCap - round.extraValue) : undefined
  const limitWords = most === undefined ? '' : `最多还可延 ${most}`
  const extended =
    round && input.extraValue ? handlingClock({ ...round, extraValue: round.extraValue + input.extraValue }, settings.calendar) : null
  const dueWords = extended === null ? '' : `延至 ${dueMoment(settings.calendar, extended)}`
  return (
    <FormField name="extraValue" title="延长" isDue hint={[unit, limitWords, dueWords].filter(Boolean).join('，')}>
      <InputNumber
        size="small"
        aria-label="延长时间"
        min={0}
        {...(most !== undefined && { max: most })}
        value={input.extraValue ?? null}
        onChange={(value) => change({ extraValue: value === null ? undefined : Number(value) })}
      />
    </FormField>
  )
}

export function ApprovalNoteField({ input, change, isDue }: FieldProps & { readonly isDue: boolean }) {
  return (
    <FormField name="approvalNote" title="审批手续" isDue={isDue} hint={isDue ? undefined : '没有处置后照片时须注明'}>
      <Input
        size="small"
        aria-label="审批手续注明"
        maxLength={1000}
        placeholder="谁批准的、文号或日期"
        value={input.approvalNote ?? ''}
        onChange={(event) => change({ approvalNote: event.target.value })}
      />
    </FormField>
  )
}

export function SuggestedDepartmentField({ input, settings, change }: FieldProps) {
  return (
    <FormField name="suggestedDepartmentCode" title="建议派给" hint="可不填">
      <PinyinSelect
        label="建议的责任部门"
        choices={settings.departments.map(({ code, name }) => ({ value: code, label: name }))}
        value={input.suggestedDepartmentCode}
        onChange={(code) => change({ suggestedDepartmentCode: code })}
      />
    </FormField>
  )
}

export function CitizenInformedField({ input, change }: FieldProps) {
  return (
    <FormField name="citizenInformed" title="告知" isDue>
      <Checkbox checked={input.citizenInformed === true} onChange={(event) => change({ citizenInformed: event.target.checked })}>
        已告知来电人不立案及理由
      </Checkbox>
    </FormField>
  )
}

const kinds = (Object.keys(noteKinds) as NoteKind[]).map((value) => ({ value, label: noteKinds[value] }))

/** What a note is for; an ordinary opinion says nothing of it. */
export function NoteKindField({ input, change }: FieldProps) {
  return (
    <FormField name="noteKind" title="类别">
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="记录类别"
        options={kinds}
        value={input.noteKind ?? 'opinion'}
        onChange={(event) => change({ noteKind: event.target.value as NoteKind })}
      />
    </FormField>
  )
}

const outcomes = (Object.keys(followUpOutcomes) as FollowUpOutcome[]).map((value) => ({ value, label: followUpOutcomes[value] }))

export function OutcomeField({ input, change }: FieldProps) {
  return (
    <FormField name="outcome" title="回访结果" isDue hint="来电人的话写在下面">
      <Radio.Group
        size="small"
        optionType="button"
        aria-label="回访结果"
        options={outcomes}
        value={input.outcome ?? null}
        onChange={(event) => change({ outcome: event.target.value as FollowUpOutcome, method: 'phone' })}
      />
    </FormField>
  )
}

/** Another case: likely duplicates first, then what the centre finds by the number or words typed here. */
export function OtherCaseField({ input, caseId, change }: FieldProps) {
  const [typed, setTyped] = useState('')
  const query = useQuery('cases.duplicates', { caseId })
  const likely = query.value?.items ?? []
  const found = useCaseSearch(typed)
  const others = found.rows.filter((row) => row.caseId !== caseId && likely.every((each) => each.row.caseId !== row.caseId))
  const rows = [...likely, ...others.map((row) => ({ row, reasons: [] }))]
  const options = rows.map(({ row, reasons }) => ({
    value: row.caseId,
    label: [row.caseNo, row.subclassName, row.address, reasons.join('，')].filter(Boolean).join('　'),
  }))
  const chosen = input.otherCaseId
  // A draft keeps the number of what was chosen; the row itself may not be listed again.
  const isListed = chosen === undefined || options.some(({ value }) => value === chosen)
  return (
    <FormField name="otherCaseId" title="另一案卷" isDue hint={query.error?.message ?? found.error?.message}>
      <Select
        size="small"
        aria-label="另一案卷"
        showSearch={{ filterOption: false, onSearch: setTyped }}
        loading={query.isLoading || found.isSearching}
        placeholder={likely.length > 0 ? '疑似重复的在前；也可输入案卷号、位置' : '没有疑似重复的；输入案卷号或位置查找'}
        notFoundContent={typed.trim() === '' ? '输入案卷号、位置或描述里的词' : found.isSearching ? '正在查找' : '没有找到您可查看的案卷'}
        value={chosen ?? null}
        options={isListed ? options : [{ value: chosen, label: input.otherCaseNo ?? chosen }, ...options]}
        onChange={(otherCaseId: string) => {
          const caseNo = rows.find(({ row }) => row.caseId === otherCaseId)?.row.caseNo
          change({ otherCaseId, ...(caseNo !== undefined && { otherCaseNo: caseNo }) })
        }}
      />
    </FormField>
  )
}
