import type { Kysely } from 'kysely'

/** The telephone as the centre knows it: calls that are over, how people's time was spent, and each agent's last word. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_record')
    .addColumn('call_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('account_name', 'text', (c) => c.notNull())
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('number', 'text')
    .addColumn('is_missed', 'integer', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('answered_at', 'bigint')
    .addColumn('ended_at', 'bigint', (c) => c.notNull())
    .addColumn('record', 'text', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('call_record_newest').on('call_record').columns(['started_at', 'call_id']).execute()
  await db.schema.createIndex('call_record_person').on('call_record').columns(['account_no', 'started_at', 'call_id']).execute()
  await db.schema.createIndex('call_record_number').on('call_record').columns(['number', 'started_at']).execute()
  await db.schema
    .createTable('agent_interval')
    .addColumn('interval_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('account_name', 'text', (c) => c.notNull())
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addColumn('is_forced', 'integer', (c) => c.notNull())
    .addColumn('call_id', 'text')
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('agent_interval_time').on('agent_interval').columns(['ended_at', 'account_no']).execute()
  // One seat, one agent: the state of whoever sat there last.
  await db.schema
    .createTable('agent_state')
    .addColumn('seat_no', 'text', (c) => c.primaryKey())
    .addColumn('session_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute()
}
