import { Button, Input, InputNumber, Select } from 'antd'
import { useEffect, useMemo } from 'react'
import { clockOf } from '#shared/domain/clock/case-clock'
import { describeLimit, type Limit, type LimitUnit, limitUnits } from '#shared/domain/clock/limit'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { useDocument } from '../../../../bridge/use-document'
import { useNow } from '../../../../bridge/use-now'
import { dueMoment } from '../../due-moment'
import { handbookEntryOf } from '../handbook-panel'
import { type FieldProps, FormField } from './form-field'
import { PinyinMultiSelect, PinyinSelect } from './pinyin-select'
import { responsibleRow } from './responsible-row'

/** 责任部门, limit, legal basis: proposed by the responsibility matrix and the handbook, with the reason shown; taken over by hand or by Alt+Q. */
export function DispatchFields({ input, progress, settings, conditionId: filedUnder, change }: FieldProps) {
  const matrix = useDocument('responsibility')
  const { facts } = progress
  const entry = handbookEntryOf(settings, facts)
  const row = useMemo(() => matrix && responsibleRow(matrix.rows, facts), [matrix, facts])
  const filed = entry?.conditions.find(({ conditionId }) => conditionId === filedUnder)
  const limit = filed?.limit ?? row?.limit
  const department = settings.departments.find(({ code }) => code === row?.departmentCode)
  const choices = useMemo(() => settings.departments.map(({ code, name }) => ({ value: code, label: name })), [settings.departments])

  // What nobody touched yet takes the proposal.
  useEffect(() => {
    if (!row || input.departmentCode !== undefined || input.limit !== undefined || input.legalBasis !== undefined) return
    change({
      ...(department && { departmentCode: department.code, departmentName: department.name }),
      ...(limit && { limit }),
      legalBasis: row.legalBasis,
    })
  }, [row, department, limit, input, change])

  function choose(code: string | undefined): void {
    const name = settings.departments.find((each) => each.code === code)?.name
    change({ departmentCode: code, departmentName: name })
  }
  const area = row && (settings.communities.get(row.areaCode) ?? settings.streets.get(row.areaCode) ?? '全区')
  return (
    <>
      <FormField
        name="departmentCode"
        title="责任部门"
        isDue
        hint={
          row && department ? (
            input.departmentCode === department.code ? (
              `依责任矩阵：${facts.subclassName}·${area}`
            ) : (
              <Button size="small" type="dashed" onClick={() => choose(department.code)}>
                矩阵建议 {department.name}
              </Button>
            )
          ) : (
            '责任矩阵没有这个小类与街道的条目'
          )
        }
      >
        <PinyinSelect label="责任部门" choices={choices} value={input.departmentCode} onChange={choose} />
      </FormField>
      <LimitField input={input} change={change} proposed={limit} calendar={settings.calendar} />
      <FormField name="legalBasis" title="派遣依据" isDue>
        <Input
          size="small"
          aria-label="派遣依据"
          maxLength={500}
          value={input.legalBasis ?? ''}
          onChange={(event) => change({ legalBasis: event.target.value })}
        />
      </FormField>
      <FormField name="cooperating" title="协办部门">
        <PinyinMultiSelect
          label="协办部门"
          choices={choices.filter(({ value }) => value !== input.departmentCode)}
          values={input.cooperating?.map(({ code }) => code) ?? []}
          onChange={(codes) => change({ cooperating: settings.departments.filter(({ code }) => codes.includes(code)) })}
        />
      </FormField>
    </>
  )
}

const units = (Object.keys(limitUnits) as LimitUnit[]).map((value) => ({ value, label: limitUnits[value].name }))

interface LimitFieldProps extends Pick<FieldProps, 'input' | 'change'> {
  readonly proposed: Limit | undefined
  readonly calendar: WorkCalendar
}

function LimitField({ input, change, proposed, calendar }: LimitFieldProps) {
  const now = useNow(60_000)
  const clock = input.limit && input.limit.value > 0 ? clockOf(calendar, { limit: input.limit, startedAt: now }) : null
  const hints = [proposed && `手册 ${describeLimit(proposed)}`, clock && `现在派出到 ${dueMoment(calendar, clock)}`]
  const { value, unit } = input.limit ?? { value: undefined, unit: proposed?.unit ?? ('workingHour' as const) }
  return (
    <FormField name="limit" title="处置时限" isDue hint={hints.filter(Boolean).join('，')}>
      <InputNumber
        size="small"
        aria-label="处置时限"
        min={0}
        max={1000}
        value={value ?? null}
        onChange={(next) => change({ limit: next === null ? undefined : { value: Number(next), unit } })}
      />
      <Select
        size="small"
        aria-label="时限单位"
        value={unit}
        options={units}
        onChange={(next) => change({ limit: { value: value ?? 1, unit: next } })}
      />
    </FormField>
  )
}
