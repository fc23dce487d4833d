import type { EpochMs } from '#shared/base/clock'
import type { CaseRow } from '#shared/domain/case/row'
import type { Entry, EntryOutcome, Occurrence, Wall } from '#shared/domain/wall/wall'
import type { Database, Statements } from './open-database'

/** Walls and their change logs. Whoever writes holds the lock `walls`. */
type Reader = Database | Statements

const wallOf = (row: { state: string }): Wall => JSON.parse(row.state) as Wall
const entryOf = (row: { entry: string }): Entry => JSON.parse(row.entry) as Entry

export async function listWalls(db: Reader): Promise<readonly Wall[]> {
  return (await db.selectFrom('wall').select('state').orderBy('wall_id').execute()).map(wallOf)
}

export async function findWall(db: Reader, wallId: string): Promise<Wall | undefined> {
  const row = await db.selectFrom('wall').select('state').where('wall_id', '=', wallId).executeTakeFirst()
  return row && wallOf(row)
}

export async function putWall(trx: Statements, wall: Wall): Promise<void> {
  const values = { revision: wall.revision, state: JSON.stringify(wall) }
  await trx
    .insertInto('wall')
    .values({ wall_id: wall.wallId, ...values })
    .onConflict((conflict) => conflict.column('wall_id').doUpdateSet(values))
    .execute()
}

/** Newest first. */
export async function listEntries(db: Reader, wallId: string, before: number, limit: number): Promise<readonly Entry[]> {
  const rows = await db
    .selectFrom('wall_entry')
    .select('entry')
    .where('wall_id', '=', wallId)
    .where('revision', '<', before)
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

export async function findEntry(db: Reader, wallId: string, revision: number): Promise<Entry | undefined> {
  const row = await db
    .selectFrom('wall_entry')
    .select('entry')
    .where('wall_id', '=', wallId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return row && entryOf(row)
}

/** The newest lines of one person, newest first. */
export async function entriesOf(db: Reader, wallId: string, accountNo: string, limit: number): Promise<readonly Entry[]> {
  const rows = await db
    .selectFrom('wall_entry')
    .select('entry')
    .where('wall_id', '=', wallId)
    .where('by_kind', '=', 'person')
    .where('by_id', '=', accountNo)
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute()
  return rows.map(entryOf)
}

export async function insertEntries(trx: Statements, wallId: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map((entry) => ({
    wall_id: wallId,
    revision: entry.revision,
    at: entry.at,
    by_kind: entry.by.kind,
    by_id: entry.by.id,
    entry: JSON.stringify(entry),
  }))
  await trx.insertInto('wall_entry').values(rows).execute()
}

export async function amendEntry(trx: Statements, wallId: string, revision: number, change: Partial<Entry>): Promise<void> {
  const entry = await findEntry(trx, wallId, revision)
  if (!entry) return
  await trx
    .updateTable('wall_entry')
    .set({ entry: JSON.stringify({ ...entry, ...change }) })
    .where('wall_id', '=', wallId)
    .where('revision', '=', revision)
    .execute()
}

export async function amendOutcomes(trx: Statements, wallId: string, outcomes: readonly EntryOutcome[]): Promise<void> {
  for (const { revision, outcome, reason } of outcomes) await amendEntry(trx, wallId, revision, { outcome, reason })
}

export async function forgetEntries(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('wall_entry').where('at', '<', before).execute()
}

/** At most: more urgent cases at once than a wall has cells help nobody. */
const mostUrgent = 64

/** Urgent cases that are being worked on, the oldest first. Sensitive ones, and those kept from somebody, are for no wall. */
export async function urgentCases(db: Reader): Promise<readonly Occurrence[]> {
  const rows = await db
    .selectFrom('case_record')
    .select(['case_id', 'case_no', 'row'])
    .where('is_urgent', '=', 1)
    .where('is_sensitive', '=', 0)
    .where('is_recused', '=', 0)
    .where('is_open', '=', 1)
    .orderBy('case_id')
    .limit(mostUrgent)
    .execute()
  return rows.map((row) => {
    const { subclassName, address } = JSON.parse(row.row) as CaseRow
    return {
      ...{ occurrenceId: row.case_id, kind: 'urgentCase', alarmKind: null, why: `紧急案卷 ${row.case_no}` },
      content: { kind: 'case', id: row.case_id, title: `${subclassName} ${address}`.trim().slice(0, 80) || row.case_no },
    }
  })
}
