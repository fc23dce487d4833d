import { type Kysely, sql } from 'kysely'

/**
 * Cases: the history, which is the truth, and beside it one row per case with what lists, queues and rules ask for. Persons are in a table of their
 * own, so that nothing that lists cases can touch them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRecords(db)
  await createHistory(db)
  await createSides(db)
  await db.schema.alterTable('account').addColumn('department_code', 'text').execute()
}

async function createRecords(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('case_record')
    .addColumn('case_id', 'text', (c) => c.primaryKey())
    .addColumn('case_no', 'text', (c) => c.notNull().unique())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('is_open', 'integer', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('standard', 'text', (c) => c.notNull())
    .addColumn('subclass_code', 'text', (c) => c.notNull())
    .addColumn('street_code', 'text')
    .addColumn('community_code', 'text')
    .addColumn('grid_code', 'text')
    .addColumn('component_code', 'text')
    .addColumn('lng', 'double precision')
    .addColumn('lat', 'double precision')
    .addColumn('department_code', 'text')
    .addColumn('collector_no', 'text')
    .addColumn('is_urgent', 'integer', (c) => c.notNull())
    .addColumn('is_sensitive', 'integer', (c) => c.notNull())
    .addColumn('is_recused', 'integer', (c) => c.notNull())
    .addColumn('request_with', 'text')
    .addColumn('reworks', 'integer', (c) => c.notNull())
    .addColumn('sent_backs', 'integer', (c) => c.notNull())
    .addColumn('urges', 'integer', (c) => c.notNull())
    .addColumn('is_overseen', 'integer', (c) => c.notNull())
    .addColumn('needs_follow_up', 'integer', (c) => c.notNull())
    .addColumn('began_at', 'bigint', (c) => c.notNull())
    .addColumn('entered_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('amber_at', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('is_paused', 'integer', (c) => c.notNull())
    .addColumn('urge_at', 'bigint')
    .addColumn('reply_by', 'bigint')
    .addColumn('profile_id', 'text', (c) => c.notNull())
    .addColumn('beginning', 'text', (c) => c.notNull())
    .addColumn('row', 'text', (c) => c.notNull())
    .execute()
  // What is open is little at any time, however many years lie behind it: queues read only these.
  const open = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('case_record').columns(columns).where(sql.ref('is_open'), '=', sql.lit(1)).execute()
  await open('case_open_state', ['state', 'due_at', 'case_id'])
  await open('case_open_due', ['due_at', 'case_id'])
  await open('case_open_collector', ['collector_no', 'due_at', 'case_id'])
  await open('case_open_department', ['department_code', 'due_at', 'case_id'])
  await db.schema.createIndex('case_urge').on('case_record').column('urge_at').where(sql.ref('urge_at'), 'is not', null).execute()
  const all = (name: string, columns: string[]) => db.schema.createIndex(name).on('case_record').columns(columns).execute()
  await all('case_profile', ['profile_id'])
  await all('case_began', ['began_at', 'case_id'])
  await all('case_subclass', ['subclass_code', 'began_at', 'case_id'])
  await all('case_grid', ['grid_code', 'began_at', 'case_id'])
  await all('case_street', ['street_code', 'began_at', 'case_id'])
  await all('case_department_began', ['department_code', 'began_at', 'case_id'])
}

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('case_history')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('account_name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('department_code', 'text')
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text', (c) => c.notNull())
    .addColumn('input', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_history_pk', ['case_id', 'seq'])
    .execute()
}

async function createSides(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('case_person')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('number', 'text', (c) => c.notNull())
    .addColumn('gender', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_person_pk', ['case_id', 'person'])
    .execute()
  const member = async (table: string, column: string) => {
    await db.schema
      .createTable(table)
      .addColumn('case_id', 'text', (c) => c.notNull())
      .addColumn(column, 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint(`${table}_pk`, ['case_id', column])
      .execute()
    await db.schema.createIndex(`${table}_by`).on(table).columns([column, 'case_id']).execute()
  }
  // Whom a complaint names; which departments have a case now; which collectors reported it, or have or had a task in it.
  await member('case_named', 'account_no')
  await member('case_department', 'department_code')
  await member('case_collector', 'account_no')
  await db.schema
    .createTable('case_relation')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('other_case_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_relation_pk', ['case_id', 'other_case_id'])
    .execute()
  await db.schema.createIndex('case_relation_by').on('case_relation').columns(['other_case_id', 'case_id']).execute()
  await db.schema
    .createTable('case_lock')
    .addColumn('case_id', 'text', (c) => c.primaryKey())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('seat_no', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('case_seen')
    .addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('account_no', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('case_seen_pk', ['case_id', 'account_no'])
    .execute()
  await db.schema
    .createTable('case_no_counter')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('last', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createTable('collector_duty')
    .addColumn('account_no', 'text', (c) => c.primaryKey())
    .addColumn('is_on_duty', 'integer', (c) => c.notNull())
    .addColumn('lng', 'double precision')
    .addColumn('lat', 'double precision')
    .addColumn('position_at', 'bigint')
    .execute()
}
