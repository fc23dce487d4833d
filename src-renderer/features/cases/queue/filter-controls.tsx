import { Input, type InputRef, Select } from 'antd'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { caseSourceIds, caseSources } from '#shared/domain/case/states'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import type { CaseSettings } from '../use-case-settings'
import type { ColumnKey } from './columns'
import { type QueueFields, type VerificationField, verificationFields } from './queue-filter'
import { lampNames, type RowLamp, shortStreet } from './row-words'

/** The controls of the filter row, by column. Esc in a text empties it, then goes back to the table; Down and Enter go back at once. */
export interface FilterControls {
  readonly fields: QueueFields
  readonly counts: Readonly<Record<RowLamp, number>>
  readonly settings: CaseSettings
  readonly addressRef: RefObject<InputRef | null>
  onChange(fields: QueueFields): void
  onLeave(): void
}

export function filterControls(given: FilterControls): Readonly<Partial<Record<ColumnKey, ReactNode>>> {
  const { fields, settings, onChange } = given
  const change = (part: Partial<QueueFields>) => onChange({ ...fields, ...part })
  const streets = [...settings.streets].map(([value, name]) => ({ value, label: shortStreet(name) }))
  return {
    lamp: <LampChips {...given} />,
    caseNo: (
      <TextFilter {...given} label="案卷号末几位" placeholder="末四位" value={fields.number} onText={(number) => change({ number })} />
    ),
    subclass: (
      <TextFilter
        {...given}
        label="小类，可用首字母"
        placeholder="首字母"
        value={fields.subclass}
        onText={(subclass) => change({ subclass })}
      />
    ),
    source: (
      <Choice
        label="来源"
        value={fields.source}
        options={caseSourceIds.map((value) => ({ value, label: caseSources[value].name }))}
        onChoose={(source) => change({ source })}
      />
    ),
    street: <Choice label="街道" value={fields.street} options={streets} onChoose={(street) => change({ street })} />,
    address: (
      <TextFilter
        {...given}
        label="位置或描述"
        placeholder="路名、门牌、社区"
        value={fields.address}
        inputRef={given.addressRef}
        suffix={<Kbd framed>/</Kbd>}
        onText={(address) => change({ address })}
      />
    ),
    verification: (
      <Choice
        label="核实"
        value={fields.verification}
        options={(Object.keys(verificationFields) as VerificationField[]).map((value) => ({ value, label: verificationFields[value] }))}
        onChoose={(verification) => change({ verification })}
      />
    ),
  }
}

function LampChips({ fields, counts, onChange }: FilterControls) {
  const lamps = (['red', 'amber', 'green', 'frozen'] as const).filter((lamp) => lamp !== 'frozen' || counts.frozen > 0)
  return (
    <span className="cases-lamps">
      {lamps.map((lamp) => {
        const isOn = fields.lamps.includes(lamp)
        return (
          <button
            key={lamp}
            type="button"
            aria-pressed={isOn}
            aria-label={`${lampNames[lamp]} ${counts[lamp]} 件`}
            title={`只看${lampNames[lamp]}`}
            onClick={() => onChange({ ...fields, lamps: isOn ? fields.lamps.filter((each) => each !== lamp) : [...fields.lamps, lamp] })}
          >
            <Lamp tone={lamp} label="" />
            {counts[lamp]}
          </button>
        )
      })}
    </span>
  )
}

interface TextFilterProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly inputRef?: RefObject<InputRef | null>
  readonly suffix?: ReactNode
  onText(text: string): void
  onLeave(): void
}

function TextFilter({ label, placeholder, value, inputRef, suffix, onText, onLeave }: TextFilterProps) {
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && value !== '') onText('')
    else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') onLeave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <Input
      size="small"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      // Always there, perhaps empty: an input that gains or loses its suffix is made anew and loses the focus.
      suffix={suffix && (value === '' ? suffix : <span />)}
      {...(inputRef && { ref: inputRef })}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  )
}

function Choice<T extends string>(given: {
  readonly label: string
  readonly value: T | null
  readonly options: { readonly value: T; readonly label: string }[]
  onChoose(value: T | null): void
}) {
  return (
    <Select<T | ''>
      size="small"
      aria-label={given.label}
      value={given.value ?? ''}
      popupMatchSelectWidth={false}
      options={[{ value: '', label: '全部' }, ...given.options]}
      onChange={(value) => given.onChoose(value === '' ? null : value)}
    />
  )
}
