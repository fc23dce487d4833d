import type { Kysely } from 'kysely'

/** The ledger of equipment, and the steps of repair orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('equipment')
    .addColumn('equipment_id', 'text', (c) => c.primaryKey())
    .addColumn('equipment_no', 'text', (c) => c.notNull().unique())
    .addColumn('equipment', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('repair_step')
    .addColumn('step_id', 'text', (c) => c.primaryKey())
    .addColumn('order_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('is_end', 'integer', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('repair_step_order').on('repair_step').columns(['order_id']).execute()
  await db.schema.createIndex('repair_step_at').on('repair_step').columns(['at']).execute()
}
