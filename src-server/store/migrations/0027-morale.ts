import type { Kysely } from 'kysely'

/** Reports to the managers about people at work, apart from the duty log and everything that reads it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('morale_report')
    .addColumn('report_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('morale_report_written').on('morale_report').columns(['written_at']).execute()
}
