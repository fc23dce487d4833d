import { createHash } from 'node:crypto'
import { err, ok } from '#shared/base/result'
import { type ExportJob, exportPieceBytes } from '#shared/contracts/central-api/cases'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import { holdAccount } from '../../store/account-store'
import {
  countCases,
  countRunningExports,
  deleteExport,
  type ExportRecord,
  failExports,
  findExport,
  insertExport,
  listExpiredExports,
  stepExport,
} from '../../store/exports-store'
import { contentDisposition } from '../attachments/file-name'
import { audit } from '../audit'
import { filterConditions } from '../case-search/filter-conditions'
import { viewerOf } from '../cases/access'
import type { Actor, Answer, Ask, FileAnswer, Services } from '../services'
import { chinaTime } from './case-columns'
import { failures } from './export-runner'

/** Exports as their owners handle them: asking, watching, cancelling, fetching. Each asking and each fetching is in the audit log. */
export const mostRunning = 2
export const mostRows = 100_000
export const keptMs = 24 * 3_600_000
/** A page takes a fraction of a second: a running export that has stood still for so long has lost its process. */
const lostAfterMs = 60_000
const mostAtOnce = 100

export async function createExport(services: Services, ask: Ask<InputOf<'exports.create'>>): Answer<OutputOf<'exports.create'>> {
  const { actor } = ask
  const { exportId, filter, format } = ask.input.body
  const viewer = viewerOf(actor)
  const now = services.clock.now()
  const conditions = filterConditions(filter, viewer, now)
  if (!conditions.ok) return conditions
  let begun: ExportRecord | undefined
  const created = await ask.transact<ExportJob>(async (unit) => {
    await holdAccount(unit.trx, services.databaseKind, actor.accountId)
    const count = await countRunningExports(unit.trx, actor.accountId)
    if (count >= mostRunning) return err(appError('export/tooMany', { count }))
    const total = await countCases(unit.trx, { viewer, conditions: conditions.value }, mostRows + 1)
    if (total > mostRows) return err(appError('export/tooLarge', { count: `${mostRows} 余`, limit: mostRows }))
    const record = newExport(actor, { exportId, filter, format, total, now })
    if (!(await insertExport(unit.trx, record))) return err(appError('record/exists', { key: exportId }))
    await audit(services, unit, actor, { action: 'export.created', subject: exportId, detail: { format, filter, total } })
    begun = record
    return ok(jobOf(record))
  })
  // Only after the commit, and not again for a repeated key.
  if (created.ok && begun) services.exportRunner.start(begun)
  return created
}

function newExport(
  actor: Actor,
  asked: Pick<ExportRecord, 'exportId' | 'filter' | 'format' | 'total'> & { readonly now: number },
): ExportRecord {
  const { now, ...rest } = asked
  const moment = chinaTime(now).replace(/\D/g, '')
  return {
    ...rest,
    accountId: actor.accountId,
    accountName: actor.name,
    viewer: viewerOf(actor),
    fileName: `案卷_${moment.slice(0, 8)}_${moment.slice(8)}_${actor.accountNo}.${asked.format}`,
    ...{ state: 'running', done: 0, bytes: null, createdAt: now, expiresAt: now + keptMs, failure: null },
  }
}

function jobOf({ exportId, state, total, done, fileName, bytes, createdAt, expiresAt, failure }: ExportRecord): ExportJob {
  return { exportId, state, total, done, fileName, bytes, createdAt, expiresAt, failure }
}

const own = (services: Services, actor: Actor, exportId: string) => findExport(services.db, exportId, actor, services.clock.now())

export async function readExportJob(services: Services, ask: Ask<InputOf<'exports.get'>>): Answer<OutputOf<'exports.get'>> {
  const record = await own(services, ask.actor, ask.input.params.exportId)
  return record ? ok(jobOf(record)) : err(appError('record/notFound'))
}

/** Ends a running one; whoever writes it notices at the next page. One that has ended stays as it is. */
export async function cancelExport(services: Services, ask: Ask<InputOf<'exports.cancel'>>): Answer<OutputOf<'exports.cancel'>> {
  const { exportId } = ask.input.params
  const record = await own(services, ask.actor, exportId)
  if (!record) return err(appError('record/notFound'))
  return ask.transact(async (unit) => {
    const isCancelled = await stepExport(unit.trx, exportId, { state: 'cancelled' })
    if (isCancelled) await audit(services, unit, ask.actor, { action: 'export.cancelled', subject: exportId })
    return ok({})
  })
}

export async function readExport(services: Services, ask: Ask<InputOf<'exports.read'>>): Answer<FileAnswer> {
  const { actor, input } = ask
  const { exportId } = input.params
  const { offset = 0 } = input.query
  const record = await own(services, actor, exportId)
  if (!record) return err(appError('record/notFound'))
  if (record.state !== 'done') return err(appError('export/notReady'))
  if (offset === 0) {
    await services.transactor.inTransaction(async (unit) => {
      await audit(services, unit, actor, { action: 'export.read', subject: exportId, detail: { total: record.total } })
      return ok(undefined)
    })
  }
  const bytes = await services.exportFiles.read(exportId, offset, exportPieceBytes)
  if (!bytes) {
    services.log.error('export has no file', { exportId })
    return err(appError('record/notFound'))
  }
  return ok({
    bytes,
    mediaType: mediaTypes[record.format],
    etag: createHash('sha256').update(bytes).digest('hex'),
    disposition: contentDisposition('attachment', record.fileName),
    isForOnce: true,
  })
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** At the start of the only process, every running export has lost its own; with several processes only those that stand still. */
export async function failLostExports(services: Services, isStart: boolean): Promise<void> {
  const now = services.clock.now()
  const isAlone = isStart && services.databaseKind === 'sqlite'
  const count = await failExports(services.db, isAlone ? now : now - lostAfterMs, failures.stopped)
  if (count > 0) services.log.warn('exports were lost', { count })
}

/** Files first: a server that dies in between goes on at the next sweep. */
export async function sweepExports(services: Services): Promise<void> {
  await failLostExports(services, false)
  for (const exportId of await listExpiredExports(services.db, services.clock.now(), mostAtOnce)) {
    await services.exportFiles.remove(exportId)
    await deleteExport(services.db, exportId)
  }
}
