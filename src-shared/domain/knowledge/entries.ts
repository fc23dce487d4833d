import type { Limit } from '../clock/limit'
import { describeLimit } from '../clock/limit'
import { type Article, type ArticleKind, articleKinds, type Quoted, type Situation } from './article'

/**
 * Everything that a person at the telephone may look up, in one shape: the centre's articles, and what handbook, responsibility matrix and list of
 * departments already say. Nothing is written twice: the latter three are read from their own documents and quoted as such.
 */
export const entryKinds = {
  answer: articleKinds.answer.name,
  script: articleKinds.script.name,
  scope: articleKinds.scope.name,
  rule: articleKinds.rule.name,
  handbook: '立案标准',
  duty: '责任单位',
  department: '电话',
} as const
export type EntryKind = keyof typeof entryKinds
export const entryKindIds = Object.keys(entryKinds) as readonly EntryKind[]

export interface Entry {
  readonly id: string
  readonly kind: EntryKind
  readonly title: string
  readonly text: string
  readonly keywords: readonly string[]
  readonly basis: string
  readonly contact: string
  readonly edition: string
  readonly isCertain: boolean
  readonly situation: Situation | null
  readonly subclasses: readonly string[]
  /** Only of the centre's own articles, which alone can be changed here. */
  readonly article: Article | null
}

interface HandbookEntry {
  readonly kind: string
  readonly subclassCode: string
  readonly name: string
  readonly conditions: readonly { readonly text: string; readonly limit: Limit }[]
  readonly closing: string
  readonly departmentType: string
  readonly legalBasis: string
}
interface DutyRow {
  readonly kind: string
  readonly subclassCode: string
  readonly areaCode: string
  readonly departmentCode: string
  readonly legalBasis: string
}
export interface KnowledgeSources {
  readonly articles: readonly Article[]
  readonly handbook: { readonly title: string; readonly entries: readonly HandbookEntry[] } | undefined
  readonly matrix: { readonly title: string; readonly rows: readonly DutyRow[] } | undefined
  readonly departments: readonly {
    readonly code: string
    readonly name: string
    readonly type: string
    readonly phone?: string | undefined
  }[]
  /** Names of streets and communities by their code. */
  readonly areas: ReadonlyMap<string, string>
}

export function entriesOf(sources: KnowledgeSources): readonly Entry[] {
  return [
    ...sources.articles.map(ofArticle),
    ...(sources.handbook?.entries.map((entry) => ofHandbook(entry, sources.handbook?.title ?? '')) ?? []),
    ...dutiesOf(sources),
    ...sources.departments.filter(({ phone }) => phone !== undefined).map(ofDepartment),
  ]
}

const bare = { keywords: [], basis: '', contact: '', edition: '', isCertain: true, situation: null, subclasses: [], article: null } as const

export const editionOf = ({ version }: Pick<Article, 'version'>): string => `第 ${version} 版`

const ofArticle = (article: Article): Entry => ({
  ...{ id: article.articleId, kind: article.kind satisfies ArticleKind, title: article.title, text: article.text },
  ...{ keywords: article.keywords, basis: article.basis, contact: article.contact, edition: editionOf(article) },
  ...{ isCertain: article.isCertain, situation: article.situation, subclasses: article.subclasses, article },
})

function ofHandbook({ kind, subclassCode, name, conditions, closing, departmentType, legalBasis }: HandbookEntry, title: string): Entry {
  const lines = conditions.map(({ text, limit }, at) => `${at + 1}. ${text}，${describeLimit(limit)}`)
  return {
    ...bare,
    ...{ id: `handbook/${kind}/${subclassCode}`, kind: 'handbook', title: `${name}：立案与结案`, edition: title, basis: legalBasis },
    text: `立案条件与处置时限：\n${lines.join('\n')}\n结案：${closing}\n责任单位类型：${departmentType}`,
    ...{ keywords: [name, subclassCode], subclasses: [`${kind}/${subclassCode}`] },
  }
}

/** One entry for a subclass, its departments with the areas that each has. */
function dutiesOf({ handbook, matrix, departments, areas }: KnowledgeSources): readonly Entry[] {
  if (!matrix) return []
  const names = new Map(handbook?.entries.map(({ kind, subclassCode, name }) => [`${kind}/${subclassCode}`, name]))
  const bySubclass = new Map<string, DutyRow[]>()
  for (const row of matrix.rows) {
    const key = `${row.kind}/${row.subclassCode}`
    bySubclass.set(key, [...(bySubclass.get(key) ?? []), row])
  }
  return [...bySubclass].flatMap(([key, rows]): Entry[] => {
    const name = names.get(key)
    if (name === undefined) return []
    const lines = rows.map(({ areaCode, departmentCode }) => {
      const department = departments.find(({ code }) => code === departmentCode)
      const phone = department?.phone === undefined ? '' : `，值班电话 ${department.phone}`
      return `${areas.get(areaCode) ?? '全区'}：${department?.name ?? departmentCode}${phone}`
    })
    return [
      {
        ...bare,
        ...{ id: `duty/${key}`, kind: 'duty', title: `${name}：由谁负责`, text: [...new Set(lines)].join('\n') },
        ...{ keywords: [name], basis: rows[0]?.legalBasis ?? '', edition: matrix.title, subclasses: [key] },
      },
    ]
  })
}

const ofDepartment = ({ code, name, type, phone }: KnowledgeSources['departments'][number]): Entry => ({
  ...bare,
  ...{ id: `department/${code}`, kind: 'department', title: name, text: `值班电话 ${phone}`, keywords: [type], contact: phone ?? '' },
})

/** As it is kept with a case. */
export const quoteOf = ({ id, edition, title, basis }: Entry): Quoted => ({ sourceId: id, edition: edition.slice(0, 30), title, basis })
