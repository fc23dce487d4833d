import { Checkbox, DatePicker, Input, InputNumber, Radio, Select } from 'antd'
import dayjs from 'dayjs'
import { chinaOffsetMs } from '#shared/base/china-time'
import { type FollowUpOutcome, followUpOutcomes } from '#shared/domain/case/inputs'
import { currentRound } from '#shared/domain/case/progress'
import { limitUnits } from '#shared/domain/clock/limit'
import { useQuery } from '../../../../bridge/use-query'
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

export function ExtraValueField({ input, progress, settings, change }: FieldProps) {
  const round = currentRound(progress)
  const unit = round ? limitUnits[round.limit.unit].name : ''
  const most = round && settings.profile ? Math.max(0, round.limit.value * settings.profile.extensionCap - round.extraValue) : undefined
  return (
    <FormField name="extraValue" title="延长" isDue hint={most === undefined ? unit : `${unit}，最多还可延 ${most}`}>
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

/** Another case: likely duplicates first. */
export function OtherCaseField({ input, caseId, change }: FieldProps) {
  const query = useQuery('cases.duplicates', { caseId })
  const items = query.value?.items ?? []
  const options = items.map(({ row, reasons }) => ({
    value: row.caseId,
    label: `${row.caseNo}　${row.subclassName}　${row.address}　${reasons.join('，')}`,
  }))
  return (
    <FormField
      name="otherCaseId"
      title="另一案卷"
      isDue
      hint={query.error?.message ?? (query.value && items.length === 0 ? '附近没有相似的案卷。' : undefined)}
    >
      <Select
        size="small"
        aria-label="另一案卷"
        showSearch={{ optionFilterProp: 'label' }}
        loading={query.isLoading}
        placeholder="疑似重复的在前"
        value={input.otherCaseId ?? null}
        options={options}
        onChange={(otherCaseId: string) => {
          const caseNo = items.find(({ row }) => row.caseId === otherCaseId)?.row.caseNo
          change({ otherCaseId, ...(caseNo !== undefined && { otherCaseNo: caseNo }) })
        }}
      />
    </FormField>
  )
}
