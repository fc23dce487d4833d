import type { Kysely } from 'kysely'

/** The newest check of each seat's telephone, day by day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seat_check')
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('check_json', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seat_check_key', ['seat_no', 'day'])
    .execute()
  await db.schema.createIndex('seat_check_day').on('seat_check').columns(['day']).execute()
}
