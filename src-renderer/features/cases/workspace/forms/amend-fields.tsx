import { Checkbox, Input } from 'antd'
import { useMemo } from 'react'
import type { FactChange } from '#shared/domain/case/facts'
import { transitionOf } from '#shared/domain/case/transitions'
import { explainGridCode, parseGridCode } from '#shared/domain/grid/grid-code'
import { useDocument } from '../../../../bridge/use-document'
import { AgentsSelect } from '../../agents-select'
import { type FieldProps, FormField } from './form-field'
import { PinyinSelect } from './pinyin-select'

/** 更正: only what differs is sent. Beyond dispatch only the marks of secrecy are offered, as the workflow takes no more. */
export function AmendFields(props: FieldProps) {
  const { state } = props.progress
  const isSecrecyOnly = transitionOf('amend', state)?.guards.includes('secrecyOnly') === true
  return (
    <>
      {!isSecrecyOnly && <WorkFields {...props} />}
      <SecrecyFields {...props} />
    </>
  )
}

/** What the patch changes of the facts as they are; nothing when it changes nothing. */
function changedBy({ input, progress: { facts } }: FieldProps, patch: FactChange): FactChange | undefined {
  const next = Object.entries({ ...input.facts, ...patch }).filter(([name, value]) => !isSame(value, facts[name as keyof FactChange]))
  return next.length === 0 ? undefined : Object.fromEntries(next)
}

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (Array.isArray(one) && Array.isArray(other) && one.join() === other.join())

/** Who may see the case. */
function SecrecyFields(props: FieldProps) {
  const { facts } = props.progress
  const changed = props.input.facts ?? {}
  const put = (patch: FactChange) => props.change({ facts: changedBy(props, patch) })
  return (
    <>
      <FormField name="facts.isSensitive" title="敏感">
        <Checkbox checked={changed.isSensitive ?? facts.isSensitive} onChange={(event) => put({ isSensitive: event.target.checked })}>
          只有主管领导可见
        </Checkbox>
      </FormField>
      <FormField name="facts.namedAgents" title="投诉坐席" hint="被投诉人看不到这一件">
        <AgentsSelect value={changed.namedAgents ?? facts.namedAgents} onChange={(namedAgents) => put({ namedAgents })} />
      </FormField>
    </>
  )
}

/** Subclass by name, code or pinyin; place in words; grid by its code, explained while it is typed. */
function WorkFields(props: FieldProps) {
  const { input, progress, settings, change } = props
  const { facts } = progress
  const standard = settings.profile?.classification ?? facts.standard
  const edition = useDocument('classification', (title) => title.includes(standard))
  const areas = useDocument('areas')
  const choices = useMemo(
    () => edition?.subclasses.map(({ kind, code, name }) => ({ value: `${kind}/${code}`, label: `${code} ${name}` })) ?? [],
    [edition],
  )
  const changed = input.facts ?? {}

  const put = (patch: FactChange) => change({ facts: changedBy(props, patch) })
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
