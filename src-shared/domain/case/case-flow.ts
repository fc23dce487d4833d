import type { EpochMs } from '../../base/clock'
import { type CaseState, caseStates, isEnd } from './states'

/**
 * Cases in and out during a shift 案卷处理情况汇总: 上班移来＋来件＋重开－办结－其他了结＝移交下班, for the whole hall. Counted from the steps of cases as the
 * centre numbered them, so that a cut-off by number neither drops nor doubles one, however late a seat heard of it. A step that was taken back counts as
 * if it had not been. Pure.
 */
export const flowKinds = {
  registered: '来件',
  reopened: '重开',
  closed: '办结',
  otherwiseEnded: '其他了结',
  filed: '立案',
  dispatched: '转出',
} as const
export type FlowKind = keyof typeof flowKinds
export const flowKindIds = Object.keys(flowKinds) as readonly FlowKind[]
/** What each does to the number of open cases; 立案 and 转出 move a case on, and it stays open. */
export const flowSign: Readonly<Record<FlowKind, -1 | 0 | 1>> = {
  ...{ registered: 1, reopened: 1, closed: -1, otherwiseEnded: -1, filed: 0, dispatched: 0 },
}

export type FlowCounts = Readonly<Record<FlowKind, number>>
export const noFlow: FlowCounts = { registered: 0, reopened: 0, closed: 0, otherwiseEnded: 0, filed: 0, dispatched: 0 }

/** One step of a case. `from` null: it began. */
export interface CaseStep {
  readonly action: string
  readonly from: CaseState | null
  readonly to: CaseState
}

/** What a step counts as; −1 for one that takes back. Most steps of a case count as nothing. */
export function flowOf({ action, from, to }: CaseStep): readonly { readonly kind: FlowKind; readonly count: 1 | -1 }[] {
  if (action === 'undo') return from === null ? [] : forward(to, from).map((kind) => ({ kind, count: -1 }))
  return forward(from, to).map((kind) => ({ kind, count: 1 }))
}

function forward(from: CaseState | null, to: CaseState): readonly FlowKind[] {
  if (from === null) return ['registered']
  if (from === to) return []
  if (isEnd(to)) return isEnd(from) ? [] : [to === 'closed' ? 'closed' : 'otherwiseEnded']
  if (isEnd(from)) return ['reopened']
  const { stage } = caseStates[from]
  if (to === 'filed') return stage === 'collect' || stage === 'establish' ? ['filed'] : []
  return to === 'dispatched' && (from === 'filed' || from === 'disputed') ? ['dispatched'] : []
}

export function addFlow(counts: FlowCounts, flows: readonly { readonly kind: FlowKind; readonly count: number }[]): FlowCounts {
  const sum: Record<FlowKind, number> = { ...counts }
  for (const { kind, count } of flows) sum[kind] += count
  return sum
}

/** By how many the open cases grew. */
export const netOf = (counts: FlowCounts): number => flowKindIds.reduce((sum, kind) => sum + flowSign[kind] * counts[kind], 0)

/** The flow of a shift as a handover carries it. */
export interface CaseFlow {
  /** Who counted: the centre, or this seat from what it heard while the centre is away. */
  readonly countedBy: 'centre' | 'seat'
  /** False: not everything since `since` was at hand; the figures are at least these. */
  readonly isWhole: boolean
  /** From the last handover's cut-off on, or the beginning of the shift. */
  readonly since: EpochMs
  readonly counts: FlowCounts
  /** Open cases of the hall at the cut-off; null: the seat does not know all of them. */
  readonly open: number | null
}

/** 上班移来, worked back from what is open now. */
export const openBefore = ({ open, counts }: CaseFlow): number | null => (open === null ? null : open - netOf(counts))

/** How it was counted, in words: on screen, on paper and in the file. */
export function flowWords({ countedBy, isWhole }: CaseFlow): string {
  if (countedBy === 'centre') return isWhole ? '按中心记录' : '按中心记录，更早的记录已不在'
  return isWhole ? '中心离线，按本席收到的记录' : '中心离线，按本席收到的记录，断开期间的不在内'
}
