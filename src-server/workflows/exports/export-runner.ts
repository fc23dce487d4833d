import type { EpochMs } from '#shared/base/clock'
import { progressOf } from '#shared/domain/case/progress'
import { csvOf } from '../../files/csv'
import type { ExportFiles } from '../../files/export-files'
import type { Cell, Sheet } from '../../files/sheet'
import { xlsxOf } from '../../files/xlsx'
import type { StoredCase } from '../../store/case-store'
import { type CaseKey, type ExportRecord, listWholeCases, stepExport } from '../../store/exports-store'
import { filterConditions } from '../case-search/filter-conditions'
import type { SettingsNow } from '../cases/settings'
import type { Services } from '../services'
import { caseColumns, chinaTime, exportedCase } from './case-columns'
import type { ExportRunner } from './runner'

/**
 * Writes the files of exports, page by page, while everything else goes on. How far it is stands in the database, and so does whether anybody
 * cancelled it, in whichever process.
 */
type Parts = Pick<Services, 'db' | 'clock' | 'log' | 'caseSettings' | 'centre'> & { readonly exportFiles: ExportFiles }

/** Small enough that nobody waits for one page, with the whole histories of its cases. */
const pageSize = 100

export const failures = {
  stopped: '中心服务停止或重新启动，导出没有完成，请重新导出。',
  fault: '导出时出错，已记录；请稍后重新导出。',
  notStored: '中心的磁盘写不下导出文件，请通知系统管理员，稍后重新导出。',
} as const

/** Somebody cancelled it, or the server stops: no fault. */
class Ended extends Error {}

export function createExportRunner(parts: Parts): ExportRunner {
  const running = new Set<Promise<void>>()
  let isClosing = false
  return {
    start(record) {
      const run = writeExport(parts, record, () => isClosing).finally(() => running.delete(run))
      running.add(run)
    },
    async settled() {
      await Promise.all(running)
    },
    async close() {
      isClosing = true
      await Promise.all(running)
    },
  }
}

async function writeExport(parts: Parts, record: ExportRecord, isClosing: () => boolean): Promise<void> {
  const { db, log, exportFiles, clock } = parts
  const { exportId } = record
  try {
    const sheet = sheetOf(parts, record, isClosing)
    const bytes = await exportFiles.write(exportId, record.format === 'csv' ? csvOf(sheet) : xlsxOf(sheet))
    const isKept = await stepExport(db, exportId, { state: 'done', bytes, touched_at: clock.now() })
    if (!isKept) await exportFiles.remove(exportId)
  } catch (thrown) {
    const failure = failureOf(thrown)
    if (failure !== failures.stopped) log.error('export failed', { exportId, reason: String(thrown) })
    await stepExport(db, exportId, { state: 'failed', failure }).catch((again: unknown) => {
      log.error('export could not be marked as failed', { exportId, reason: String(again) })
    })
  }
}

function failureOf(thrown: unknown): string {
  if (thrown instanceof Ended) return failures.stopped
  return thrown instanceof Error && 'code' in thrown && 'syscall' in thrown ? failures.notStored : failures.fault
}

function sheetOf(parts: Parts, record: ExportRecord, isClosing: () => boolean): Sheet {
  const now = parts.clock.now()
  return {
    name: '案卷',
    watermark: watermarkOf(record, parts.centre.name),
    madeAt: new Date(now),
    columns: caseColumns,
    pages: pagesOf(parts, record, now, isClosing),
  }
}

export const watermarkOf = ({ accountName, viewer, createdAt }: ExportRecord, centreName: string): string =>
  `${centreName} · ${accountName}（${viewer.accountNo}）导出于 ${chinaTime(createdAt)} · 内部资料，请勿外传`

async function* pagesOf(
  { db, clock, caseSettings }: Parts,
  { exportId, viewer, filter, total }: ExportRecord,
  now: EpochMs,
  isClosing: () => boolean,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  const conditions = filterConditions(filter, viewer, now)
  if (!conditions.ok) throw new Error(`export ${exportId} has a filter that was never checked`)
  const settings = await caseSettings.read(db)
  let after: CaseKey | undefined
  // Cases that come in meanwhile are newer than the first page; the total bounds what moves into the filter behind it.
  for (let done = 0; done < total; ) {
    const cases = await listWholeCases(db, { viewer, conditions: conditions.value }, after, Math.min(pageSize, total - done))
    if (cases.length > 0) yield cases.map((stored) => cellsOf(stored, settings, now))
    done += cases.length
    if (isClosing() || !(await stepExport(db, exportId, { done, touched_at: clock.now() }))) throw new Ended('ended')
    const last = cases.at(-1)
    if (!last) return
    after = { at: last.row.beganAt, caseId: last.identity.caseId }
  }
}

function cellsOf({ identity, beginning, history }: StoredCase, settings: SettingsNow, now: EpochMs): readonly Cell[] {
  const progress = progressOf(beginning, history)
  if (!progress) throw new Error(`case ${identity.caseNo} has no registration in its history`)
  const measures = { profile: settings.profileById(identity.profileId), calendar: settings.calendar }
  const exported = exportedCase(identity.caseNo, progress, measures, now)
  return caseColumns.map(({ cellOf }) => cellOf(exported))
}
