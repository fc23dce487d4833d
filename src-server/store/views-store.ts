import type { SavedView } from '#shared/contracts/central-api/cases'
import type { Database, Statements } from './open-database'
import type { SavedViewRow } from './schema'

/** Saved views: each account has its own, under ids and names of its own. What the settings mean is the windows' affair. */
type Reader = Database | Statements

/** By name. */
export async function listViews(db: Reader, accountId: string): Promise<readonly SavedView[]> {
  const rows = await db.selectFrom('saved_view').selectAll().where('account_id', '=', accountId).orderBy('name').execute()
  return rows.map(viewOf)
}

const viewOf = ({ view_id, name, queue, settings }: SavedViewRow): SavedView => ({
  viewId: view_id,
  name,
  queue: queue as SavedView['queue'],
  settings: JSON.parse(settings) as SavedView['settings'],
})

/** Inserts or replaces; the name must be free. */
export async function saveView(trx: Statements, accountId: string, { viewId, name, queue, settings }: SavedView): Promise<void> {
  const values = { name, queue, settings: JSON.stringify(settings) }
  await trx
    .insertInto('saved_view')
    .values({ account_id: accountId, view_id: viewId, ...values })
    .onConflict((conflict) => conflict.columns(['account_id', 'view_id']).doUpdateSet(values))
    .execute()
}

/** False when there was none. */
export async function deleteView(trx: Statements, accountId: string, viewId: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('saved_view')
    .where('account_id', '=', accountId)
    .where('view_id', '=', viewId)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
