import type { EpochMs } from '#shared/base/clock'
import type { LedgerCase } from '#shared/domain/case/ledger'
import type { CallClass } from '#shared/domain/case/reception'
import type { CaseSource, CaseState } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { visibleTo } from './case-conditions'
import type { Database } from './open-database'

/** Cases of these sources that began in this time, as far as the ledger counts them and the viewer may see them. */
export async function ledgerCases(
  db: Database,
  { from, until, sources, viewer }: { from: EpochMs; until: EpochMs; sources: readonly CaseSource[]; viewer: Viewer },
): Promise<readonly LedgerCase[]> {
  const rows = await db
    .selectFrom('case_record')
    .select(['began_at', 'source', 'state', 'replied_at', 'reply_by', 'beginning'])
    .where('began_at', '>=', from)
    .where('began_at', '<', until)
    .where('source', 'in', sources)
    .where(visibleTo(viewer))
    .execute()
  return rows.map((row) => {
    const { facts } = JSON.parse(row.beginning) as { readonly facts: { readonly reception?: { readonly callClass: CallClass } | null } }
    return {
      ...{ beganAt: row.began_at, source: row.source as CaseSource, state: row.state as CaseState },
      ...{ callClass: facts.reception?.callClass ?? null, repliedAt: row.replied_at, replyBy: row.reply_by },
    }
  })
}
