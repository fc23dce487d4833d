import type { EpochMs } from '#shared/base/clock'
import { lineOf } from '#shared/domain/caller/line'
import type { ActionId } from '#shared/domain/case/actions'
import type { CaseActor, CaseBeginning, HistoryEntry } from '#shared/domain/case/history'
import type { ActionInput } from '#shared/domain/case/inputs'
import type { CaseRow } from '#shared/domain/case/row'
import type { CaseState } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import type { CaseIdentity, CaseImage, CaseSides, PreparedCase } from './case-columns'
import { isOpenCase, visibleTo } from './case-conditions'
import { indexCase, reindexCase } from './case-search-store'
import type { Database, DatabaseKind, Statements } from './open-database'
import type { CaseHistoryRow, CaseRecordRow } from './schema'

/** Cases: histories, which are only added to, and the rows that follow from them. What may be done and who may see it is decided elsewhere. */
type Reader = Database | Statements

export interface StoredCase {
  readonly identity: CaseIdentity
  readonly beginning: CaseBeginning
  readonly row: CaseRow
  /** In order. */
  readonly history: readonly HistoryEntry[]
}

type Head = Pick<CaseRecordRow, 'case_id' | 'case_no' | 'profile_id' | 'beginning' | 'row'>
const headColumns = ['case_id', 'case_no', 'profile_id', 'beginning', 'row'] as const

/** Undefined also for a case that this viewer may not see. */
export async function findCase(db: Reader, caseId: string, viewer: Viewer): Promise<StoredCase | undefined> {
  const head = await db
    .selectFrom('case_record')
    .select(headColumns)
    .where('case_id', '=', caseId)
    .where(visibleTo(viewer))
    .executeTakeFirst()
  return head && (await withHistory(db, [head]))[0]
}

/** As `findCase`, and nobody else changes the case until this transaction ends. On SQLite transactions run one after the other anyway. */
export async function holdCase(trx: Statements, kind: DatabaseKind, caseId: string, viewer: Viewer): Promise<StoredCase | undefined> {
  const query = trx.selectFrom('case_record').select(headColumns).where('case_id', '=', caseId).where(visibleTo(viewer))
  const head = await (kind === 'postgresql' ? query.forUpdate() : query).executeTakeFirst()
  return head && (await withHistory(trx, [head]))[0]
}

/** As `holdCase`, for a step that is the program's own and nobody's view. */
export async function holdCaseForProgram(trx: Statements, kind: DatabaseKind, caseId: string): Promise<StoredCase | undefined> {
  const query = trx.selectFrom('case_record').select(headColumns).where('case_id', '=', caseId)
  const head = await (kind === 'postgresql' ? query.forUpdate() : query).executeTakeFirst()
  return head && (await withHistory(trx, [head]))[0]
}

/** Those of these cases that this viewer may see now. */
export async function findSeenBy(db: Reader, caseIds: readonly string[], viewer: Viewer): Promise<ReadonlySet<string>> {
  if (caseIds.length === 0) return new Set()
  const rows = await db.selectFrom('case_record').select('case_id').where('case_id', 'in', caseIds).where(visibleTo(viewer)).execute()
  return new Set(rows.map(({ case_id }) => case_id))
}

/** Nobody else changes these cases until this transaction ends. Everybody who holds several does so by id, so that nobody waits for each other. */
export async function holdInOrder(trx: Statements, kind: DatabaseKind, caseIds: readonly string[]): Promise<void> {
  if (kind !== 'postgresql') return
  await trx.selectFrom('case_record').select('case_id').where('case_id', 'in', caseIds).orderBy('case_id').forUpdate().execute()
}

export interface UrgePage {
  /** Urging was due by then. */
  readonly now: EpochMs
  /** The last case of the page before; null for the first page. */
  readonly after: UrgePlace | null
  readonly limit: number
}
export interface UrgePlace {
  readonly urgeAt: EpochMs
  readonly caseId: string
}

/**
 * A page of the cases whose automatic urging is due, longest due first, held as by `holdCase`; one that somebody is working on now is left for the
 * next time. `next`: where the next page begins; null when this one is the last.
 */
