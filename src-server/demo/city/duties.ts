/**
 * Responsibility matrix and handbook of the demonstration: what the duty tables say, put together with the limits and department types that the
 * reference data knows for the subclass through its code in the edition before.
 */
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Limit } from '#shared/domain/clock/limit'
import { componentFamilies, type DutyFamily } from './component-duties'
import { dangerousFirst, eventDuties } from './event-duties'
import { laws } from './laws'
import type { CitySources } from './sources'

type Edition = ReferenceDocument<'classification'>
type Subclass = Edition['subclasses'][number]
type Rule = ReferenceDocument<'handlingLimits'>['rules'][number]

/** What is known about one subclass, whatever it came from. */
export interface Duty {
  readonly kind: Subclass['kind']
  readonly subclassCode: string
  readonly name: string
  readonly type: string
  readonly owner: string
  readonly legalBasis: string
  readonly conditions: readonly { readonly conditionId: string; readonly text: string; readonly limit: Limit }[]
  readonly closing: string
  readonly byStreet: boolean
}

const streetOffice = '属地街道办事处'
const ownerType = '产权（权属）单位'
/** For subclasses that the limits do not know: within the shift, the next day, within three days. */
const usualLimits: readonly Limit[] = [
  { value: 4, unit: 'workingHour' },
  { value: 1, unit: 'workingDay' },
  { value: 3, unit: 'workingDay' },
]

export function dutiesOf({ edition, editionBefore, limits }: CitySources): readonly Duty[] {
  const families = new Map(componentFamilies.flatMap((family) => family.codes.map((code) => [code, family])))
  const events = new Map(eventDuties.map((duty) => [duty.code, duty]))
  const names = new Map(edition.subclasses.filter(({ kind }) => kind === 'component').map(({ code, name }) => [code, name]))
  const rules = rulesOf(limits, editionBefore)
  return edition.subclasses.map((subclass) => {
    const { kind, code, name } = subclass
    const family = families.get(code)
    // In the edition of 2026 the fault of a component is an event under the component's own code.
    const isComponent = family !== undefined && names.has(code)
    const rule = rules.get(`${isComponent ? 'component' : kind}/${code}`)
    const table = isComponent ? wordsFor(names.get(code) ?? name, family) : (events.get(code) ?? plainWords(name))
    const departmentType = chosenType(table.type, rule)
    return {
      kind,
      subclassCode: code,
      name,
      type: departmentType,
      owner: family?.owner ?? (isComponent ? table.type : departmentType),
      legalBasis: laws[table.law],
      conditions: conditionsOf(subclass, table.conditions, rule?.limits ?? usualLimits),
      closing: table.closing,
      byStreet: table.byStreet || departmentType === streetOffice,
    }
  })
}

/** Rules written for the edition before, under the code that their subclass has now; of several the first. */
function rulesOf(limits: CitySources['limits'], editionBefore: Edition): ReadonlyMap<string, Rule> {
  const successors = new Map(editionBefore.subclasses.map(({ kind, code, successor }) => [`${kind}/${code}`, successor]))
  const rules = limits.rules.flatMap((rule): [string, Rule][] => {
    const code = successors.get(`${rule.kind}/${rule.code}`)
    return code === undefined ? [] : [[`${rule.kind}/${code}`, rule]]
  })
  return new Map(rules.reverse())
}

type Words = Pick<DutyFamily, 'type' | 'law' | 'conditions' | 'closing'> & { readonly byStreet: boolean }

function wordsFor(name: string, { type, law, conditions, closing }: DutyFamily): Words {
  const named = (text: string) => text.replaceAll('{}', name)
  return { type, law, conditions: conditions.map(named), closing: named(closing), byStreet: false }
}

/** For a subclass that an edition adds later. */
function plainWords(name: string): Words {
  const conditions = [`${name}危及行人、车辆安全`, `${name}影响通行、使用或市容`]
  return { type: '城管综合执法队伍', law: 'appearance', conditions, closing: `${name}已处理，现场恢复正常。`, byStreet: false }
}

/** The table's type where the limits name it, or name only the unknown owner; else the first definite one of the limits. */
function chosenType(type: string, rule: Rule | undefined): string {
  const known = rule?.departmentTypes ?? []
  if (known.length === 0 || known.includes(type) || known.includes(ownerType)) return type
  return known.find((each) => each !== streetOffice) ?? type
}

/** As the limits sample has it for subsided roads and flooding. */
const dangerLimit: Limit = { value: 2, unit: 'urgentHour' }

/** The strictest limit for the most urgent condition, the loosest for the last, the others between; danger is dealt with at once. */
function conditionsOf({ kind, code }: Subclass, texts: readonly string[], limits: readonly Limit[]): Duty['conditions'] {
  const last = Math.max(1, texts.length - 1)
  return texts.flatMap((text, index) => {
    const isDanger = kind === 'event' && index === 0 && dangerousFirst.has(code)
    const limit = isDanger ? dangerLimit : limits[Math.round(((limits.length - 1) * index) / last)]
    return limit ? [{ conditionId: `${kind === 'component' ? 'C' : 'E'}${code}-${index + 1}`, text: `${text}。`, limit }] : []
  })
}

export function handbookDocument(edition: Edition, duties: readonly Duty[]): ReferenceDocument<'handbook'> {
  return {
    kind: 'handbook',
    title: '指挥手册（演示）',
    standard: edition.standard,
    entries: duties.map(({ kind, subclassCode, name, conditions, closing, type, legalBasis }) => ({
      kind,
      subclassCode,
      name,
      conditions: conditions.map((condition) => ({ ...condition })),
      closing,
      departmentType: type,
      legalBasis,
    })),
  }
}

/** One row for the whole region for every subclass, and rows by street for what street offices handle on their own ground. */
export function responsibilityDocument(
  { edition, areas, departments }: CitySources,
  duties: readonly Duty[],
): ReferenceDocument<'responsibility'> {
  const codeOf = departmentFinder(departments)
  const rows = duties.flatMap(({ kind, subclassCode, type, byStreet, conditions, legalBasis }) => {
    const limit = conditions.at(-1)?.limit ?? { value: 1, unit: 'workingDay' as const }
    const row = (areaCode: string, departmentCode: string) => ({ kind, subclassCode, areaCode, departmentCode, legalBasis, limit })
    const everywhere = row(areas.region.code, codeOf(type === streetOffice ? '城管综合执法队伍' : type))
    if (!byStreet) return [everywhere]
    return [everywhere, ...areas.streets.map(({ code, name }) => row(code, codeOf(streetOffice, name)))]
  })
  return { kind: 'responsibility', title: '责任矩阵（演示）', standard: edition.standard, rows }
}

/** The department of a type; where a street is named, the office of that street. */
export function departmentFinder({ departments }: CitySources['departments']): (type: string, streetName?: string) => string {
  const first = new Map<string, string>()
  for (const { code, type } of departments) if (!first.has(type)) first.set(type, code)
  const fallback = first.get(ownerType) ?? departments[0]?.code ?? ''
  const offices = departments.filter(({ type }) => type === streetOffice)
  return (type, streetName) => {
    const office = type === streetOffice && streetName !== undefined ? offices.find(({ name }) => name.startsWith(streetName)) : undefined
    return office?.code ?? first.get(type) ?? fallback
  }
}
