import { type CsvCell, csvLine, csvMark } from '../../base/csv'
import type { AudioEvidence } from './audio'
import type { QualityFile } from './file'

/** 质检 per agent and month. What is not there is null and shows as a dash: no call scored has no mean. */
export interface ReviewedCall {
  readonly agentNo: string
  readonly agentName: string
  readonly isDrawn: boolean
  /** Its turn came, and its sound kept it out. */
  readonly isExcluded: boolean
  readonly evidence: readonly AudioEvidence[]
  readonly file: QualityFile
  /** What the citizen said at the end; null: was not asked, or said nothing. */
  readonly isSatisfied: boolean | null
}

export interface AgentQuality {
  readonly agentNo: string
  readonly agentName: string
  /** Answered calls with citizens. */
  readonly calls: number
  readonly drawn: number
  readonly scored: number
  readonly mean: number | null
  readonly passed: number
  readonly vetoed: number
  /** Left out for their sound, scored ones among them. */
  readonly excluded: number
  readonly appeals: number
  /** Citizens who said how satisfied they were, and those who were. */
  readonly rated: number
  readonly satisfied: number
}

export function qualityFigures(calls: readonly ReviewedCall[], passMark: number): readonly AgentQuality[] {
  const byAgent = new Map<string, ReviewedCall[]>()
  for (const call of calls) byAgent.set(call.agentNo, [...(byAgent.get(call.agentNo) ?? []), call])
  return [...byAgent.values()].map((own) => figuresOf(own, passMark)).sort((a, b) => (a.agentNo < b.agentNo ? -1 : 1))
}

function figuresOf(calls: readonly ReviewedCall[], passMark: number): AgentQuality {
  const { agentNo = '', agentName = '' } = calls.at(-1) ?? {}
  const counted = calls.filter(({ file, evidence }) => file.standing !== null && evidence.length === 0)
  const totals = counted.map(({ file }) => file.standing?.total ?? 0)
  const count = (is: (call: ReviewedCall) => boolean) => calls.filter(is).length
  return {
    ...{ agentNo, agentName, calls: calls.length },
    drawn: count(({ isDrawn }) => isDrawn),
    scored: counted.length,
    mean: totals.length === 0 ? null : Math.round((totals.reduce((sum, total) => sum + total, 0) / totals.length) * 100) / 100,
    passed: totals.filter((total) => total >= passMark).length,
    vetoed: counted.filter(({ file }) => file.standing?.isVetoed).length,
    excluded: count(({ isExcluded, file, evidence }) => isExcluded || (file.standing !== null && evidence.length > 0)),
    appeals: count(({ file }) => file.hasAppealed),
    rated: count(({ isSatisfied }) => isSatisfied !== null),
    satisfied: count(({ isSatisfied }) => isSatisfied === true),
  }
}

const heads = [
  '月份',
  '工号',
  '姓名',
  '接通',
  '抽中',
  '已评',
  '平均分',
  '合格',
  '一票否决',
  '音质剔除',
  '申诉',
  '评价数',
  '满意数',
  '满意率',
] as const

/** A share without anything to share is a dash (kpi.json, edge_rules); two decimals else. */
export const shareWords = (part: number, of: number): string => (of === 0 ? '—' : `${((part / of) * 100).toFixed(2)}%`)

export function figuresCsv(month: string, rows: readonly AgentQuality[]): string {
  const lines = rows.map((row): readonly CsvCell[] => [
    ...[month, row.agentNo, row.agentName, row.calls, row.drawn, row.scored, row.mean ?? '—', row.passed, row.vetoed, row.excluded],
    ...[row.appeals, row.rated, row.satisfied, shareWords(row.satisfied, row.rated)],
  ])
  return csvMark + [heads, ...lines].map(csvLine).join('')
}
