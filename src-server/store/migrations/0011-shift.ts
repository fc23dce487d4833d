import { type Kysely, SqliteAdapter, sql } from 'kysely'
import { tokensOf } from '#shared/domain/case/tokens'

/** The shift: seals of the duty log and the keys of seats, the log's text index, roster and requests, handovers, what was put right in attendance. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createLog(db)
  await createSearch(db)
  await createRoster(db)
  await db.schema
    .createTable('handover_step')
    .addColumn('step_id', 'text', (c) => c.primaryKey())
    .addColumn('handover_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .addColumn('step', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('handover_step_handover').on('handover_step').columns(['handover_id']).execute()
  await db.schema.createIndex('handover_step_at').on('handover_step').columns(['at']).execute()
}

async function createLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('seat_key')
    .addColumn('key_id', 'text', (c) => c.primaryKey())
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('public_key', 'text', (c) => c.notNull())
    .addColumn('registered_at', 'bigint', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .execute()
  // What is not in the entry itself. The seal's columns are null for whoever writes without a seat's key.
  await db.schema
    .createTable('duty_log_seal')
    .addColumn('entry_id', 'text', (c) => c.primaryKey().references('duty_log_entry.entry_id'))
    .addColumn('origin', 'text', (c) => c.notNull())
    .addColumn('corrects', 'text')
    .addColumn('links', 'text', (c) => c.notNull())
    .addColumn('key_id', 'text')
    .addColumn('position', 'bigint')
    .addColumn('stamp_ms', 'bigint')
    .addColumn('stamp_count', 'bigint')
    .addColumn('previous_hash', 'text')
    .addColumn('hash', 'text')
    .addColumn('signature', 'text')
    .execute()
  await db.schema.createIndex('duty_log_seal_place').on('duty_log_seal').columns(['key_id', 'position']).execute()
}

async function createSearch(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  await db.schema
    .createTable('duty_log_search')
    .addColumn('search_id', isSqlite ? 'integer' : 'bigint', (c) => c.primaryKey())
    .addColumn('entry_id', 'text', (c) => c.notNull().unique())
    .execute()
  if (isSqlite) {
    await sql`create virtual table duty_log_search_text using fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(
      db,
    )
  } else {
    await sql`alter table duty_log_search add column tokens tsvector not null`.execute(db)
    await sql`create index duty_log_search_tokens on duty_log_search using gin (tokens)`.execute(db)
  }
  const { rows } = await sql<{ entry_id: string; text: string; author_name: string; written_at: number | string }>`
    select entry_id, text, author_name, written_at from duty_log_entry order by written_at, entry_id`.execute(db)
  let place = 0
  for (const row of rows) {
    place = Math.max(Number(row.written_at) * 1000, place + 1)
    const tokens = tokensOf(`${row.text}\n${row.author_name}`)
    if (isSqlite) {
      await sql`insert into duty_log_search (search_id, entry_id) values (${place}, ${row.entry_id})`.execute(db)
      await sql`insert into duty_log_search_text (rowid, tokens) values (${place}, ${tokens.join(' ')})`.execute(db)
    } else {
      await sql`insert into duty_log_search (search_id, entry_id, tokens) values (${place}, ${row.entry_id}, array_to_tsvector(${[...tokens]}::text[]))`.execute(
        db,
      )
    }
  }
}

async function createRoster(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('roster_line')
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('rule_ids', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('roster_line_pk', ['date', 'account_no'])
    .execute()
  await db.schema
    .createTable('shift_request')
    .addColumn('request_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'bigint', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('shift_request_asked').on('shift_request').columns(['asked_at']).execute()
  await db.schema
    .createTable('admission')
    .addColumn('admission_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .addColumn('admission', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('admission_account').on('admission').columns(['account_no', 'until']).execute()
  await db.schema
    .createTable('attendance_correction')
    .addColumn('correction_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('shift_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('correction', 'text', (c) => c.notNull())
    .execute()
  await db.schema.createIndex('attendance_correction_shift').on('attendance_correction').columns(['shift_id']).execute()
}
