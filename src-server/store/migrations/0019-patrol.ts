import type { Kysely } from 'kysely'

/** Stops of the video patrol, day by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('patrol_stop')
    .addColumn('stop_id', 'text', (c) => c.primaryKey())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('stop_json', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('patrol_stop_day').on('patrol_stop').columns(['day', 'at']).execute()
}
