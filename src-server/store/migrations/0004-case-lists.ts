import { type Kysely, SqliteAdapter, sql } from 'kysely'

/**
 * What finding, keeping and handing out lists of cases needs. The text index holds only tokens that the program made (`domain/case/tokens`): SQLite
 * keeps them in an FTS5 table without contents, PostgreSQL as a `tsvector`. Its key grows with the time of the case, so the newest are read first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSearch(db)
  await createViews(db)
  await createExports(db)
  // The box around a place, with what else decides about a duplicate, answered from the index alone.
  await db.schema.createIndex('case_position').on('case_record').columns(['lat', 'lng', 'began_at', 'is_open']).execute()
}

async function createSearch(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  // On SQLite an `integer primary key` is the row's own number, and nothing is stored twice.
  await db.schema
    .createTable('case_search')
    .addColumn('search_id', isSqlite ? 'integer' : 'bigint', (c) => c.primaryKey())
    .addColumn('case_id', 'text', (c) => c.notNull().unique())
    .execute()
  if (isSqlite) {
    // `ascii` takes every letter beyond ASCII as part of a token, which is what finished tokens need. No places of tokens are kept: none is asked for.
    await sql`create virtual table case_search_text using fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(
      db,
    )
    return
  }
  await sql`alter table case_search add column tokens tsvector not null`.execute(db)
  await sql`create index case_search_tokens on case_search using gin (tokens)`.execute(db)
}

async function createViews(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('saved_view')
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.account_id'))
    .addColumn('view_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('queue', 'text')
    .addColumn('settings', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('saved_view_pk', ['account_id', 'view_id'])
    .addUniqueConstraint('saved_view_name', ['account_id', 'name'])
    .execute()
}

async function createExports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('export_job')
    .addColumn('export_id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('account.account_id'))
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('account_name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('department_code', 'text')
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('filter', 'text', (c) => c.notNull())
    .addColumn('file_name', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('total', 'integer', (c) => c.notNull())
    .addColumn('done', 'integer', (c) => c.notNull())
    .addColumn('bytes', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('touched_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('failure', 'text')
    .execute()
  await db.schema.createIndex('export_job_account').on('export_job').columns(['account_id', 'state']).execute()
  await db.schema.createIndex('export_job_expiry').on('export_job').column('expires_at').execute()
}
