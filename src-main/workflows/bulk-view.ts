import type { BulkJob } from '#shared/contracts/seat-api/case-views'
import type { KeptBulkItem, KeptBulkJob } from './ports'

/** A batch as windows see it. Pure. `done` counts what the centre has decided, `refused` lists what it would not. */
export function bulkJobView(job: KeptBulkJob, items: readonly KeptBulkItem[], isWaiting: boolean): BulkJob {
  const { bulkId, action, title, startedAt, state } = job
  return {
    bulkId,
    action,
    title,
    startedAt,
    state: state === 'running' && isWaiting ? 'waiting' : state,
    total: items.length,
    done: items.filter((item) => item.state === 'done').length,
    refused: items.flatMap(({ caseId, caseNo, reason }) => (reason ? [{ caseId, caseNo, ...reason }] : [])),
  }
}
