import { parseGridCode } from '../grid/grid-code'
import { itemCodeLength, itemCodeStandards, parseComponentCode, subclassOf } from '../grid/item-code'
import type { KnownCity } from './city'
import { type Candidate, type GeoLayer, geometryNames, geometryOf, isGivenUp, listOf, type Problem, statesOf, textOf } from './layers'

/** What can be told of a feature without looking at the ground: its code, what it names, what must not be missing. Shapes are checked elsewhere. */
export function* valueProblems(layer: GeoLayer, candidate: Candidate, city: KnownCity): Generator<Problem> {
  const say = sayingOf(candidate)
  const codeFault = codeProblem(layer, candidate, city)
  if (codeFault) yield say('wrongCode', codeFault)
  const known = city.features.get(candidate.code)
  if (known && isGivenUp(known.state) && !isGivenUp(candidate.state)) {
    yield say('reusedCode', `编码 ${candidate.code} 已停用，按规定不再使用，请另编新码`)
  }
  if (!statesOf(layer).includes(candidate.state)) yield say('wrongValue', '状态不是这个图层可用的状态')
  if (candidate.validTo !== null && candidate.validTo < candidate.validFrom) {
    yield say('wrongValue', `终止时间 ${candidate.validTo} 早于初始时间 ${candidate.validFrom}`)
  }
  const wanted = geometryOf[layer]
  if (candidate.geometry === null) {
    if (wanted.type !== null && !wanted.may) yield say('geometryMissing', `没有坐标，应为${geometryNames[wanted.type]}`)
  } else if (candidate.geometry.type !== wanted.type) {
    const should = wanted.type === null ? '不应有坐标' : `应为${geometryNames[wanted.type]}`
    yield say('wrongValue', `坐标是${geometryNames[candidate.geometry.type]}，${should}`)
  }
  if (!isGivenUp(candidate.state)) yield* ownRules[layer](candidate, city, say)
}

export type Say = (kind: Problem['kind'], reason: string, severity?: Problem['severity'], at?: Problem['at']) => Problem

export const sayingOf =
  ({ row, code }: Pick<Candidate, 'row' | 'code'>): Say =>
  (kind, reason, severity = 'error', at = null) => ({ kind, severity, row, code, reason, at })

type Rule = (candidate: Candidate, city: KnownCity, say: Say) => Generator<Problem>

function* nothing(): Generator<Problem> {}

function* named({ name }: Candidate, _city: KnownCity, say: Say): Generator<Problem> {
  if (name === null) yield say('missingField', '没有名称')
}

function* departments(candidate: Candidate, city: KnownCity, say: Say): Generator<Problem> {
  const { departmentCode, ownerCode } = candidate
  if (city.departmentCodes.size === 0) return
  if (departmentCode !== null && !city.departmentCodes.has(departmentCode)) {
    yield say('wrongValue', `主管部门 ${departmentCode} 不在专业部门名录中`)
  }
  if (ownerCode !== null && !city.departmentCodes.has(ownerCode)) yield say('wrongValue', `权属单位 ${ownerCode} 不在专业部门名录中`)
}

function* gridsNamed(candidate: Candidate, city: KnownCity, say: Say, least: number): Generator<Problem> {
  const codes = listOf(candidate.attributes.gridCodes)
  if (codes.length < least) yield say('missingField', '没有写明包含哪些单元网格')
  const unknown = codes.filter((code) => !city.gridRings.has(code))
  if (unknown.length > 0)
    yield say('unknownParent', `没有在用的单元网格 ${unknown.slice(0, 5).join('、')}${unknown.length > 5 ? ' 等' : ''}`)
}

const ranks = ['trunk', 'main', 'minor', 'lane']
const placeTypes = ['street', 'estate', 'doorplate', 'landmark', 'pointOfInterest']

