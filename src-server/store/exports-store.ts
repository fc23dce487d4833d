import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { CaseFilter, ExportJob } from '#shared/contracts/central-api/cases'
import type { RoleId } from '#shared/domain/account/role'
import type { Viewer } from '#shared/domain/case/visibility'
import { type CaseCondition, visibleTo } from './case-conditions'
import { findCases, type StoredCase } from './case-store'
import type { Database, Statements } from './open-database'
import type { ExportJobRow } from './schema'

/** Exports: what was asked for by whom, how far it has come, and the pages of cases that go into it. Files are elsewhere. */
type Reader = Database | Statements

export type ExportFormat = 'xlsx' | 'csv'

export interface ExportRecord extends ExportJob {
  readonly accountId: string
  readonly accountName: string
  /** As whom it was asked for: only what this viewer sees goes into it. */
  readonly viewer: Viewer
  readonly format: ExportFormat
  readonly filter: CaseFilter
}

/** False when there is an export with this id already. */
export async function insertExport(trx: Statements, record: ExportRecord): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('export_job')
    .values({
      export_id: record.exportId,
      account_id: record.accountId,
      account_no: record.viewer.accountNo,
      account_name: record.accountName,
      role: record.viewer.role,
      department_code: record.viewer.departmentCode,
      format: record.format,
      filter: JSON.stringify(record.filter),
      file_name: record.fileName,
      state: record.state,
      total: record.total,
      done: record.done,
      bytes: record.bytes,
      created_at: record.createdAt,
      touched_at: record.createdAt,
      expires_at: record.expiresAt,
      failure: record.failure,
    })
    .onConflict((conflict) => conflict.column('export_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Of this account when it asked as this role; undefined also when its time is up. */
export async function findExport(
  db: Reader,
  exportId: string,
  of: { readonly accountId: string; readonly role: RoleId },
  now: EpochMs,
): Promise<ExportRecord | undefined> {
  const row = await db
    .selectFrom('export_job')
    .selectAll()
    .where('export_id', '=', exportId)
    .where('account_id', '=', of.accountId)
    .where('role', '=', of.role)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && recordOf(row)
}

const recordOf = (row: ExportJobRow): ExportRecord => ({
  exportId: row.export_id,
  accountId: row.account_id,
  accountName: row.account_name,
  viewer: { accountNo: row.account_no, role: row.role as RoleId, departmentCode: row.department_code },
  format: row.format as ExportFormat,
  filter: JSON.parse(row.filter) as CaseFilter,
  fileName: row.file_name,
  state: row.state as ExportJob['state'],
  total: row.total,
  done: row.done,
  bytes: row.bytes,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  failure: row.failure,
})

export async function countRunningExports(trx: Statements, accountId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('export_job')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return Number(count)
}

type Step = Partial<Pick<ExportJobRow, 'state' | 'done' | 'bytes' | 'touched_at' | 'failure'>>

/** Changes an export that is running; false when it is not, because somebody cancelled it. */
export async function stepExport(db: Reader, exportId: string, step: Step): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('export_job')
    .set(step)
    .where('export_id', '=', exportId)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** What is said of an export that may hold a case which its owner may not see any more. */
export const withdrawnWords = '其中的案卷后来改为保密或须回避，这份导出已作废；请重新导出。'

/** Ends the exports, running or done, of everybody to whom a case is lost: which cases went into a file is not kept, so every one may hold it. */
export async function withdrawExports(trx: Statements, isLostTo: (viewer: Viewer) => boolean): Promise<void> {
  const rows = await trx.selectFrom('export_job').selectAll().where('state', 'in', ['running', 'done']).execute()
  const lost = rows.map(recordOf).filter(({ viewer }) => isLostTo(viewer))
  if (lost.length === 0) return
  const ids = lost.map(({ exportId }) => exportId)
  await trx.updateTable('export_job').set({ state: 'failed', failure: withdrawnWords }).where('export_id', 'in', ids).execute()
}

/** Running ones that have not got on since: their process is gone. */
export async function failExports(db: Reader, untouchedSince: EpochMs, failure: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('export_job')
    .set({ state: 'failed', failure })
    .where('state', '=', 'running')
    .where('touched_at', '<=', untouchedSince)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

export async function listExpiredExports(db: Reader, now: EpochMs, limit: number): Promise<readonly string[]> {
  const rows = await db.selectFrom('export_job').select('export_id').where('expires_at', '<=', now).limit(limit).execute()
  return rows.map(({ export_id }) => export_id)
}

export async function deleteExport(db: Reader, exportId: string): Promise<void> {
  await db.deleteFrom('export_job').where('export_id', '=', exportId).execute()
}

export interface CaseSelection {
  readonly viewer: Viewer
  readonly conditions: readonly CaseCondition[]
}

function selected(db: Reader, { viewer, conditions }: CaseSelection) {
  let rows = db.selectFrom('case_record').where(visibleTo(viewer))
  for (const condition of conditions) rows = rows.where(condition)
  return rows
}

/** Never counts further than `most`. */
export async function countCases(db: Reader, selection: CaseSelection, most: number): Promise<number> {
  const { count } = await db
    .selectFrom(selected(db, selection).select(sql.lit(1).as('one')).limit(most).as('some'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export interface CaseKey {
  readonly at: EpochMs
  readonly caseId: string
}

/** A page of whole cases, newest first. */
export async function listWholeCases(
  db: Reader,
  selection: CaseSelection,
  after: CaseKey | undefined,
  limit: number,
): Promise<readonly StoredCase[]> {
  let query = selected(db, selection).select('case_id').orderBy('began_at', 'desc').orderBy('case_id', 'desc').limit(limit)
  if (after) query = query.where(sql<boolean>`(began_at, case_id) < (${after.at}, ${after.caseId})`)
  const ids = (await query.execute()).map(({ case_id }) => case_id)
  const found = new Map((await findCases(db, ids)).map((stored) => [stored.identity.caseId, stored]))
  return ids.flatMap((id) => found.get(id) ?? [])
}
