import { xlsxOf } from '../../files/xlsx'
import { findGeoImport, type GeoImportRecord, type GeoImportStep, stepGeoImport } from '../../store/geo-import-store'
import { readRevision } from '../../store/geo-store'
import type { Services } from '../services'
import { type CheckedImport, checkImport } from './check-import'
import type { GeoRunner } from './ports'
import { reportSheet } from './report'
import { type Wish, writeImport } from './write-import'

/**
 * Imports while everything else goes on: the dry run behind the last piece, and the writing when somebody has asked for it. Writing checks the whole file
 * once more, against the city as it is then, and all of it comes into force at once or nothing (`write-import.ts`). Whether anybody cancelled stands in the
 * database.
 */
export const importFailures = {
  stopped: '中心服务停止或重新启动，导入没有完成，数据没有改动，请重新导入。',
  fault: '导入时出错，已记录，数据没有改动；请稍后重新导入。',
} as const

/** Somebody cancelled it, or the server stops: no fault. */
class Ended extends Error {}

const shownProblems = 100
const mostChecks = 3

export function createGeoRunner(services: () => Services, onChanged: () => void): GeoRunner {
  const running = new Set<Promise<void>>()
  let isClosing = false
  function run(importId: string, state: 'checking' | 'applying', work: (record: GeoImportRecord) => Promise<void>): void {
    const task = guarded(services(), importId, state, work).finally(() => running.delete(task))
    running.add(task)
  }
  const progressOf = (record: GeoImportRecord, state: 'checking' | 'applying') => createProgress(services(), record, state, () => isClosing)
  return {
    check: (importId) =>
      run(importId, 'checking', async (record) => {
        const checked = await checkImport(...checkParts(services(), record), progressOf(record, 'checking'))
        await conclude(services(), record, checked, checked.counts.errors > 0 ? 'refused' : 'ready')
      }),
    apply: (importId, actor, note) =>
      run(importId, 'applying', async (record) => {
        const isWritten = await applyImport(services(), record, { actor, note }, progressOf(record, 'applying'))
        if (isWritten) onChanged()
      }),
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
    async close() {
      isClosing = true
      await Promise.all(running)
    },
  }
}

const checkParts = ({ db, geoFiles, clock }: Services, record: GeoImportRecord) =>
  [db, record, geoFiles.pathOf(record.importId, 'original'), clock.now()] as const

async function guarded(
  services: Services,
  importId: string,
  state: 'checking' | 'applying',
  work: (record: GeoImportRecord) => Promise<void>,
): Promise<void> {
  try {
    const record = await findGeoImport(services.db, importId)
    if (record?.state === state) await work(record)
  } catch (thrown) {
    const failure = thrown instanceof Ended ? importFailures.stopped : importFailures.fault
    if (!(thrown instanceof Ended)) services.log.error('geodata import failed', { importId, reason: String(thrown) })
    await stepGeoImport(services.db, importId, [state], { state: 'failed', step: '', failure }, services.clock.now()).catch(
      (again: unknown) => services.log.error('geodata import could not be marked as failed', { importId, reason: String(again) }),
    )
  }
}

/** Gives others their turn, and writes how far it is when that has changed by a hundredth. */
function createProgress({ db, clock }: Services, { importId }: GeoImportRecord, state: 'checking' | 'applying', isClosing: () => boolean) {
  let [told, said] = [-1, '']
  return async (share: number, step: string): Promise<void> => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const percent = Math.floor(share * 100)
    if (percent === told && step === said && !isClosing()) return
    ;[told, said] = [percent, step]
    const isWanted = await stepGeoImport(db, importId, [state], { progress: percent / 100, step }, clock.now())
    if (isClosing() || !isWanted) throw new Ended('ended')
  }
}

async function conclude(
  services: Services,
  record: GeoImportRecord,
  { problems, counts }: CheckedImport,
  state: 'refused' | 'ready',
): Promise<void> {
  const { db, clock, geoOutputs, centre } = services
  const { importId } = record
  if (problems.length > 0) await geoOutputs.write(importId, xlsxOf(reportSheet(record, problems, centre.name, clock.now())))
  const end: GeoImportStep = {
    ...{ state, progress: 1, step: '', counts, hasReport: problems.length > 0 },
    problems: problems.slice(0, shownProblems).map((problem) => ({ ...problem })),
  }
  await stepGeoImport(db, importId, ['checking', 'applying'], end, clock.now())
}

/** Whether it was written. */
async function applyImport(
  services: Services,
  record: GeoImportRecord,
  wish: Wish,
  progress: ReturnType<typeof createProgress>,
): Promise<boolean> {
  for (let attempt = 0; attempt < mostChecks; attempt++) {
    const { revision } = await readRevision(services.db)
    const checked = await checkImport(...checkParts(services, record), (share, step) => progress(share * 0.8, step))
    if (checked.counts.errors > 0) {
      await conclude(services, record, checked, 'refused')
      return false
    }
    await progress(0.8, '写入')
    const written = await writeImport(services, record, checked, revision, wish, (share, step) => progress(0.8 + share * 0.19, step))
    if (written.ok) return true
    if (written.error.code !== 'record/stale') throw new Error(written.error.message)
  }
  throw new Error('the geodata kept changing')
}
