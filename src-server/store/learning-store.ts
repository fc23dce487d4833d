import type { CaseFacts } from '#shared/domain/case/facts'
import type { CaseBeginning } from '#shared/domain/case/history'
import type { Database } from './open-database'

/** Ended cases as something to learn from: facts alone, the newest first. What was made sensitive or names a colleague teaches nobody. */
export async function findFactsToLearn(db: Database, limit: number): Promise<readonly CaseFacts[]> {
  const rows = await db
    .selectFrom('case_record')
    .select('beginning')
    .where('state', '=', 'closed')
    .where('is_sensitive', '=', 0)
    .where('is_recused', '=', 0)
    .orderBy('began_at', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ beginning }) => (JSON.parse(beginning) as CaseBeginning).facts)
}
