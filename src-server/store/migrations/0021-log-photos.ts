import type { Kysely } from 'kysely'

/** Attachments that an entry of the duty log points at: they are kept, and whoever reads the log may see them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('duty_log_attachment')
    .addColumn('attachment_id', 'text', (c) => c.notNull())
    .addColumn('entry_id', 'text', (c) => c.notNull())
    .addColumn('author_no', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('duty_log_attachment_key', ['attachment_id', 'entry_id'])
    .execute()
}