export async function holdCasesToUrge(
  trx: Statements,
  kind: DatabaseKind,
  { now, after, limit }: UrgePage,
): Promise<{ readonly cases: readonly StoredCase[]; readonly next: UrgePlace | null }> {
  const query = trx
    .selectFrom('case_record')
    .select([...headColumns, 'urge_at'])
    .where('urge_at', '<=', now)
    .$if(after !== null, (due) =>
      due.where((eb) => eb(eb.refTuple('urge_at', 'case_id'), '>', eb.tuple(after?.urgeAt ?? 0, after?.caseId ?? ''))),
    )
    .orderBy('urge_at')
    .orderBy('case_id')
    .limit(limit)
  const heads = await (kind === 'postgresql' ? query.forUpdate().skipLocked() : query).execute()
  const last = heads.at(-1)
  const next = last && heads.length === limit ? { urgeAt: Number(last.urge_at), caseId: last.case_id } : null
  return { cases: await withHistory(trx, heads), next }
}

/** A page of the open cases by id, held as by `holdCase`. */
export async function holdOpenCases(trx: Statements, kind: DatabaseKind, afterId: string, limit: number): Promise<readonly StoredCase[]> {
  const query = trx.selectFrom('case_record').select(headColumns).where(isOpenCase).where('case_id', '>', afterId).orderBy('case_id')
  return withHistory(trx, await (kind === 'postgresql' ? query.limit(limit).forUpdate() : query.limit(limit)).execute())
}

/** The same history measured anew: who belongs to the case, and what it is found by, stay. */
export async function replaceImage(trx: Statements, caseId: string, { columns }: CaseImage): Promise<void> {
  await trx.updateTable('case_record').set(columns).where('case_id', '=', caseId).execute()
}

export async function findCases(db: Reader, caseIds: readonly string[]): Promise<readonly StoredCase[]> {
  if (caseIds.length === 0) return []
  return withHistory(db, await db.selectFrom('case_record').select(headColumns).where('case_id', 'in', caseIds).execute())
}

/** The history is read after the rows and may have gone on: what is newer than the row is left out. */
async function withHistory(db: Reader, heads: readonly Head[]): Promise<readonly StoredCase[]> {
  if (heads.length === 0) return []
  const ids = heads.map(({ case_id }) => case_id)
  const rows = await db.selectFrom('case_history').selectAll().where('case_id', 'in', ids).orderBy('case_id').orderBy('seq').execute()
  const entries = new Map<string, CaseHistoryRow[]>(ids.map((id) => [id, []]))
  for (const row of rows) entries.get(row.case_id)?.push(row)
  return heads.map((head) => {
    const row = JSON.parse(head.row) as CaseRow
    return {
      identity: { caseId: head.case_id, caseNo: head.case_no, profileId: head.profile_id },
      beginning: JSON.parse(head.beginning) as CaseBeginning,
      row,
      history: (entries.get(head.case_id) ?? []).filter(({ seq }) => seq <= row.version).map(entryOf),
    }
  })
}

function entryOf(row: CaseHistoryRow): HistoryEntry {
  return {
    seq: row.seq,
    at: row.at,
    action: row.action as ActionId,
    by: { accountNo: row.account_no, name: row.account_name, role: row.role as CaseActor['role'], departmentCode: row.department_code },
    from: row.from_state as CaseState | null,
    to: row.to_state as CaseState,
    input: JSON.parse(row.input) as ActionInput,
  }
}

function historyRowOf(caseId: string, entry: HistoryEntry): CaseHistoryRow {
  return {
    case_id: caseId,
    seq: entry.seq,
    at: entry.at,
    action: entry.action,
    account_no: entry.by.accountNo,
    account_name: entry.by.name,
    role: entry.by.role,
    department_code: entry.by.departmentCode,
    from_state: entry.from,
    to_state: entry.to,
    input: JSON.stringify(entry.input),
  }
}

/** False when there is a case with this id already. */
export async function insertCase(trx: Statements, prepared: PreparedCase): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('case_record')
    .values(recordRowOf(prepared))
    .onConflict((conflict) => conflict.column('case_id').doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) return false
  await insertBeside(trx, [prepared])
  return true
}

/** SQLite takes 32 766 values in a statement, PostgreSQL 65 535; a record has 41 of them, an entry 11. */
const casesAtOnce = 500
const entriesAtOnce = 2_000

/** Writes many cases quickly, into all tables. Numbers must be new; raise the counters with `raiseCaseNo` afterwards. */
export async function insertCases(trx: Statements, prepared: readonly PreparedCase[]): Promise<void> {
  for (let start = 0; start < prepared.length; start += casesAtOnce) {
    const batch = prepared.slice(start, start + casesAtOnce)
    await trx.insertInto('case_record').values(batch.map(recordRowOf)).execute()
    await insertBeside(trx, batch)
  }
}

