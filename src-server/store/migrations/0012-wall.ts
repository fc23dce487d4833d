import type { Kysely } from 'kysely'

/** Walls as one value each, and every change of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('wall')
    .addColumn('wall_id', 'text', (c) => c.primaryKey())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('wall_entry')
    .addColumn('wall_id', 'text', (c) => c.notNull())
    .addColumn('revision', 'bigint', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('by_kind', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('entry', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('wall_entry_key', ['wall_id', 'revision'])
    .execute()
  await db.schema.createIndex('wall_entry_author').on('wall_entry').columns(['wall_id', 'by_kind', 'by_id', 'revision']).execute()
}
