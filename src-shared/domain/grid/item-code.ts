import { err, ok, type Result } from '../../base/result'
import { type CodeProblem, isDigits, plainCode } from './code-problem'

/**
 * Codes of components 部件 and matters 事项 (events): region, major class, minor class and, for a component, its running number. Their lengths tell
 * the old standards from the new one; whether the subclass exists is looked up in the classification documents. The two old standards have
 * codes of the same shape, so such a code must be read together with its standard.
 *
 *   component  230108 01 01  000001   16 digits, CJ/T 214-2007 and GB/T 30428.2-2013      matter  230108 01 10    10 digits
 *              230108 01 001 000001   17 digits, GB/T 47678.5-2026                                230108 06 010   11 digits
 */
export type ItemKind = 'component' | 'event'

/** What of a classification document is needed to read codes. */
export interface CodeEdition {
  readonly standard: string
  readonly replacedBy: string | null
  readonly majorClasses: readonly { readonly kind: ItemKind; readonly code: string; readonly name: string }[]
  readonly subclasses: readonly {
    readonly kind: ItemKind
    readonly code: string
    readonly name: string
    readonly successor?: string
  }[]
}

export interface ItemCode {
  readonly kind: ItemKind
  readonly text: string
  readonly standard: string
  /** 6 digits, GB/T 2260. */
  readonly regionCode: string
  readonly majorCode: string
  /** Major and minor code together, as the classification lists it. */
  readonly subclassCode: string
  /** Running number of the component, 6 digits; null for a matter. */
  readonly sequence: string | null
}

export type ItemCodeError = CodeProblem<
  'itemCode/notDigits' | 'itemCode/length' | 'itemCode/otherEdition' | 'itemCode/standardUnknown' | 'itemCode/subclassUnknown'
>

/** Digits of the subclass code (major and minor) in each standard. */
const subclassDigits: Readonly<Record<string, number>> = { 'CJ/T 214-2007': 4, 'GB/T 30428.2-2013': 4, 'GB/T 47678.5-2026': 5 }

export const itemCodeStandards = Object.keys(subclassDigits)
export const itemCodeTitles: Record<ItemKind, string> = { component: '部件编码', event: '事项编码' }

const regionDigits = 6
const sequenceDigits: Record<ItemKind, number> = { component: 6, event: 0 }

/** Splits the code of a component by the shape that its standard gives it; does not ask whether the subclass exists. */
export function parseComponentCode(typed: string, standard: string): Result<ItemCode, ItemCodeError> {
  return parseItemCode('component', typed, standard)
}

/** Splits the code of a matter 事项 by the shape that its standard gives it; does not ask whether the subclass exists. */
export function parseMatterCode(typed: string, standard: string): Result<ItemCode, ItemCodeError> {
  return parseItemCode('event', typed, standard)
}

/** How long codes of a kind are in a standard; undefined for an unknown standard. */
export function itemCodeLength(kind: ItemKind, standard: string): number | undefined {
  const digits = subclassDigits[standard]
  return digits === undefined ? undefined : regionDigits + digits + sequenceDigits[kind]
}

function parseItemCode(kind: ItemKind, typed: string, standard: string): Result<ItemCode, ItemCodeError> {
  const text = plainCode(typed)
  const title = itemCodeTitles[kind]
  const length = itemCodeLength(kind, standard)
  if (length === undefined) {
    return err({ code: 'itemCode/standardUnknown', explanation: `不知道标准 ${standard} 的编码规则，请核对标准号。` })
  }
  if (!isDigits(text)) return err({ code: 'itemCode/notDigits', explanation: `${title}只由数字组成，请核对。` })
  if (text.length !== length) return err(lengthError(kind, text, standard, length))
  const subclassEnd = length - sequenceDigits[kind]
  return ok({
    kind,
    text,
    standard,
    regionCode: text.slice(0, regionDigits),
    majorCode: text.slice(regionDigits, regionDigits + 2),
    subclassCode: text.slice(regionDigits, subclassEnd),
    sequence: kind === 'component' ? text.slice(subclassEnd) : null,
  })
}

function lengthError(kind: ItemKind, text: string, standard: string, length: number): ItemCodeError {
  const expected = `${standard} 的${itemCodeTitles[kind]}应为 ${length} 位`
  const others = itemCodeStandards.filter((other) => itemCodeLength(kind, other) === text.length)
  return others.length > 0
    ? {
        code: 'itemCode/otherEdition',
        explanation: `${expected}；这个编码有 ${text.length} 位，是 ${others.join(' 或 ')} 的，请换用该标准。`,
      }
    : { code: 'itemCode/length', explanation: `${expected}，这里是 ${text.length} 位，请核对。` }
}

/** The subclass that a code names, or why there is none: the standard is not at hand, or only another one of the same shape has it. */
export function subclassOf(code: ItemCode, editions: readonly CodeEdition[]): Result<CodeEdition['subclasses'][number], ItemCodeError> {
  const find = (edition: CodeEdition) =>
    edition.subclasses.find((subclass) => subclass.kind === code.kind && subclass.code === code.subclassCode)
  const edition = editions.find(({ standard }) => standard === code.standard)
  if (!edition) {
    return err({ code: 'itemCode/standardUnknown', explanation: `本机没有 ${code.standard} 的分类目录，请系统管理员导入。` })
  }
  const found = find(edition)
  if (found) return ok(found)
  const others = editions.flatMap((other) => {
    const subclass = find(other)
    return subclass ? [`${other.standard}（${subclass.name}）`] : []
  })
  const missing = `${code.standard} 没有小类 ${code.subclassCode}`
  return err(
    others.length > 0
      ? { code: 'itemCode/otherEdition', explanation: `${missing}；有这个小类的是 ${others.join('、')}，请换用该标准。` }
      : { code: 'itemCode/subclassUnknown', explanation: `${missing}，请核对。` },
  )
}
