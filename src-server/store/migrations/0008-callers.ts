import { type Kysely, sql } from 'kysely'

/** The line of a citizen's number, so that a caller is found again however the number was written, and the key under which seats know lines. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('case_person').addColumn('line', 'text').execute()
  // As `lineOf` reads a number, as far as SQL of both databases can: spaces and strokes left out, the country's code and leading zeros taken away.
  const digits = sql`replace(replace(replace(replace(replace(number, ' ', ''), '-', ''), '(', ''), ')', ''), '+86', '')`
  await sql`UPDATE case_person SET line = ltrim(${digits}, '0') WHERE person = 'citizen' AND length(ltrim(${digits}, '0')) >= 7`.execute(db)
  await db.schema.createIndex('case_person_line').on('case_person').columns(['line']).execute()
  await db.schema
    .createTable('caller_key')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('salt', 'text', (c) => c.notNull())
    .execute()
}
