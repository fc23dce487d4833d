import { Input } from 'antd'
import { useMemo } from 'react'
import { type CodeReading, explainCode } from '#shared/domain/grid/explain-code'
import { PinyinSelect } from '../workspace/forms/pinyin-select'
import { RegistrationLine, type RegistrationPartProps } from './registration-line'

/** 小类 by name, code or pinyin initials, its 大类 beside it; and the component's own code, read out part by part. */
export function ClassFields({ draft, lists, change }: RegistrationPartProps) {
  const { edition, known } = lists
  const choices = useMemo(
    () =>
      edition?.subclasses.map(({ kind, code, name, majorCode }) => ({
        value: `${kind}/${code}`,
        label: `${code} ${name}　${kind === 'component' ? '部件' : '事件'}·${majorNameOf(edition, kind, majorCode)}`,
      })) ?? [],
    [edition],
  )
  function choose(value: string | undefined): void {
    const chosen = edition?.subclasses.find(({ kind, code }) => `${kind}/${code}` === value)
    if (!edition || !chosen) {
      change({ subclassCode: '', subclassName: '', majorName: '' })
      return
    }
    change({
      ...{ kind: chosen.kind, standard: edition.standard, subclassCode: chosen.code, subclassName: chosen.name },
      majorName: majorNameOf(edition, chosen.kind, chosen.majorCode),
    })
  }
  const component = readComponent(draft.componentCode, lists)
  function typeComponent(componentCode: string): void {
    const read = readComponent(componentCode, lists)
    const code = componentCode.trim().slice(6, 11)
    // A code of the edition in force says the class as well.
    const isSame =
      read?.standard === edition?.standard && edition?.subclasses.some((each) => each.kind === 'component' && each.code === code)
    if (draft.subclassCode === '' && isSame) choose(`component/${code}`)
    change({ componentCode })
  }
  const majorHint = draft.subclassCode === '' ? '预立案前定' : `${draft.kind === 'component' ? '部件' : '事件'}·${draft.majorName}`
  return (
    <>
      <RegistrationLine title="小类" fields={['subclassCode']} isDue={draft.isUrgent} hint={majorHint}>
        <PinyinSelect
          label="小类"
          choices={choices}
          value={draft.subclassCode === '' ? undefined : `${draft.kind}/${draft.subclassCode}`}
          onChange={choose}
        />
      </RegistrationLine>
      <RegistrationLine
        title="部件编码"
        fields={['componentCode']}
        hint={component ? readingWords(component) : known.editions.length === 0 ? undefined : '16 或 17 位，可不填'}
      >
        <Input
          size="small"
          aria-label="部件编码"
          className="reg-code"
          maxLength={17}
          value={draft.componentCode}
          onChange={({ target }) => typeComponent(target.value)}
        />
      </RegistrationLine>
    </>
  )
}

type Edition = NonNullable<RegistrationPartProps['lists']['edition']>
const majorNameOf = ({ majorClasses }: Edition, kind: string, majorCode: string): string =>
  majorClasses.find((major) => major.kind === kind && major.code === majorCode)?.name ?? ''

function readComponent(typed: string, { known }: RegistrationPartProps['lists']): CodeReading | undefined {
  if (typed.trim().length < 16) return undefined
  const read = explainCode(typed, known.editions)
  return read.ok ? read.value[0] : undefined
}

/** `GB/T 47678.5-2026：公用设施·上水井盖，第 417 号`, with what it is called today when the code is an old one. */
function readingWords({ standard, parts, subclassName, successor }: CodeReading): string {
  const major = parts.find(({ name }) => name === '大类')?.meaning
  const serial = Number(parts.find(({ name }) => name === '流水号')?.digits ?? 0)
  const today = successor ? `，现为 ${successor.code} ${successor.name}` : ''
  return `${standard}：${major === null || major === undefined ? '' : `${major}·`}${subclassName ?? ''}，第 ${serial} 号${today}`
}
