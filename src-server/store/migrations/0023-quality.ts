import type { Kysely } from 'kysely'

/** 质检: entries of calls' quality files, which are only added to, and every version of the score form that was ever in force. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('quality_entry')
    .addColumn('entry_id', 'text', (c) => c.primaryKey())
    .addColumn('call_id', 'text', (c) => c.notNull().references('call_record.call_id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('agent_no', 'text', (c) => c.notNull())
    .addColumn('call_at', 'bigint', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('entry', 'text', (c) => c.notNull())
    .addUniqueConstraint('quality_entry_order', ['call_id', 'seq'])
    .execute()
  await db.schema.createIndex('quality_entry_time').on('quality_entry').columns(['call_at']).execute()
  await db.schema.createIndex('quality_entry_agent').on('quality_entry').columns(['agent_no', 'call_at']).execute()
  await db.schema
    .createTable('quality_form_version')
    .addColumn('form_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('form', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('quality_form_version_key', ['form_id', 'version'])
    .execute()
}
