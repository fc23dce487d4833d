import { type Kysely, sql } from 'kysely'

/**
 * Ended cases that were drawn for a follow-up and still wait for it, a few hundred of all there are; and ended ones by the day they ended, of which the
 * last weeks are looked through for citizens who were not content.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index case_sampled on case_record (ended_at) where needs_follow_up = 1 and is_open = 0`.execute(db)
  await sql`create index case_ended on case_record (ended_at) where is_open = 0`.execute(db)
}