const ownRules: Record<GeoLayer, Rule> = {
  district: named,
  street: named,
  community: named,
  grid: nothing,
  *component(candidate, city, say) {
    yield* departments(candidate, city, say)
    if (candidate.departmentCode === null) yield say('missingField', '没有主管部门')
    if (candidate.parentCode !== null && !city.gridRings.has(candidate.parentCode)) {
      yield say('unknownParent', `没有在用的单元网格 ${candidate.parentCode}`)
    }
  },
  *camera(candidate, city, say) {
    yield* named(candidate, city, say)
    if (!/^\d{20}$/.test(textOf(candidate.attributes.deviceId))) yield say('missingField', '设备编码应为 20 位数字（GB/T 28181）')
    yield* gridsNamed(candidate, city, say, 1)
  },
  *road(candidate, city, say) {
    yield* named(candidate, city, say)
    if (!ranks.includes(textOf(candidate.attributes.rank))) yield say('wrongValue', `等级须为 ${ranks.join('、')} 之一`)
  },
  *place(candidate, city, say) {
    yield* named(candidate, city, say)
    if (!placeTypes.includes(textOf(candidate.attributes.type))) yield say('wrongValue', `类型须为 ${placeTypes.join('、')} 之一`)
    if (candidate.parentCode !== null && !city.gridRings.has(candidate.parentCode)) {
      yield say('unknownParent', `没有在用的单元网格 ${candidate.parentCode}`)
    }
  },
  *patrolArea(candidate, city, say) {
    yield* named(candidate, city, say)
    if (!/^\d{4,8}$/.test(textOf(candidate.attributes.substituteNo))) yield say('missingField', '替班监督员应为 4 至 8 位工号')
    yield* gridsNamed(candidate, city, say, 1)
  },
  *departmentArea(candidate, city, say) {
    if (candidate.departmentCode === null) yield say('missingField', '没有部门代码')
    yield* departments(candidate, city, say)
    yield* gridsNamed(candidate, city, say, candidate.geometry === null ? 1 : 0)
  },
}

/** Undefined when the code is sound. */
function codeProblem(layer: GeoLayer, candidate: Candidate, city: KnownCity): string | undefined {
  const { code } = candidate
  switch (layer) {
    case 'district':
      return /^\d{6}$/.test(code) ? undefined : `区划代码应为 6 位数字，这里是“${code}”`
    case 'street':
      return areaCodeProblem(candidate, 9, '街道代码', city)
    case 'community':
      return areaCodeProblem(candidate, 12, '社区代码', city)
    case 'grid':
      return gridCodeProblem(candidate, city)
    case 'component':
      return componentCodeProblem(code, city)
    case 'camera':
      return /^\d{3,6}$/.test(code) ? undefined : `监控点号应为 3 至 6 位数字，这里是“${code}”`
    case 'patrolArea':
      return /^\d{4,8}$/.test(code) ? undefined : `责任网格号用监督员工号，应为 4 至 8 位数字，这里是“${code}”`
    case 'road':
    case 'place':
      return /^[a-z0-9-]{1,20}$/.test(code) ? undefined : `编号只用小写字母、数字和连字符，最长 20 位，这里是“${code}”`
    case 'departmentArea':
      return /^[0-9A-Za-z-]{1,24}$/.test(code) ? undefined : `编号只用字母、数字和连字符，最长 24 位，这里是“${code}”`
  }
}

function areaCodeProblem({ code }: Candidate, digits: number, title: string, city: KnownCity): string | undefined {
  if (!/^\d+$/.test(code) || code.length !== digits) return `${title}应为 ${digits} 位数字，这里是“${code}”`
  const parent = code.slice(0, digits - 3)
  return city.areaCodes.has(parent) ? undefined : `${title} ${code} 的上级 ${parent} 不存在，请先导入上级`
}

function gridCodeProblem({ code, parentCode }: Candidate, city: KnownCity): string | undefined {
  const parsed = parseGridCode(code)
  if (!parsed.ok) return parsed.error.explanation
  const { regionCode, communityCode } = parsed.value
  if (city.regionCode !== null && !city.areaCodes.has(regionCode)) return `编码 ${code} 的区划 ${regionCode} 不是本市的`
  if (!city.areaCodes.has(communityCode)) return `编码 ${code} 的社区 ${communityCode} 不存在`
  return parentCode !== null && parentCode !== communityCode
    ? `编码 ${code} 属于社区 ${communityCode}，与所填社区 ${parentCode} 不符`
    : undefined
}

function componentCodeProblem(code: string, city: KnownCity): string | undefined {
  const standards = itemCodeStandards.filter((standard) => itemCodeLength('component', standard) === code.length)
  const known = standards.filter((standard) => city.editions.some((edition) => edition.standard === standard))
  if (standards.length === 0 || !/^\d+$/.test(code))
    return `部件编码应为 16 位（GB/T 30428.2）或 17 位（GB/T 47678.5）数字，这里是“${code}”（${code.length} 位）`
  if (city.regionCode !== null && !city.areaCodes.has(code.slice(0, 6))) return `编码 ${code} 的区划 ${code.slice(0, 6)} 不是本市的`
  const verdicts = known.map((standard) => {
    const parsed = parseComponentCode(code, standard)
    return parsed.ok ? subclassOf(parsed.value, city.editions) : parsed
  })
  const fault = verdicts.find((verdict) => !verdict.ok)
  return verdicts.some((verdict) => verdict.ok) || !fault || fault.ok ? undefined : fault.error.explanation
}
