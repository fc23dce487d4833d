import { Checkbox, Input } from 'antd'
import { useMemo } from 'react'
import type { FactChange } from '#shared/domain/case/facts'
import { explainGridCode, parseGridCode } from '#shared/domain/grid/grid-code'
import { useDocument } from '../use-document'
import { type FieldProps, FormField } from './form-field'
import { PinyinSelect } from './pinyin-select'

/** 更正: subclass by name, code or pinyin; place in words; grid by its code, explained while it is typed. Only what differs is sent. */
export function AmendFields({ input, progress, settings, change }: FieldProps) {
  const { facts } = progress
  const standard = settings.profile?.classification ?? facts.standard
  const edition = useDocument('classification', (title) => title.includes(standard))
  const areas = useDocument('areas')
  const choices = useMemo(
    () => edition?.subclasses.map(({ kind, code, name }) => ({ value: `${kind}/${code}`, label: `${code} ${name}` })) ?? [],
    [edition],
  )
  const changed = input.facts ?? {}

  function put(patch: FactChange): void {
    const next = Object.entries({ ...changed, ...patch }).filter(([name, value]) => value !== facts[name as keyof FactChange])
    change({ facts: next.length === 0 ? undefined : Object.fromEntries(next) })
  }
  function choose(value: string | undefined): void {
    const chosen = edition?.subclasses.find(({ kind, code }) => `${kind}/${code}` === value)
    if (!edition || !chosen) return
    const majorName = edition.majorClasses.find(({ kind, code }) => kind === chosen.kind && code === chosen.majorCode)?.name ?? ''
    put({ kind: chosen.kind, standard: edition.standard, subclassCode: chosen.code, subclassName: chosen.name, majorName })
  }
  const gridText = changed.gridCode ?? facts.gridCode ?? ''
  const parsed = gridText === '' ? undefined : parseGridCode(gridText)
  const kind = changed.kind ?? facts.kind
  const code = changed.subclassCode ?? facts.subclassCode
  return (
    <>
      <FormField name="facts" title="小类" hint={edition?.standard}>
        <PinyinSelect label="小类" choices={choices} value={code === '' ? undefined : `${kind}/${code}`} onChange={choose} />
      </FormField>
      <FormField name="facts.address" title="位置">
        <Input
          size="small"
          aria-label="位置"
          maxLength={200}
          value={changed.address ?? facts.address}
          onChange={(event) => put({ address: event.target.value })}
        />
      </FormField>
      <FormField
        name="facts.gridCode"
        title="单元网格"
        hint={
          parsed === undefined ? '15 位' : parsed.ok ? (areas ? explainGridCode(parsed.value, areas).words : '') : parsed.error.explanation
        }
      >
        <Input
          size="small"
          aria-label="单元网格"
          maxLength={15}
          status={parsed && !parsed.ok ? 'error' : ''}
          value={gridText}
          onChange={({ target: { value } }) => {
            const grid = parseGridCode(value)
            put({
              gridCode: value === '' ? null : value,
              ...(grid.ok && { streetCode: grid.value.streetCode, communityCode: grid.value.communityCode }),
            })
          }}
        />
      </FormField>
      <FormField name="facts.isUrgent" title="紧急程度">
        <Checkbox checked={changed.isUrgent ?? facts.isUrgent} onChange={(event) => put({ isUrgent: event.target.checked })}>
          紧急
        </Checkbox>
      </FormField>
    </>
  )
}