const recordRowOf = ({ identity, beginning, image }: PreparedCase): CaseRecordRow => ({
  case_id: identity.caseId,
  case_no: identity.caseNo,
  profile_id: identity.profileId,
  beginning: JSON.stringify(beginning),
  ...image.columns,
})

async function insertBeside(trx: Statements, prepared: readonly PreparedCase[]): Promise<void> {
  const entries = prepared.flatMap(({ identity, history }) => history.map((entry) => historyRowOf(identity.caseId, entry)))
  for (let start = 0; start < entries.length; start += entriesAtOnce) {
    await trx
      .insertInto('case_history')
      .values(entries.slice(start, start + entriesAtOnce))
      .execute()
  }
  const persons = prepared.flatMap(({ identity, citizen }) =>
    citizen ? [{ case_id: identity.caseId, person: 'citizen', ...citizen, line: lineOf(citizen.number) }] : [],
  )
  if (persons.length > 0) await trx.insertInto('case_person').values(persons).execute()
  for (const side of sideTables) {
    const members = prepared.flatMap(({ identity, image }) => image.sides[side].map((member) => [identity.caseId, member] as const))
    await insertMembers(trx, side, members)
  }
  for (const { identity, image } of prepared)
    await indexCase(trx, { caseId: identity.caseId, beganAt: image.row.beganAt, tokens: image.tokens })
}

/** Adds one step to the history and brings row and sides to what follows from it. */
export async function advanceCase(
  trx: Statements,
  caseId: string,
  step: { readonly entry: HistoryEntry; readonly image: CaseImage; readonly sidesBefore: CaseSides },
): Promise<void> {
  const { entry, image, sidesBefore } = step
  await trx.insertInto('case_history').values(historyRowOf(caseId, entry)).execute()
  await trx.updateTable('case_record').set(image.columns).where('case_id', '=', caseId).execute()
  for (const side of sideTables) {
    const [before, after] = [sidesBefore[side], image.sides[side]]
    const gone = before.filter((member) => !after.includes(member))
    const come = after.filter((member) => !before.includes(member))
    if (gone.length > 0) await deleteMembers(trx, side, caseId, gone)
    await insertMembers(
      trx,
      side,
      come.map((member) => [caseId, member] as const),
    )
  }
  if (isFoundByOthers(entry, sidesBefore, image.sides)) await reindexCase(trx, caseId, image.tokens)
}

/** Only these change what a case is found by; an undoing may take back any of them. */
const isFoundByOthers = ({ action, input }: HistoryEntry, before: CaseSides, after: CaseSides): boolean =>
  input.facts !== undefined || action === 'undo' || before.departments.join() !== after.departments.join()

const sideTables = ['named', 'departments', 'collectors', 'relations'] as const
type Side = (typeof sideTables)[number]

async function insertMembers(trx: Statements, side: Side, members: readonly (readonly [caseId: string, member: string])[]): Promise<void> {
  if (members.length === 0) return
  switch (side) {
    case 'named':
      await trx
        .insertInto('case_named')
        .values(members.map(([case_id, account_no]) => ({ case_id, account_no })))
        .execute()
      return
    case 'departments':
      await trx
        .insertInto('case_department')
        .values(members.map(([case_id, department_code]) => ({ case_id, department_code })))
        .execute()
      return
    case 'collectors':
      await trx
        .insertInto('case_collector')
        .values(members.map(([case_id, account_no]) => ({ case_id, account_no })))
        .execute()
      return
    case 'relations':
      await trx
        .insertInto('case_relation')
        .values(members.map(([case_id, other_case_id]) => ({ case_id, other_case_id })))
        .execute()
  }
}

async function deleteMembers(trx: Statements, side: Side, caseId: string, members: readonly string[]): Promise<void> {
  switch (side) {
    case 'named':
      await trx.deleteFrom('case_named').where('case_id', '=', caseId).where('account_no', 'in', members).execute()
      return
    case 'departments':
      await trx.deleteFrom('case_department').where('case_id', '=', caseId).where('department_code', 'in', members).execute()
      return
    case 'collectors':
      await trx.deleteFrom('case_collector').where('case_id', '=', caseId).where('account_no', 'in', members).execute()
      return
    case 'relations':
      await trx.deleteFrom('case_relation').where('case_id', '=', caseId).where('other_case_id', 'in', members).execute()
  }
}
