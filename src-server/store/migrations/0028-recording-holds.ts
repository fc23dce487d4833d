import type { Kysely } from 'kysely'

/** Recordings that a dispute needs are kept beyond their days until somebody lets them go. What was held and released stays to be read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recording_hold')
    .addColumn('hold_id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('by_no', 'text', (c) => c.notNull())
    .addColumn('by_name', 'text', (c) => c.notNull())
    .addColumn('held_at', 'bigint', (c) => c.notNull())
    .addColumn('released_at', 'bigint')
    .addColumn('released_by_no', 'text')
    .addColumn('release_reason', 'text')
    .execute()
  await db.schema.createIndex('recording_hold_recording').on('recording_hold').columns(['recording_id', 'released_at']).execute()
  await db.schema.createIndex('recording_hold_call').on('recording_hold').columns(['call_id', 'released_at']).execute()
}
