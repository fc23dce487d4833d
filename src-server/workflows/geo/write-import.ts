import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { findGeoImport, type GeoImportRecord, type GeoImportStep, stepGeoImport } from '../../store/geo-import-store'
import { raiseRevision, readRevision, writeVersions } from '../../store/geo-store'
import { beginWriting, endWriting, takeBack } from '../../store/geo-writing'
import { audit } from '../audit'
import type { Services } from '../services'
import type { CheckedImport, Progress } from './check-import'
import type { GeoKeeper } from './ports'

/**
 * Writes a checked import: piece by piece in short transactions, because SQLite has one writer and the process one thread, and a hundred thousand rows at once
 * would keep everybody waiting for seconds. Until the last transaction nobody sees any of it; when it does not come to that, all of it is taken back.
 */
const rowsAPiece = 200

export interface Wish {
  readonly actor: GeoKeeper
  readonly note: string
}

/** Refused with `record/stale` when the geodata changed since the check. Throws what `progress` throws, with nothing left behind. */
export async function writeImport(
  services: Services,
  record: GeoImportRecord,
  checked: CheckedImport,
  revision: number,
  wish: Wish,
  progress: Progress,
): Promise<Result<void, AppError>> {
  const begun = await begin(services, record, revision)
  if (!begun.ok) return begun
  try {
    const { versions } = checked
    const mark = { at: begun.value, by: wish.actor.accountNo, note: wish.note, importId: record.importId }
    for (let from = 0; from < versions.length; from += rowsAPiece) {
      await services.transactor.inTransaction(async (unit) => {
        await writeVersions(unit.trx, versions.slice(from, from + rowsAPiece), mark)
        return ok(undefined)
      })
      await progress((from + rowsAPiece) / versions.length, '写入')
    }
    return await conclude(services, record, checked, wish)
  } catch (thrown) {
    await undoWriting(services)
    throw thrown
  }
}

function begin({ transactor, clock }: Services, { importId }: GeoImportRecord, revision: number): Promise<Result<number, AppError>> {
  return transactor.inTransaction(async (unit) => {
    await unit.lock('geo')
    const now = await readRevision(unit.trx)
    if (now.revision !== revision || now.writing) return err(appError('record/stale', { current: now.revision, seen: revision }))
    return ok(await beginWriting(unit.trx, importId, clock.now()))
  })
}

async function conclude(services: Services, record: GeoImportRecord, { counts }: CheckedImport, { actor, note }: Wish) {
  const { importId, layer, fileName, mode } = record
  const concluded = await services.transactor.inTransaction(async (unit) => {
    await unit.lock('geo')
    const step: GeoImportStep = { state: 'applied', progress: 1, step: '', counts }
    if (!(await stepGeoImport(unit.trx, importId, ['applying'], step, services.clock.now()))) return err(appError('record/notFound'))
    await endWriting(unit.trx)
    await raiseRevision(unit.trx)
    await audit(services, unit, actor, { action: 'geo.imported', subject: importId, detail: { layer, fileName, mode, note, ...counts } })
    return ok(undefined)
  })
  // Cancelled between the last piece and here.
  if (!concluded.ok) throw new Error('the import ended before it was written')
  return concluded
}

/** Takes back what an import wrote that did not come to its end, in pieces as it was written; does nothing when there is none. */
export async function undoWriting(services: Services): Promise<void> {
  const { writing } = await readRevision(services.db)
  if (!writing) return
  const record = await findGeoImport(services.db, writing.importId)
  let after: string | undefined = record ? '' : undefined
  while (record && after !== undefined) {
    const from: string = after
    const taken = await services.transactor.inTransaction(async (unit) => ok(await takeBack(unit.trx, record.layer, from, rowsAPiece)))
    after = taken.ok ? taken.value : undefined
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  await services.transactor.inTransaction(async (unit) => {
    await endWriting(unit.trx)
    return ok(undefined)
  })
  services.log.warn('geodata import taken back', { importId: writing.importId })
}
