import { type Kysely, sql } from 'kysely'

/** Exchange with other platforms: who they are, which case is which of theirs, what is to be sent to them, and the log of it all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createPartners(db)
  await createOutbox(db)
  await createLog(db)
}

async function createPartners(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('partner')
    .addColumn('partner_id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull().unique())
    .addColumn('key_hash', 'text', (c) => c.notNull().unique())
    .addColumn('signing_secret', 'text', (c) => c.notNull())
    .addColumn('notify_url', 'text')
    .addColumn('is_enabled', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('exchange_case')
    .addColumn('partner_id', 'text', (c) => c.notNull().references('partner.partner_id'))
    .addColumn('external_no', 'text', (c) => c.notNull())
    .addColumn('case_id', 'text', (c) => c.notNull().unique())
    .addColumn('case_no', 'text', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('closing_opinion', 'text')
    .addPrimaryKeyConstraint('exchange_case_pk', ['partner_id', 'external_no'])
    .execute()
  await db.schema.createIndex('exchange_case_changed').on('exchange_case').columns(['partner_id', 'changed_at', 'case_id']).execute()
}

async function createOutbox(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exchange_outbox')
    .addColumn('delivery_id', 'text', (c) => c.primaryKey())
    .addColumn('partner_id', 'text', (c) => c.notNull().references('partner.partner_id'))
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('external_no', 'text', (c) => c.notNull())
    .addColumn('case_no', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .execute()
  const waiting = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('exchange_outbox').columns(columns).where(sql.ref('state'), '=', sql.lit('waiting')).execute()
  await waiting('exchange_outbox_due', ['next_at'])
  await waiting('exchange_outbox_case', ['case_id', 'version'])
}

async function createLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exchange_log')
    .addColumn('entry_id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('partner_name', 'text', (c) => c.notNull())
    .addColumn('direction', 'text', (c) => c.notNull())
    .addColumn('operation', 'text', (c) => c.notNull())
    .addColumn('external_no', 'text')
    .addColumn('case_no', 'text')
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('exchange_log_at').on('exchange_log').columns(['at', 'entry_id']).execute()
}
