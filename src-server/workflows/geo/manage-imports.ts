import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { type GeoImport, mostImportBytes } from '#shared/contracts/geo-shapes'
import {
  findGeoImport,
  type GeoImportRecord,
  geoImportsIn,
  idleGeoImports,
  insertGeoImport,
  listGeoImports,
  moveGeoImport,
  removeGeoImport,
  stepGeoImport,
} from '../../store/geo-import-store'
import { contentDisposition } from '../attachments/file-name'
import { audit } from '../audit'
import type { Answer, Ask, FileAnswer, Services } from '../services'
import { sha256 } from '../tokens'
import { importFailures } from './runner'
import { undoWriting } from './write-import'

/** Imports of geodata as people handle them. One at a time in the whole centre: two that fit by themselves may not fit together. */
const open: readonly GeoImport['state'][] = ['receiving', 'checking', 'ready', 'applying']
const shown = 50

const stateNames: Record<GeoImport['state'], string> = {
  receiving: '正在接收文件',
  checking: '正在检查',
  refused: '检查未通过',
  ready: '等待写入',
  applying: '正在写入',
  applied: '已写入',
  cancelled: '已取消',
  failed: '没有完成',
}

export function importView({ accountId: _account, accountName: _name, ...view }: GeoImportRecord): GeoImport {
  return view
}

async function found(services: Services, importId: string): Promise<Result<GeoImport, AppError>> {
  const record = await findGeoImport(services.db, importId)
  return record ? ok(importView(record)) : err(appError('record/notFound'))
}

export async function listImports(services: Services): Answer<OutputOf<'geo.imports'>> {
  return ok({ items: (await listGeoImports(services.db, shown)).map(importView) })
}

export const readImport = (services: Services, ask: Ask<InputOf<'geo.import'>>): Answer<OutputOf<'geo.import'>> =>
  found(services, ask.input.params.importId)

