import type { Kysely } from 'kysely'

/** Who steers which camera, its presets, home and tour. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('camera_steering')
    .addColumn('camera_no', 'text', (c) => c.primaryKey())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('is_ticking', 'integer', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('camera_steering_ticking').on('camera_steering').column('is_ticking').execute()
}
