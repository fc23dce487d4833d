import type { Kysely } from 'kysely'

/** Keys of base maps from elsewhere, apart from the document that every seat holds. A key belongs to the hosts for which it was entered. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('base_map_key')
    .addColumn('source_id', 'text', (column) => column.primaryKey())
    .addColumn('origins', 'text', (column) => column.notNull())
    .addColumn('key_text', 'text', (column) => column.notNull())
    .execute()
}
