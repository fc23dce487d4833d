import type { RoleId } from '../account/role'

/**
 * The score form 质检评分表: what a reviewer looks for in a call, as data of the centre. A form is changed by its next version; a score says which version it was
 * made by and stays as it is. Points are whole and make a hundred; a veto item 一票否决 has none: whoever breaches it has nothing in that call.
 */
export interface FormItem {
  readonly itemId: string
  readonly title: string
  /** 1–10, so that one digit says the score; 0 for a veto item. */
  readonly points: number
  readonly isVeto: boolean
  /** What to listen for. */
  readonly hint: string
  /** The rule that it comes from. */
  readonly source: string
  /** What the call's own record says about it, shown beside the item as evidence and never taken for the score. */
  readonly measured: Measured | null
}

export type Measured = 'answerWait' | 'endedBy'

export interface FormSection {
  readonly title: string
  readonly items: readonly FormItem[]
}

export interface QualityForm {
  readonly formId: string
  readonly version: number
  readonly title: string
  readonly sections: readonly FormSection[]
  /** Who may change it. */
  readonly editors: readonly RoleId[]
  /** From this score on a call is good 合格. */
  readonly passMark: number
  /** Days in which the agent may appeal, from the day on which the score is told. */
  readonly appealDays: number
  /** Share of each agent's calls of a month that are drawn, and how many at least. */
  readonly plan: { readonly share: number; readonly minimum: number }
}

/** 督查员, 值班长, 平台助理, 平台主管 review calls of others; never their own. */
export const qualityReviewers = ['shiftLead', 'supervisor', 'assistant', 'director'] as const satisfies readonly RoleId[]
export const isReviewer = (role: RoleId): boolean => qualityReviewers.some((each) => each === role)

export const fullMark = 100
/** The centre has one form: id of its reference document. */
export const qualityFormId = 'hotline'
const mostPoints = 10

export const itemsOf = (form: Pick<QualityForm, 'sections'>): readonly FormItem[] => form.sections.flatMap(({ items }) => items)

/** What a schema cannot say of a form, in sentences; none: it may be used. */
export function formMistakes(form: QualityForm): readonly string[] {
  const items = itemsOf(form)
  const ids = items.map(({ itemId }) => itemId)
  const sum = items.reduce((total, { points }) => total + points, 0)
  return [
    ...(sum === fullMark ? [] : [`各项分值合计须为 ${fullMark}，现为 ${sum}`]),
    ...items
      .filter(({ isVeto, points }) => (isVeto ? points !== 0 : !Number.isInteger(points) || points < 1 || points > mostPoints))
      .map(({ title, isVeto }) => `「${title}」${isVeto ? '是一票否决项，不设分值' : `的分值须是 1–${mostPoints} 的整数`}`),
    ...[...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `项目编号 ${id} 重复`),
    ...(form.editors.includes('director') ? [] : ['可修改的岗位须包括平台主管，否则无人能再改']),
  ]
}
