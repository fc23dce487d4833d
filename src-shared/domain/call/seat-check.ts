/** The check of a seat's telephone before the shift 话机自检: its steps in their order, and what each came to. */
export const checkSteps = {
  line: { name: '线路' },
  speaker: { name: '听筒' },
  microphone: { name: '话筒' },
  echo: { name: '回音' },
  centre: { name: '中心' },
} as const

export type CheckStep = keyof typeof checkSteps
export const checkStepIds = Object.keys(checkSteps) as readonly CheckStep[]

/** `skipped`: not tried, or the exchange has no number for it. */
export const checkOutcomes = ['good', 'bad', 'skipped'] as const
export type CheckOutcome = (typeof checkOutcomes)[number]
export type CheckSteps = Readonly<Record<CheckStep, CheckOutcome>>

/** In words for a list: the steps that failed, or that all that were tried are well; null when nothing was tried. */
export function checkWords(steps: CheckSteps): { readonly isGood: boolean; readonly words: string } | null {
  const of = (outcome: CheckOutcome) => checkStepIds.filter((step) => steps[step] === outcome)
  const bad = of('bad')
  if (bad.length > 0) return { isGood: false, words: `${bad.map((step) => checkSteps[step].name).join('、')}不好` }
  if (of('good').length === 0) return null
  const left = of('skipped')
  return { isGood: true, words: left.length === 0 ? '正常' : `正常，${left.map((step) => checkSteps[step].name).join('、')}未试` }
}
