import type { Kysely } from 'kysely'

/**
 * A large import is written in many short transactions, so that others get their turn. Until it is done readers are shown the geodata as it was before the
 * moment `writing_at`, which all its versions have.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('geo_revision').addColumn('writing_at', 'bigint').execute()
  await db.schema.alterTable('geo_revision').addColumn('writing_import', 'text').execute()
}
