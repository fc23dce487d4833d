import type { Kysely } from 'kysely'

/** The telephone on which somebody is reached at work, collectors above all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('account').addColumn('work_phone', 'text').execute()
}
