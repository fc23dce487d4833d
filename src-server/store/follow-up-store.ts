import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { FollowUpOutcome } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import { isEndedCase, visibleTo } from './case-conditions'
import type { Database } from './open-database'

/** Ended cases and what their citizens said of them. Only what the viewer may see. */

/** Drawn for a follow-up and not yet asked about, the longest ended first. */
export async function listSampled(db: Database, viewer: Viewer, since: EpochMs, limit: number): Promise<CaseRow[]> {
  const rows = await db
    .selectFrom('case_record')
    .select('row')
    // Written out and not bound: only then does the partial index serve.
    .where(sql<boolean>`needs_follow_up = 1`)
    .where(isEndedCase)
    .where('ended_at', '>=', since)
    .where(visibleTo(viewer))
    .orderBy('ended_at')
    .limit(limit)
    .execute()
  return rows.map(({ row }) => JSON.parse(row) as CaseRow)
}

/** Whose citizen was not content when last asked after the end, the newest first. */
export async function listDissatisfied(db: Database, viewer: Viewer, since: EpochMs, limit: number): Promise<CaseRow[]> {
  const said = await db
    .selectFrom('case_record')
    .innerJoin('case_history', 'case_history.case_id', 'case_record.case_id')
    .select(['case_record.case_id', 'case_record.row', 'case_history.input'])
    .where(isEndedCase)
    .where('case_record.ended_at', '>=', since)
    .where('case_history.action', '=', 'followUp')
    .whereRef('case_history.at', '>=', 'case_record.ended_at')
    .where(visibleTo(viewer))
    .orderBy('case_history.at', 'desc')
    .orderBy('case_history.seq', 'desc')
    .execute()
  const lastOf = new Map<string, { readonly row: string; readonly outcome: FollowUpOutcome | undefined }>()
  for (const { case_id, row, input } of said) {
    const { outcome } = JSON.parse(input) as { readonly outcome?: FollowUpOutcome }
    // Nobody answered says nothing of what was said before.
    if (!lastOf.has(case_id) && outcome !== 'noAnswer') lastOf.set(case_id, { row, outcome })
  }
  const rows = [...lastOf.values()].filter(({ outcome }) => outcome === 'dissatisfied').map(({ row }) => JSON.parse(row) as CaseRow)
  return rows.slice(0, limit)
}
