import { chinaDate } from '../../base/china-time'
import type { EpochMs } from '../../base/clock'
import { type CsvCell, csvLine, csvMark } from '../../base/csv'
import { type CallClass, callClasses, callClassIds } from './reception'
import { type CaseSource, type CaseState, caseSources, isEnd } from './states'

/**
 * 热线台账: what came from citizens and from outside, day by day and source by source, by class and by what became of it, and whether it was answered by the day
 * that the other side set. Pure.
 */
export interface LedgerCase {
  readonly beganAt: EpochMs
  readonly source: CaseSource
  readonly callClass: CallClass | null
  readonly state: CaseState
  /** When the answer arrived at its source; null: not yet. */
  readonly repliedAt: EpochMs | null
  readonly replyBy: EpochMs | null
}

/** `other`: voided or joined to another case. */
export type LedgerResult = 'open' | 'closed' | 'answered' | 'declined' | 'other'
export const ledgerResults: Readonly<Record<LedgerResult, string>> = {
  open: '在办',
  closed: '结案',
  answered: '答复',
  declined: '不立案',
  other: '并案作废',
}
export const ledgerResultIds = Object.keys(ledgerResults) as readonly LedgerResult[]

export interface LedgerLine {
  /** China date; null in the line of a sum. */
  readonly day: string | null
  /** Null in a sum over all. */
  readonly source: CaseSource | null
  readonly cases: number
  readonly classes: Readonly<Record<CallClass, number>>
  readonly results: Readonly<Record<LedgerResult, number>>
  /** With a day by which the other side waits: answered by then, later or past it and not yet, and still in time. */
  readonly inTime: number
  readonly late: number
  readonly notDue: number
}

/** Sources of the ledger: citizens, and whoever waits for a reply. */
export const isInLedger = (source: CaseSource): boolean => caseSources[source].isPublic || caseSources[source].isExternal

export function ledgerOf(cases: readonly LedgerCase[], now: EpochMs): readonly LedgerLine[] {
  const groups = new Map<string, LedgerCase[]>()
  for (const one of cases) {
    const key = `${chinaDate(one.beganAt)}/${one.source}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([key, own]) => ({ ...lineOf(own, now), day: key.slice(0, 10), source: own[0]?.source ?? null }))
}

function lineOf(cases: readonly LedgerCase[], now: EpochMs): Omit<LedgerLine, 'day' | 'source'> {
  const count = (is: (one: LedgerCase) => boolean) => cases.filter(is).length
  const replies = cases.flatMap(({ replyBy, repliedAt }) => (replyBy === null ? [] : [{ replyBy, repliedAt }]))
  const classes = Object.fromEntries(callClassIds.map((id) => [id, count(({ callClass }) => callClass === id)]))
  const results = Object.fromEntries(ledgerResultIds.map((id) => [id, count(({ state }) => resultOf(state) === id)]))
  return {
    cases: cases.length,
    classes: classes as LedgerLine['classes'],
    results: results as LedgerLine['results'],
    inTime: replies.filter(({ replyBy, repliedAt }) => repliedAt !== null && repliedAt <= replyBy).length,
    late: replies.filter(({ replyBy, repliedAt }) => (repliedAt ?? now) > replyBy).length,
    notDue: replies.filter(({ replyBy, repliedAt }) => repliedAt === null && now <= replyBy).length,
  }
}

function resultOf(state: CaseState): LedgerResult {
  if (!isEnd(state)) return 'open'
  return state === 'closed' || state === 'answered' || state === 'declined' ? state : 'other'
}

/** Several lines as one: of a source over its days, or of all. */
export function sumOf(lines: readonly LedgerLine[], source: CaseSource | null): LedgerLine {
  const sum = (of: (line: LedgerLine) => number) => lines.reduce((total, line) => total + of(line), 0)
  const classes = Object.fromEntries(callClassIds.map((id) => [id, sum((line) => line.classes[id])]))
  const results = Object.fromEntries(ledgerResultIds.map((id) => [id, sum((line) => line.results[id])]))
  return {
    ...{ day: null, source, cases: sum(({ cases }) => cases) },
    classes: classes as LedgerLine['classes'],
    results: results as LedgerLine['results'],
    ...{ inTime: sum(({ inTime }) => inTime), late: sum(({ late }) => late), notDue: sum(({ notDue }) => notDue) },
  }
}

/** A share without anything to share is a dash (kpi.json, edge_rules). */
export const inTimeWords = ({ inTime, late }: Pick<LedgerLine, 'inTime' | 'late'>): string =>
  inTime + late === 0 ? '—' : `${((inTime / (inTime + late)) * 100).toFixed(2)}%`

export function ledgerCsv(lines: readonly LedgerLine[]): string {
  const classNames = callClassIds.map((id) => callClasses[id].name)
  const resultNames = ledgerResultIds.map((id) => ledgerResults[id])
  const heads = ['日期', '来源', '件数', ...classNames, ...resultNames, '按时回复', '超时', '未到期', '按时率']
  const rows = [...lines, sumOf(lines, null)].map((line): readonly CsvCell[] => [
    ...[line.day ?? '合计', line.source === null ? '全部' : caseSources[line.source].name, line.cases],
    ...callClassIds.map((id) => line.classes[id]),
    ...ledgerResultIds.map((id) => line.results[id]),
    ...[line.inTime, line.late, line.notDue, inTimeWords(line)],
  ])
  return csvMark + [heads, ...rows].map(csvLine).join('')
}
