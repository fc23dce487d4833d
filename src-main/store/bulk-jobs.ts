import type { EpochMs } from '#shared/base/clock'
import type { ActionInputSchema } from '#shared/contracts/case-shapes'
import type { ActionId } from '#shared/domain/case/actions'
import type { Database } from './database'

/** Batches of one decision on many cases, with the key of every item: what was sent and not answered is asked about again under the same key. */
export interface BulkJobStore {
  insert(job: KeptBulkJob, items: readonly KeptBulkItem[]): void
  /** Oldest first. */
  jobsOf(accountNo: string): readonly KeptBulkJob[]
  items(bulkId: string): readonly KeptBulkItem[]
  setState(bulkId: string, state: KeptBulkJob['state']): void
  setItem(key: string, state: KeptBulkItem['state'], reason: KeptBulkItem['reason']): void
  /** Jobs of everybody that were running when the program ended. */
  interruptAll(): void
  remove(bulkId: string): void
}

export interface KeptBulkJob {
  readonly bulkId: string
  readonly accountNo: string
  readonly action: ActionId
  readonly input: ActionInputSchema
  readonly title: string
  readonly startedAt: EpochMs
  readonly state: 'running' | 'done' | 'cancelled' | 'interrupted'
}

export interface KeptBulkItem {
  /** Also the `Idempotency-Key`. */
  readonly key: string
  readonly caseId: string
  readonly caseNo: string
  readonly version: number
  readonly state: 'waiting' | 'sent' | 'done' | 'refused'
  readonly reason: { readonly code: string; readonly message: string } | null
}

export function createBulkJobs(database: Database): BulkJobStore {
  const insertJob = database.prepare(
    'INSERT INTO bulk_job (bulk_id, account_no, action, input, title, started_at, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const insertItem = database.prepare(
    'INSERT INTO bulk_item (item_key, bulk_id, position, case_id, case_no, version, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const jobs = database.prepare(
    `SELECT bulk_id AS bulkId, account_no AS accountNo, action, input, title, started_at AS startedAt, state
     FROM bulk_job WHERE account_no = ? ORDER BY started_at, bulk_id`,
  )
  const items = database.prepare(
    `SELECT item_key AS key, case_id AS caseId, case_no AS caseNo, version, state, code, message
     FROM bulk_item WHERE bulk_id = ? ORDER BY position`,
  )
  const setState = database.prepare('UPDATE bulk_job SET state = ? WHERE bulk_id = ?')
  const setItem = database.prepare('UPDATE bulk_item SET state = ?, code = ?, message = ? WHERE item_key = ?')
  const interrupt = database.prepare("UPDATE bulk_job SET state = 'interrupted' WHERE state = 'running'")
  const removeItems = database.prepare('DELETE FROM bulk_item WHERE bulk_id = ?')
  const removeJob = database.prepare('DELETE FROM bulk_job WHERE bulk_id = ?')
  type ItemRow = Omit<KeptBulkItem, 'reason'> & { readonly code: string | null; readonly message: string | null }
  return {
    insert: (job, all) => {
      const { bulkId, accountNo, action, input, title, startedAt, state } = job
      insertJob.run(bulkId, accountNo, action, JSON.stringify(input), title, startedAt, state)
      all.forEach((item, position) => {
        insertItem.run(item.key, bulkId, position, item.caseId, item.caseNo, item.version, item.state)
      })
    },
    jobsOf: (accountNo) =>
      (jobs.all(accountNo) as (Omit<KeptBulkJob, 'input'> & { readonly input: string })[]).map((job) => ({
        ...job,
        input: JSON.parse(job.input) as ActionInputSchema,
      })),
    items: (bulkId) =>
      (items.all(bulkId) as ItemRow[]).map(({ code, message, ...item }) => ({
        ...item,
        reason: code === null ? null : { code, message: message ?? '' },
      })),
    setState: (bulkId, state) => void setState.run(state, bulkId),
    setItem: (key, state, reason) => void setItem.run(state, reason?.code ?? null, reason?.message ?? null, key),
    interruptAll: () => void interrupt.run(),
    remove: (bulkId) => {
      removeItems.run(bulkId)
      removeJob.run(bulkId)
    },
  }
}
