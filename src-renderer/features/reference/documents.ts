import type { ReferenceDocument, ReferenceKind, ReferenceManifestEntry } from '#shared/contracts/reference'

/** What the pane says about documents of each kind, and the pure readings of them that several views share. */
export const kindNames: Readonly<Record<ReferenceKind, string>> = {
  classification: '部件与事件分类',
  handlingLimits: '处置时限',
  departments: '责任单位',
  areas: '街道社区网格',
  calendar: '工作日历',
  shiftPatterns: '班次',
  handbook: '指挥手册',
  responsibility: '责任矩阵',
  patrolAreas: '责任网格',
  departmentAreas: '部门管辖范围',
  grids: '网格边界',
  streetsNetwork: '道路',
  places: '地名地址',
  cameras: '监控点',
  components: '部件普查',
  mapTiles: '地图切片',
  baseMaps: '外部底图',
  centreProfile: '中心配置',
  proposalModel: '小类建议模型',
  knowledge: '知识库与话术',
  qualityForm: '质检评分表',
}

export const kindOrder = Object.keys(kindNames) as readonly ReferenceKind[]

/** Newest first within a kind: ids of editions and calendars end in their year. */
export function sortEntries(entries: readonly ReferenceManifestEntry[]): readonly ReferenceManifestEntry[] {
  const yearOf = (entry: ReferenceManifestEntry) => Number(/(\d{4})$/.exec(entry.id)?.[1] ?? 0)
  return [...entries].sort(
    (a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || yearOf(b) - yearOf(a) || a.id.localeCompare(b.id),
  )
}

export const itemKinds = { component: '部件', event: '事件' } as const

type Rule = ReferenceDocument<'handlingLimits'>['rules'][number]
type Limit = Rule['limits'][number]
type Units = ReferenceDocument<'handlingLimits'>['units']

/** `2 紧急工作时·4 工作时` in the order of the source, strictest condition first. */
export function limitsText(limits: readonly Limit[], units: Units): string {
  return limits.map(({ value, unit }) => `${value} ${units.find((each) => each.id === unit)?.name ?? unit}`).join('，')
}

/**
 * The limits of each subclass of an edition, by `kind/code`. Where the limits were written for the edition before, they are found through its
 * successor codes; several old subclasses may have become one, then all their rules are given.
 */
export function rulesByCode(
  edition: ReferenceDocument<'classification'>,
  limits: ReferenceDocument<'handlingLimits'> | undefined,
  editionOfLimits: ReferenceDocument<'classification'> | undefined,
): ReadonlyMap<string, readonly Rule[]> {
  const found = new Map<string, Rule[]>()
  // Components and events are numbered apart: 0101 exists in both.
  const add = (code: string, rule: Rule) => found.set(`${rule.kind}/${code}`, [...(found.get(`${rule.kind}/${code}`) ?? []), rule])
  if (!limits) return found
  if (limits.standard === edition.standard) {
    for (const rule of limits.rules) add(rule.code, rule)
    return found
  }
  if (editionOfLimits?.replacedBy !== edition.standard) return found
  const successors = new Map(editionOfLimits.subclasses.map((subclass) => [`${subclass.kind}/${subclass.code}`, subclass.successor]))
  for (const rule of limits.rules) {
    const successor = successors.get(`${rule.kind}/${rule.code}`)
    if (successor) add(successor, rule)
  }
  return found
}
