import type { EpochMs } from '#shared/base/clock'
import type { FlowKind } from '#shared/domain/case/case-flow'
import type { Database } from './database'

/** Cases in and out as this seat heard of them, for a handover while the centre is away. Kept for some weeks; the centre's own count goes before it. */
export interface CaseFlowStore {
  keep(seq: number, at: EpochMs, flows: readonly Flow[]): void
  /** The whole state was read anew at this number: steps before it may not have been heard. */
  keepGap(seq: number, at: EpochMs): void
  /** After `fromSeq`, or from `fromAt` on when it is null. `isWhole`: no step of that time can be missing. */
  since(fromSeq: number | null, fromAt: EpochMs): { readonly flows: readonly Flow[]; readonly isWhole: boolean }
}

export interface Flow {
  readonly kind: FlowKind
  readonly count: number
}

const keptMs = 45 * 86_400_000

export function createCaseFlow(database: Database): CaseFlowStore {
  const insert = database.prepare('INSERT INTO case_flow (seq, at, flows) VALUES (?, ?, ?) ON CONFLICT (seq) DO NOTHING')
  const forget = database.prepare('DELETE FROM case_flow WHERE at < ?')
  const bySeq = database.prepare('SELECT flows FROM case_flow WHERE seq > ? ORDER BY seq')
  const byTime = database.prepare('SELECT flows FROM case_flow WHERE at >= ? ORDER BY seq')
  const firstGap = database.prepare("SELECT min(seq) AS seq FROM case_flow WHERE flows = ''")
  return {
    keep: (seq, at, flows) => void insert.run(seq, at, JSON.stringify(flows)),
    keepGap(seq, at) {
      forget.run(at - keptMs)
      insert.run(seq, at, '')
    },
    since(fromSeq, fromAt) {
      const rows = (fromSeq === null ? byTime.all(fromAt) : bySeq.all(fromSeq)) as { readonly flows: string }[]
      const flows = rows.flatMap((row) => (row.flows === '' ? [] : (JSON.parse(row.flows) as Flow[])))
      // Before the first gap nothing was heard at all.
      const heardFrom = (firstGap.get() as { readonly seq: number | null }).seq
      return { flows, isWhole: heardFrom !== null && !rows.some((row) => row.flows === '') && (fromSeq === null || fromSeq >= heardFrom) }
    },
  }
}
