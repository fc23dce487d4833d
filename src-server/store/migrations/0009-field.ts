import type { Kysely } from 'kysely'

/** Where collectors were, and what of where they are now the seats have been told. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('collector_track')
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('lng', 'double precision', (c) => c.notNull())
    .addColumn('lat', 'double precision', (c) => c.notNull())
    .addColumn('accuracy_m', 'integer')
    .addColumn('is_outside', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('collector_track_pk', ['account_no', 'at'])
    .execute()
  await db.schema.createIndex('collector_track_age').on('collector_track').columns(['at']).execute()
  // SQLite adds one column at a time.
  await db.schema.alterTable('collector_duty').addColumn('accuracy_m', 'integer').execute()
  await db.schema.alterTable('collector_duty').addColumn('outside_since', 'bigint').execute()
  await db.schema
    .alterTable('collector_duty')
    .addColumn('changed_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .alterTable('collector_duty')
    .addColumn('told_at', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
}
