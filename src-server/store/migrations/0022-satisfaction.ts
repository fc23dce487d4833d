import type { Kysely } from 'kysely'

/** What citizens said to the service after their calls. An answer may come before the record of its call does. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_satisfaction')
    .addColumn('ref', 'text', (c) => c.primaryKey())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('answered_at', 'bigint', (c) => c.notNull())
    .execute()
  // Null: nobody was asked. `satisfaction_ref` names the call as the exchange does.
  await db.schema.alterTable('call_record').addColumn('satisfaction', 'text').execute()
  await db.schema.alterTable('call_record').addColumn('satisfaction_ref', 'text').execute()
  await db.schema.createIndex('call_record_satisfaction').on('call_record').columns(['satisfaction_ref']).execute()
}
