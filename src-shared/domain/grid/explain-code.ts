import { err, ok, type Result } from '../../base/result'
import { isDigits, plainCode } from './code-problem'
import { type GridCodeError, parseGridCode } from './grid-code'
import {
  type CodeEdition,
  type ItemCode,
  type ItemCodeError,
  type ItemKind,
  itemCodeLength,
  itemCodeStandards,
  itemCodeTitles,
  parseComponentCode,
  parseMatterCode,
  subclassOf,
} from './item-code'

/**
 * What a row of digits is, for somebody who has only the digits: a grid, a component or a matter, of which standard, and its parts in words. The
 * two old standards share their shapes, so a code may have two readings; which is meant only its origin tells.
 */
export interface CodePart {
  readonly name: string
  readonly digits: string
  /** What the digits stand for; null for plain numbers. */
  readonly meaning: string | null
}

export interface Successor {
  readonly standard: string
  readonly code: string
  readonly name: string
}

export interface CodeReading {
  readonly what: 'grid' | ItemKind
  /** `单元网格编码`, `部件编码`, `事项编码`. */
  readonly title: string
  /** As classifications name it; of a grid code GB/T 30428.1. */
  readonly standard: string
  readonly parts: readonly CodePart[]
  /** Null for a grid. */
  readonly subclassName: string | null
  /** The subclass in the newest of the editions that replaced this one, as far as they say; null when there is none. */
  readonly successor: Successor | null
}

/**
 * All readings of a code, in the order of `editions`. With `standard` only that one is accepted, and the error names the edition that the code
 * fits instead.
 */
export function explainCode(
  typed: string,
  editions: readonly CodeEdition[],
  standard?: string,
): Result<readonly CodeReading[], ItemCodeError | GridCodeError> {
  const text = plainCode(typed)
  if (!isDigits(text)) return err({ code: 'itemCode/notDigits', explanation: '编码只由数字组成，请核对。' })
  if (text.length === 15) return explainGrid(text)
  const kind = kindOf(text.length)
  if (!kind) return err({ code: 'itemCode/length', explanation: lengthsExplained(text.length) })
  if (standard !== undefined) return explainItem(kind, text, editions, standard)
  const fitting = editions.filter((edition) => itemCodeLength(kind, edition.standard) === text.length)
  const attempts = fitting.map((edition) => explainItem(kind, text, editions, edition.standard))
  const readings = attempts.flatMap((attempt) => (attempt.ok ? attempt.value : []))
  if (readings.length > 0) return ok(readings)
  return attempts[0] ?? err({ code: 'itemCode/standardUnknown', explanation: '本机没有这种编码所属标准的分类目录，请系统管理员导入。' })
}

/** The subclass in the newest edition that the chain of successors reaches; null when the first step is already unknown. */
export function successorOf(kind: ItemKind, standard: string, code: string, editions: readonly CodeEdition[]): Successor | null {
  let found: Successor | null = null
  let [at, of] = [code, standard]
  // As many steps as editions at most: documents of a city might name each other in a circle.
  for (const _ of editions) {
    const edition = editions.find((other) => other.standard === of)
    const next = edition?.subclasses.find((subclass) => subclass.kind === kind && subclass.code === at)?.successor
    const replacement = editions.find((other) => other.standard === edition?.replacedBy)
    const subclass = replacement?.subclasses.find((other) => other.kind === kind && other.code === next)
    if (!replacement || !subclass) break
    found = { standard: replacement.standard, code: subclass.code, name: subclass.name }
    ;[at, of] = [subclass.code, replacement.standard]
  }
  return found
}

function explainGrid(text: string): Result<readonly CodeReading[], GridCodeError> {
  const parsed = parseGridCode(text)
  if (!parsed.ok) return parsed
  const parts = [
    { name: '区划', digits: text.slice(0, 6), meaning: null },
    { name: '街道（镇、乡）', digits: text.slice(6, 9), meaning: null },
    { name: '社区（村）', digits: text.slice(9, 12), meaning: null },
    { name: '顺序码', digits: text.slice(12), meaning: null },
  ]
  return ok([{ what: 'grid', title: '单元网格编码', standard: 'GB/T 30428.1', parts, subclassName: null, successor: null }])
}

function explainItem(
  kind: ItemKind,
  text: string,
  editions: readonly CodeEdition[],
  standard: string,
): Result<readonly CodeReading[], ItemCodeError> {
  const parsed = kind === 'component' ? parseComponentCode(text, standard) : parseMatterCode(text, standard)
  if (!parsed.ok) return parsed
  const subclass = subclassOf(parsed.value, editions)
  if (!subclass.ok) return subclass
  const { name, code } = subclass.value
  return ok([
    {
      what: kind,
      title: itemCodeTitles[kind],
      standard,
      parts: partsOf(parsed.value, name, editions),
      subclassName: name,
      successor: successorOf(kind, standard, code, editions),
    },
  ])
}

function partsOf(code: ItemCode, subclassName: string, editions: readonly CodeEdition[]): readonly CodePart[] {
  const { kind, standard, regionCode, majorCode, subclassCode, sequence } = code
  const edition = editions.find((other) => other.standard === standard)
  const major = edition?.majorClasses.find((other) => other.kind === kind && other.code === majorCode)
  const parts: CodePart[] = [
    { name: '区划', digits: regionCode, meaning: null },
    { name: '大类', digits: majorCode, meaning: major?.name ?? null },
    { name: '小类', digits: subclassCode.slice(2), meaning: subclassName },
  ]
  return sequence === null ? parts : [...parts, { name: '流水号', digits: sequence, meaning: null }]
}

const kindOf = (length: number): ItemKind | undefined =>
  (['component', 'event'] as const).find((kind) => itemCodeStandards.some((standard) => itemCodeLength(kind, standard) === length))

const lengthsExplained = (length: number): string => `没有 ${length} 位的编码：单元网格 15 位，部件 16 或 17 位，事项 10 或 11 位，请核对。`
