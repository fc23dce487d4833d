import type { Kysely } from 'kysely'

/** One-time links for a citizen's pictures: the token only as a hash, and what came through it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('citizen_link')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull().references('case_record.case_id'))
    // Whoever gave it: what comes through it is theirs until the case has it.
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('pictures', 'integer', (c) => c.notNull())
    .addColumn('picture_ids', 'text', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute()
}
