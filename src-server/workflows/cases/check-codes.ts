import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CaseFacts } from '#shared/domain/case/facts'
import { explainCode, successorOf } from '#shared/domain/grid/explain-code'
import { parseGridCode } from '#shared/domain/grid/grid-code'
import type { CodeEdition } from '#shared/domain/grid/item-code'
import type { KnownAreas, SettingsNow } from './settings'

/** Codes of a case against the reference data. Names of classes are taken from there and not from whoever sent them. */
type Class = Pick<CaseFacts, 'kind' | 'standard' | 'subclassCode'>
type Place = Pick<CaseFacts, 'streetCode' | 'communityCode' | 'gridCode' | 'componentCode'>

/** The same facts with the names of their class, and with the grid around their position where none is named. Errors: `case/codeUnknown`, `case/placeUnknown`. */
export function checkedFacts(given: CaseFacts, { editions, areas, gridAt }: SettingsNow): Result<CaseFacts, AppError> {
  const facts = inItsGrid(given, gridAt)
  const names = classNames(facts, editions)
  if (!names.ok) return names
  const fault = placeFault(facts, areas) ?? componentFault(facts, editions)
  return fault ? err(fault) : ok({ ...facts, ...names.value })
}

/** A case may be registered before somebody has chosen its class; both names are then empty. */
function classNames(
  { kind, standard, subclassCode }: Class,
  editions: readonly CodeEdition[],
): Result<Pick<CaseFacts, 'subclassName' | 'majorName'>, AppError> {
  if (subclassCode === '') return ok({ subclassName: '', majorName: '' })
  const refuse = (explanation: string) =>
    err(appError('case/codeUnknown', { code: subclassCode, standard: standard || '任何标准', explanation }))
  const edition = editions.find((other) => other.standard === standard)
  const subclass = edition?.subclasses.find((one) => one.kind === kind && one.code === subclassCode)
  if (edition && subclass) {
    const major = edition.majorClasses.find((one) => one.kind === kind && one.code === subclassCode.slice(0, 2))
    return ok({ subclassName: subclass.name, majorName: major?.name ?? '' })
  }
  if (!edition) return refuse('中心没有这个标准的分类目录，请核对标准号或请系统管理员导入。')
  return refuse(otherEditions({ kind, standard, subclassCode }, editions) ?? '这个标准里没有这个小类，请核对。')
}

/** Which other edition has the subclass, and what it became. */
function otherEditions({ kind, subclassCode }: Class, editions: readonly CodeEdition[]): string | undefined {
  const owners = editions.flatMap((edition) => {
    const subclass = edition.subclasses.find((one) => one.kind === kind && one.code === subclassCode)
    if (!subclass) return []
    const successor = successorOf(kind, edition.standard, subclassCode, editions)
    const now = successor ? `，在 ${successor.standard} 中是 ${successor.code}“${successor.name}”` : ''
    return [`它是 ${edition.standard} 的“${subclass.name}”${now}`]
  })
  return owners.length > 0 ? `${owners.join('；')}。请换用该标准或改用新代码。` : undefined
}

/** What somebody named stands: a position that contradicts it is theirs to correct. */
function inItsGrid(facts: CaseFacts, gridAt: SettingsNow['gridAt']): CaseFacts {
  const gridCode = facts.gridCode ?? (facts.position && gridAt(facts.position)) ?? null
  if (gridCode === null || !gridCode.startsWith(facts.communityCode ?? facts.streetCode ?? '')) return facts
  const communityCode = facts.communityCode ?? gridCode.slice(0, 12)
  return { ...facts, gridCode, communityCode, streetCode: facts.streetCode ?? communityCode.slice(0, 9) }
}

function placeFault({ streetCode, communityCode, gridCode }: Place, areas: KnownAreas): AppError | undefined {
  const refuse = (code: string, explanation: string) => appError('case/placeUnknown', { code, explanation })
  if (gridCode !== null) {
    const parsed = parseGridCode(gridCode)
    if (!parsed.ok) return refuse(gridCode, parsed.error.explanation)
    if (communityCode !== null && parsed.value.communityCode !== communityCode)
      return refuse(gridCode, `这个网格不在社区 ${communityCode}。`)
    if (isMissing(areas.grids, gridCode)) return refuse(gridCode, '中心没有这个单元网格，请核对。')
  }
  if (communityCode !== null) {
    if (streetCode !== null && !communityCode.startsWith(streetCode)) return refuse(communityCode, `这个社区不属于街道 ${streetCode}。`)
    if (isMissing(areas.communities, communityCode)) return refuse(communityCode, '中心没有这个社区，请核对。')
  }
  if (streetCode !== null && isMissing(areas.streets, streetCode)) return refuse(streetCode, '中心没有这个街道，请核对。')
  return undefined
}

/** A list that no document fills says nothing. */
const isMissing = (known: ReadonlySet<string>, code: string): boolean => known.size > 0 && !known.has(code)

function componentFault(
  { componentCode, kind, standard, subclassCode }: Place & Class,
  editions: readonly CodeEdition[],
): AppError | undefined {
  if (componentCode === null) return undefined
  const refuse = (explanation: string) => appError('case/placeUnknown', { code: componentCode, explanation })
  const read = explainCode(componentCode, editions, standard || undefined)
  if (!read.ok) return refuse(read.error.explanation)
  // An event may concern a component of another class; a component case is about this very one.
  const isOther = kind === 'component' && subclassCode !== '' && componentCode.slice(6, 6 + subclassCode.length) !== subclassCode
  return isOther ? refuse(`部件编码里的小类与所选的小类 ${subclassCode} 不同，请核对。`) : undefined
}
