import type { CaseProgress } from './progress'

/**
 * 结案核对, the mandatory part 必核: what nobody but whoever closes can say, ticked one by one before `close`. What the program can compare by
 * itself (positions and times of photos) advises and is no part of this: photos without either are no reason to keep a case open.
 */
export const closingChecks = {
  closingMet: '达到结案条件',
  siteCleared: '现场已清理，围挡已撤',
} as const

export type ClosingCheckId = keyof typeof closingChecks
export const closingCheckIds = Object.keys(closingChecks) as readonly ClosingCheckId[]

/** Those of this case. Where an approval stands in the place of the check (G19) there is no site to look at. */
export const dueChecks = ({ isWithoutCheck }: Pick<CaseProgress, 'isWithoutCheck'>): readonly ClosingCheckId[] =>
  isWithoutCheck ? [] : closingCheckIds
