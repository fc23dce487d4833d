import type { EpochMs } from '#shared/base/clock'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { sampleDueAt } from '#shared/domain/case/follow-up'
import type { CaseRow } from '#shared/domain/case/row'

/** Every call that this hall owes a citizen, in one list and by the moment at which it is due, whatever it is owed for. Pure. */
export const dueKinds = {
  promised: '约定回拨',
  missed: '未接来电',
  closing: '结案回访',
  sampled: '抽样回访',
  dissatisfied: '回访不满意',
} as const
export type DueKind = keyof typeof dueKinds

export type DueCall = {
  readonly key: string
  readonly kind: DueKind
  /** Null: it cannot be called, or no time was set. */
  readonly dueAt: EpochMs | null
} & ({ readonly missed: MissedCallView; readonly row: null } | { readonly missed: null; readonly row: CaseRow })

/** 回访 within a day, by the rules of the hotline; where the case's own clock runs in 待结案, that one says it. */
const followUpWithinMs = 24 * 3_600_000

export interface DueSources {
  readonly missed: readonly MissedCallView[]
  readonly closing: readonly CaseRow[]
  readonly sampled: readonly CaseRow[]
  readonly dissatisfied: readonly CaseRow[]
}

export function dueCallsOf({ missed, closing, sampled, dissatisfied }: DueSources): readonly DueCall[] {
  const calls: DueCall[] = [
    ...missed.map(
      (one): DueCall => ({ key: one.lastCallId, kind: one.isPromised ? 'promised' : 'missed', dueAt: one.dueAt, missed: one, row: null }),
    ),
    ...closing.map((row) =>
      ofCase('closing', row, row.state === 'checked' && row.clock ? row.clock.dueAt : row.enteredAt + followUpWithinMs),
    ),
    ...sampled.map((row) => ofCase('sampled', row, sampleDueAt(row.endedAt ?? row.enteredAt))),
    ...dissatisfied.map((row) => ofCase('dissatisfied', row, null)),
  ]
  return calls.sort((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY))
}

const ofCase = (kind: DueKind, row: CaseRow, dueAt: EpochMs | null): DueCall => ({
  key: `${kind}/${row.caseId}`,
  kind,
  dueAt,
  missed: null,
  row,
})
