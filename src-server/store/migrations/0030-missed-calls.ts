import type { Kysely } from 'kysely'

/** 未接来电: who has taken a number on to call it back, and until when everything of it is settled. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('missed_desk')
    .addColumn('missed_key', 'text', (c) => c.primaryKey())
    .addColumn('claimed_by', 'text')
    .addColumn('claimed_name', 'text')
    .addColumn('claimed_until', 'bigint')
    .addColumn('settled_at', 'bigint')
    .addColumn('settled_by', 'text')
    .addColumn('note', 'text')
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute()
}
