import type { Kysely } from 'kysely'

/** Recordings of calls without their sound, and who listened to which. A purged one keeps its row. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('recording')
    .addColumn('recording_id', 'text', (c) => c.primaryKey())
    .addColumn('call_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('duration_ms', 'bigint', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text', (c) => c.notNull())
    .addColumn('marks', 'text', (c) => c.notNull())
    .addColumn('peaks', 'text', (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('touched_at', 'bigint', (c) => c.notNull())
    .addColumn('uploaded_at', 'bigint')
    .addColumn('purged_at', 'bigint')
    .execute()
  await db.schema.createIndex('recording_call').on('recording').columns(['call_id']).execute()
  await db.schema.createIndex('recording_age').on('recording').columns(['state', 'started_at']).execute()
  await db.schema
    .createTable('recording_play')
    .addColumn('play_id', 'text', (c) => c.primaryKey())
    .addColumn('recording_id', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('begun_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('recording_play_recording').on('recording_play').columns(['recording_id', 'begun_at']).execute()
}
