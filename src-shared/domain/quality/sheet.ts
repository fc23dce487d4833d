import { type FormItem, fullMark, itemsOf, type QualityForm } from './form'

/** What one reviewer found in one call, item by item, and what it comes to. */
export type ItemResult = number | 'notApplicable' | 'kept' | 'breached'

export interface ItemAnswer {
  readonly itemId: string
  readonly result: ItemResult
  readonly remark: string
  /** The moment of the recording that shows it, milliseconds; null: none. */
  readonly atMs: number | null
}

export interface Sheet {
  readonly formVersion: number
  readonly answers: readonly ItemAnswer[]
  /** What to say to the agent over all. */
  readonly words: string
}

/** An answer that is still being typed: nothing chosen yet. */
export interface ItemDraft extends Omit<ItemAnswer, 'result'> {
  readonly result: ItemResult | null
}

export interface SheetTotal {
  /** 0–100 with one decimal: points given of those that applied. A breach leaves nothing. */
  readonly total: number
  readonly isVetoed: boolean
}

/** Before anybody has looked: veto items are kept until a breach is heard. */
export const blankAnswers = (form: Pick<QualityForm, 'sections'>): readonly ItemDraft[] =>
  itemsOf(form).map(({ itemId, isVeto }) => ({ itemId, result: isVeto ? 'kept' : null, remark: '', atMs: null }))

export interface ItemProblem {
  readonly itemId: string
  readonly problem: string
}

/** What keeps a sheet from being handed in, in the order of the form. */
export function sheetProblems(form: Pick<QualityForm, 'sections'>, answers: readonly ItemDraft[]): readonly ItemProblem[] {
  const given = new Map(answers.map((answer) => [answer.itemId, answer]))
  const items = itemsOf(form)
  const known = new Set(items.map(({ itemId }) => itemId))
  const problems = items.flatMap((item): ItemProblem[] => {
    const problem = problemOf(item, given.get(item.itemId))
    return problem === null ? [] : [{ itemId: item.itemId, problem }]
  })
  const strangers = answers.filter(({ itemId }) => !known.has(itemId))
  const hasScore = items.some((item) => typeof given.get(item.itemId)?.result === 'number')
  return [
    ...problems,
    ...strangers.map(({ itemId }) => ({ itemId, problem: '不在这一版评分表里' })),
    ...(given.size === answers.length ? [] : [{ itemId: '', problem: '同一项出现两次' }]),
    ...(problems.length > 0 || hasScore ? [] : [{ itemId: items[0]?.itemId ?? '', problem: '不能全部不适用' }]),
  ]
}

function problemOf(item: FormItem, answer: ItemDraft | undefined): string | null {
  if (!answer || answer.result === null) return '还没有评'
  const { result } = answer
  if (item.isVeto) {
    if (result !== 'kept' && result !== 'breached') return '只能选未触犯或触犯'
    return result === 'breached' && answer.remark.trim() === '' ? '触犯一票否决须写明依据' : null
  }
  if (result === 'notApplicable') return null
  if (typeof result !== 'number' || !Number.isInteger(result) || result < 0 || result > item.points) return `须在 0–${item.points} 之间`
  return needsRemark(item, result) && answer.remark.trim() === '' ? '扣一半以上须写明原因' : null
}

/** Whoever loses half of an item or more is told why. */
export const needsRemark = ({ points }: Pick<FormItem, 'points'>, result: number): boolean => points - result >= points / 2

export function totalOf(form: Pick<QualityForm, 'sections'>, answers: readonly ItemDraft[]): SheetTotal {
  const given = new Map(answers.map(({ itemId, result }) => [itemId, result]))
  let [reached, possible] = [0, 0]
  for (const { itemId, points } of itemsOf(form)) {
    const result = given.get(itemId)
    if (typeof result !== 'number') continue
    reached += result
    possible += points
  }
  const isVetoed = answers.some(({ result }) => result === 'breached')
  return { total: isVetoed || possible === 0 ? 0 : Math.round((reached / possible) * fullMark * 10) / 10, isVetoed }
}

export interface ItemDifference {
  readonly itemId: string
  /** In the order of the sheets; null: this sheet knows no such item. */
  readonly results: readonly (ItemResult | null)[]
  readonly isAgreed: boolean
  /** Points between the highest and the lowest; a part that has no number counts as none. */
  readonly spread: number
}

/** Where several reviewers of one call 校准 differ, item by item. */
export function differencesOf(form: Pick<QualityForm, 'sections'>, sheets: readonly Sheet[]): readonly ItemDifference[] {
  return itemsOf(form).map(({ itemId }) => {
    const results = sheets.map(({ answers }) => answers.find((answer) => answer.itemId === itemId)?.result ?? null)
    const numbers = results.filter((result): result is number => typeof result === 'number')
    return {
      itemId,
      results,
      isAgreed: new Set(results).size <= 1,
      spread: numbers.length < 2 ? 0 : Math.max(...numbers) - Math.min(...numbers),
    }
  })
}
