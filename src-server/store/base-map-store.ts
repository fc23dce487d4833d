import type { Database, Statements } from './open-database'

/** Keys of base maps. Nothing but fetching a square reads one; nobody is ever shown it again. */
export interface BaseMapKey {
  readonly sourceId: string
  /** The hosts it was entered for, in their order. */
  readonly origins: string
  readonly key: string
}

export async function listBaseMapKeys(db: Database | Statements): Promise<readonly BaseMapKey[]> {
  const rows = await db.selectFrom('base_map_key').selectAll().orderBy('source_id').execute()
  return rows.map(({ source_id, origins, key_text }) => ({ sourceId: source_id, origins, key: key_text }))
}

export async function keepBaseMapKey(trx: Statements, { sourceId, origins, key }: BaseMapKey): Promise<void> {
  const values = { origins, key_text: key }
  await trx
    .insertInto('base_map_key')
    .values({ source_id: sourceId, ...values })
    .onConflict((conflict) => conflict.column('source_id').doUpdateSet(values))
    .execute()
}

export async function forgetBaseMapKey(trx: Statements, sourceId: string): Promise<void> {
  await trx.deleteFrom('base_map_key').where('source_id', '=', sourceId).execute()
}
