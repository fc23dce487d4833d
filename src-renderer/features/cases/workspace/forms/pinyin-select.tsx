import { Select } from 'antd'
import { useMemo } from 'react'
import { indexText, matchIndexed } from '../../../../ui/pinyin-match'

interface Choice {
  readonly value: string
  readonly label: string
}

interface PinyinSelectProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string | undefined
  readonly placeholder?: string
  onChange(value: string | undefined): void
}

/** A list of names found by characters, code or pinyin initials. */
export function PinyinSelect({ label, choices, value, placeholder = '输入名称、编码或拼音首字母', onChange }: PinyinSelectProps) {
  const { options, fits } = usePinyin(choices)
  return (
    <Select
      aria-label={label}
      size="small"
      showSearch={{ filterOption: fits }}
      allowClear
      placeholder={placeholder}
      value={value ?? null}
      options={options}
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? undefined)}
    />
  )
}

export function PinyinMultiSelect({
  label,
  choices,
  values,
  onChange,
}: {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly values: readonly string[]
  onChange(values: readonly string[]): void
}) {
  const { options, fits } = usePinyin(choices)
  return (
    <Select
      mode="multiple"
      aria-label={label}
      size="small"
      showSearch={{ filterOption: fits }}
      maxCount={10}
      placeholder="可不填"
      value={[...values]}
      options={options}
      onChange={(chosen: string[]) => onChange(chosen)}
    />
  )
}

function usePinyin(choices: readonly Choice[]) {
  return useMemo(() => {
    const indexes = new Map(choices.map(({ value, label }) => [value, indexText({ text: label, code: value })]))
    const options = choices.map(({ value, label }) => ({ value, label }))
    const fits = (typed: string, option?: { readonly value?: unknown }) => {
      const index = indexes.get(String(option?.value))
      return index !== undefined && matchIndexed(typed, index) !== undefined
    }
    return { options, fits }
  }, [choices])
}
