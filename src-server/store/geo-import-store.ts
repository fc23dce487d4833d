import type { EpochMs } from '#shared/base/clock'
import type { GeoExport, GeoImport, GeoImportAnnouncement } from '#shared/contracts/geo-shapes'
import type { GeoImportRow } from './geo-schema'
import type { Database, Statements } from './open-database'

/** Imports and exports of geodata: what was announced by whom, and how far it is. Files are elsewhere. */
type Reader = Database | Statements

export interface GeoImportRecord extends GeoImport {
  readonly accountId: string
  readonly accountName: string
}

const recordOf = (row: GeoImportRow): GeoImportRecord => ({
  ...(JSON.parse(row.announcement) as GeoImportAnnouncement),
  accountId: row.account_id,
  accountName: row.account_name,
  state: row.state as GeoImport['state'],
  received: row.received,
  progress: row.progress,
  step: row.step,
  counts: row.counts === null ? null : (JSON.parse(row.counts) as GeoImport['counts']),
  problems: JSON.parse(row.problems) as GeoImport['problems'],
  hasReport: row.has_report === 1,
  failure: row.failure,
  createdAt: row.created_at,
  createdBy: row.account_no,
})

/** False when there is one with this id already. */
export async function insertGeoImport(
  trx: Statements,
  announcement: GeoImportAnnouncement,
  by: { readonly accountId: string; readonly accountNo: string; readonly name: string },
  at: EpochMs,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('geo_import')
    .values({
      import_id: announcement.importId,
      account_id: by.accountId,
      account_no: by.accountNo,
      account_name: by.name,
      announcement: JSON.stringify(announcement),
      ...{ state: 'receiving', received: 0, progress: 0, step: '', counts: null, problems: '[]', has_report: 0, failure: null },
      created_at: at,
      touched_at: at,
    })
    .onConflict((conflict) => conflict.column('import_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findGeoImport(db: Reader, importId: string): Promise<GeoImportRecord | undefined> {
  const row = await db.selectFrom('geo_import').selectAll().where('import_id', '=', importId).executeTakeFirst()
  return row && recordOf(row)
}

/** Newest first. */
export async function listGeoImports(db: Reader, limit: number): Promise<GeoImportRecord[]> {
  const rows = await db
    .selectFrom('geo_import')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('import_id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(recordOf)
}

export async function geoImportsIn(db: Reader, states: readonly GeoImport['state'][]): Promise<GeoImportRecord[]> {
  const rows = await db.selectFrom('geo_import').selectAll().where('state', 'in', states).orderBy('created_at').execute()
  return rows.map(recordOf)
}

/** Imports nobody touched since then, in any of the states. */
export async function idleGeoImports(db: Reader, states: readonly GeoImport['state'][], before: EpochMs): Promise<GeoImportRecord[]> {
  const rows = await db.selectFrom('geo_import').selectAll().where('state', 'in', states).where('touched_at', '<', before).execute()
  return rows.map(recordOf)
}

/** Counts a piece that was received at `from`; false when another one was counted first. */
export async function moveGeoImport(db: Reader, importId: string, from: number, to: number, at: EpochMs): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('geo_import')
    .set({ received: to, touched_at: at })
    .where('import_id', '=', importId)
    .where('state', '=', 'receiving')
    .where('received', '=', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export type GeoImportStep = Partial<Pick<GeoImport, 'state' | 'progress' | 'step' | 'counts' | 'problems' | 'hasReport' | 'failure'>>

/** Changes one that is in one of the states; false when it is not, because somebody cancelled it. */
export async function stepGeoImport(
  db: Reader,
  importId: string,
  from: readonly GeoImport['state'][],
  step: GeoImportStep,
  at: EpochMs,
): Promise<boolean> {
  const { counts, problems, hasReport, ...plain } = step
  const { numUpdatedRows } = await db
    .updateTable('geo_import')
    .set({
      ...plain,
      ...(counts !== undefined && { counts: counts && JSON.stringify(counts) }),
      ...(problems !== undefined && { problems: JSON.stringify(problems) }),
      ...(hasReport !== undefined && { has_report: hasReport ? 1 : 0 }),
      touched_at: at,
    })
    .where('import_id', '=', importId)
    .where('state', 'in', from)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function removeGeoImport(db: Reader, importId: string): Promise<void> {
  await db.deleteFrom('geo_import').where('import_id', '=', importId).execute()
}

/** False when there is one with this id already. */
export async function insertGeoExport(trx: Statements, made: GeoExport, accountId: string, at: EpochMs): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('geo_export')
    .values({
      export_id: made.exportId,
      account_id: accountId,
      file_name: made.fileName,
      bytes: made.bytes,
      features: made.features,
      created_at: at,
    })
    .onConflict((conflict) => conflict.column('export_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function findGeoExport(db: Reader, exportId: string, accountId: string): Promise<GeoExport | undefined> {
  const row = await db
    .selectFrom('geo_export')
    .selectAll()
    .where('export_id', '=', exportId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && { exportId: row.export_id, fileName: row.file_name, bytes: row.bytes, features: row.features }
}

/** Removes those made before; answers their ids. */
export async function forgetGeoExports(db: Reader, before: EpochMs): Promise<readonly string[]> {
  const rows = await db.selectFrom('geo_export').select('export_id').where('created_at', '<', before).execute()
  const ids = rows.map((row) => row.export_id)
  if (ids.length > 0) await db.deleteFrom('geo_export').where('export_id', 'in', ids).execute()
  return ids
}
