import type { Kysely } from 'kysely'

/** Devices of GB/T 28181 with what they have, whether cameras are there, and the ledger of their outages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('gb_device')
    .addColumn('device_id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('is_enabled', 'integer', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    // H(A1) of RFC 7616 in place of the password; good for this realm alone.
    .addColumn('realm', 'text', (c) => c.notNull())
    .addColumn('secret_md5', 'text', (c) => c.notNull())
    .addColumn('secret_sha256', 'text', (c) => c.notNull())
    .addColumn('is_online', 'integer', (c) => c.notNull())
    .addColumn('seen_at', 'bigint')
    // JSON: where it is registered from, what it says of itself.
    .addColumn('binding', 'text')
    .addColumn('info', 'text')
    .addColumn('catalog_at', 'bigint')
    .addColumn('is_catalog_whole', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('gb_channel')
    .addColumn('device_id', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('item', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('gb_channel_key', ['device_id', 'channel_id'])
    .execute()
  await db.schema
    .createTable('camera_state')
    .addColumn('camera_no', 'text', (c) => c.primaryKey())
    .addColumn('is_online', 'integer', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('cause', 'text')
    .execute()
  await db.schema
    .createTable('camera_outage')
    .addColumn('outage_id', 'text', (c) => c.primaryKey())
    .addColumn('camera_no', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('cause', 'text', (c) => c.notNull())
    .addColumn('began_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute()
  await db.schema.createIndex('camera_outage_time').on('camera_outage').columns(['ended_at', 'began_at']).execute()
}
