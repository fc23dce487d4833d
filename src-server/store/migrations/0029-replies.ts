import { type Kysely, sql } from 'kysely'

/**
 * 回复来源: which cases wait for one, when one was given, for which sources a platform takes replies, and which deliveries are replies. Cases from outside
 * that are open now wait for theirs; what ended before replies were kept is not asked for any more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('case_record')
    .addColumn('needs_reply', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('case_record').addColumn('replied_at', 'bigint').execute()
  await sql`update case_record set needs_reply = 1 where is_open = 1 and reply_by is not null`.execute(db)
  await sql`create index case_reply_due on case_record (reply_by) where needs_reply = 1`.execute(db)
  await sql`create index case_replied on case_record (replied_at) where replied_at is not null`.execute(db)
  await db.schema.alterTable('partner').addColumn('reply_sources', 'text').execute()
  await db.schema
    .alterTable('exchange_outbox')
    .addColumn('is_reply', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
}