export async function beginImport(services: Services, ask: Ask<InputOf<'geo.beginImport'>>): Answer<OutputOf<'geo.beginImport'>> {
  const announced = ask.input.body
  const { importId, bytes, sha256: hash } = announced
  if (bytes > mostImportBytes) return err(appError('geo/fileTooLarge', { bytes: megabytes(bytes), limit: megabytes(mostImportBytes) }))
  const begun = await ask.transact(async (unit) => {
    await unit.lock('geo')
    const before = await findGeoImport(unit.trx, importId)
    if (before) {
      const isSame = before.sha256 === hash && before.accountId === ask.actor.accountId
      return isSame ? ok({}) : err(appError('record/exists', { key: importId }))
    }
    const [running] = await geoImportsIn(unit.trx, open)
    if (running) return err(appError('geo/importRunning', { fileName: running.fileName }))
    await insertGeoImport(unit.trx, announced, ask.actor, services.clock.now())
    const { layer, fileName, mode } = announced
    await audit(services, unit, ask.actor, { action: 'geo.importBegun', subject: importId, detail: { layer, fileName, mode, bytes } })
    return ok({})
  })
  return begun.ok ? found(services, importId) : begun
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_048_576)} MB`

export async function appendImport(services: Services, ask: Ask<InputOf<'geo.appendImport'>>): Answer<OutputOf<'geo.appendImport'>> {
  const { params, query, body } = ask.input
  const record = await findGeoImport(services.db, params.importId)
  // Another's is no more than one that is not there.
  if (!record || record.accountId !== ask.actor.accountId) return err(appError('record/notFound'))
  if (record.state !== 'receiving') return ok(importView(record))
  const end = query.offset + body.length
  if (end <= record.received) return ok(importView(record))
  if (query.offset !== record.received || end > record.bytes) return err(appError('geo/wrongOffset', { expected: record.received }))
  const written = await services.geoFiles.writePart(record.importId, query.offset, body)
  if (!written.ok) return notStored(services, record, written.error.reason)
  const isOurs = await moveGeoImport(services.db, record.importId, query.offset, end, services.clock.now())
  return isOurs && end === record.bytes ? finish(services, record) : found(services, record.importId)
}

/** Everything is there: proven against what was announced, and the dry run begins. */
async function finish(services: Services, record: GeoImportRecord): Answer<GeoImport> {
  const { importId, bytes, sha256: hash } = record
  const sealed = await services.geoFiles.seal(importId, { bytes, sha256: hash })
  if (!sealed.ok) return notStored(services, record, sealed.error.reason)
  if (!sealed.value) {
    await end(services, importId, ['receiving'], { state: 'failed', failure: '文件传完后核对不一致，请重新导入。' })
    return err(appError('geo/hashMismatch'))
  }
  if (await stepGeoImport(services.db, importId, ['receiving'], { state: 'checking', progress: 0 }, services.clock.now()))
    services.geoRunner.check(importId)
  return found(services, importId)
}

function notStored(services: Services, { importId }: GeoImportRecord, reason: string): Result<never, AppError> {
  services.log.error('geodata import not stored', { importId, reason })
  return err(appError('geo/notStored'))
}

async function end(
  services: Services,
  importId: string,
  from: readonly GeoImport['state'][],
  step: { readonly state: 'failed' | 'cancelled'; readonly failure?: string },
): Promise<boolean> {
  const isEnded = await stepGeoImport(services.db, importId, from, { ...step, step: '' }, services.clock.now())
  if (isEnded) await services.geoFiles.remove(importId)
  return isEnded
}

export async function applyImport(services: Services, ask: Ask<InputOf<'geo.applyImport'>>): Answer<OutputOf<'geo.applyImport'>> {
  const { importId } = ask.input.params
  let isBegun = false
  const begun = await ask.transact(async (unit) => {
    const record = await findGeoImport(unit.trx, importId)
    if (!record) return err(appError('record/notFound'))
    const isReady = await stepGeoImport(unit.trx, importId, ['ready'], { state: 'applying', progress: 0 }, services.clock.now())
    if (!isReady) return err(appError('geo/notReady', { state: stateNames[record.state] }))
    isBegun = true
    return ok({})
  })
  if (!begun.ok) return begun
  // Only after the commit, and not again for a repeated key.
  if (isBegun) services.geoRunner.apply(importId, ask.actor, ask.input.body.note)
  return found(services, importId)
}

export async function cancelImport(services: Services, ask: Ask<InputOf<'geo.cancelImport'>>): Answer<OutputOf<'geo.cancelImport'>> {
  const { importId } = ask.input.params
  const cancelled = await ask.transact(async (unit) => {
    const record = await findGeoImport(unit.trx, importId)
    if (!record) return err(appError('record/notFound'))
    const isEnded = await stepGeoImport(unit.trx, importId, open, { state: 'cancelled', step: '' }, services.clock.now())
    if (!isEnded && record.state !== 'cancelled') return err(appError('geo/notReady', { state: stateNames[record.state] }))
    await audit(services, unit, ask.actor, { action: 'geo.importCancelled', subject: importId })
    return ok({})
  })
  if (!cancelled.ok) return cancelled
  await services.geoFiles.remove(importId)
  return found(services, importId)
}

export async function readImportReport(services: Services, ask: Ask<InputOf<'geo.importReport'>>): Answer<FileAnswer> {
  const record = await findGeoImport(services.db, ask.input.params.importId)
  if (!record) return err(appError('record/notFound'))
  const bytes = record.hasReport ? await services.geoOutputs.read(record.importId, 0, mostReportBytes) : undefined
  if (!bytes) return err(appError('geo/notReady', { state: stateNames[record.state] }))
  return ok({
    bytes,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    etag: sha256(`${record.importId} ${record.state}`),
    disposition: contentDisposition('attachment', `检查报告_${record.fileName}.xlsx`),
    isForOnce: true,
  })
}

const mostReportBytes = 20_000_000

/** At the start: what was under way died with the process that ran it. */
export async function failLostImports(services: Services): Promise<void> {
  await undoWriting(services)
  for (const { importId } of await geoImportsIn(services.db, ['checking', 'applying']))
    await end(services, importId, ['checking', 'applying'], { state: 'failed', failure: importFailures.stopped })
}

const keptMs = 30 * 86_400_000
const abandonedMs = 86_400_000

/** Uploads that nobody went on with, and the files and reports of imports that ended long ago. */
export async function sweepImports(services: Services): Promise<void> {
  const now = services.clock.now()
  for (const { importId } of await idleGeoImports(services.db, ['receiving', 'ready'], now - abandonedMs))
    await end(services, importId, ['receiving', 'ready'], { state: 'failed', failure: '一天没有继续，已取消。' })
  const over = await idleGeoImports(services.db, ['refused', 'applied', 'cancelled', 'failed'], now - keptMs)
  for (const { importId } of over) {
    await services.geoFiles.remove(importId)
    await services.geoOutputs.remove(importId)
    await removeGeoImport(services.db, importId)
  }
}
