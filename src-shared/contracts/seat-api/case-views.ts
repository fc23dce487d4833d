import { type Static, Type } from 'typebox'
import { ActionIdSchema, ActionInputSchema, CaseDetail, CaseLock, CaseRowSchema, QueueIdSchema } from '../case-shapes'
import { EpochMs, Uuid } from '../common'

/** Shapes of cases on screen. */

/** One queue of the signed-in role, as the rail and the tabs show it. */
export const QueueView = Type.Object({
  queue: QueueIdSchema,
  count: Type.Integer(),
  red: Type.Integer(),
  amber: Type.Integer(),
  oldestEnteredAt: Type.Union([EpochMs, Type.Null()]),
  /** False while its rows are still being read from the centre for the first time. */
  isComplete: Type.Boolean(),
})
export type QueueView = Static<typeof QueueView>

export const QueuesView = Type.Object({ queues: Type.Array(QueueView), readAt: Type.Union([EpochMs, Type.Null()]) })
export type QueuesView = Static<typeof QueuesView>

/**
 * What changed since the batch before. A window that holds rows up to `after` applies the batch; one that holds less reads its queue anew. `row`
 * null: the case is no longer this viewer's to see.
 */
export const CaseChangesView = Type.Object({
  after: Type.Integer({ minimum: 0 }),
  upTo: Type.Integer({ minimum: 0 }),
  changes: Type.Array(Type.Object({ caseId: Uuid, row: Type.Union([CaseRowSchema, Type.Null()]), byNo: Type.String() })),
})
export type CaseChangesView = Static<typeof CaseChangesView>

/** What was heard of locks since sign-in, the latest last, one for a case; `lock` null: given back. A case that is not in it: nothing was heard. */
export const CaseLocksView = Type.Object({
  locks: Type.Array(Type.Object({ caseId: Uuid, lock: Type.Union([CaseLock, Type.Null()]) })),
})
export type CaseLocksView = Static<typeof CaseLocksView>

/** A note or a registration of this seat that the centre does not have yet. */
export const PendingNote = Type.Object({
  intentId: Uuid,
  action: ActionIdSchema,
  input: ActionInputSchema,
  writtenAt: EpochMs,
  byName: Type.String(),
  /** Why the centre refused it; null while it waits. */
  reason: Type.Union([Type.String(), Type.Null()]),
})

export const CaseDetailView = Type.Object({
  detail: CaseDetail,
  /** When the centre said so; old when `isCached`. */
  readAt: EpochMs,
  isCached: Type.Boolean(),
  pending: Type.Array(PendingNote),
})
export type CaseDetailView = Static<typeof CaseDetailView>

/** A batch of the same decision on many cases, one after the other, each done once however often the centre goes away. */
export const BulkJob = Type.Object({
  bulkId: Uuid,
  action: ActionIdSchema,
  title: Type.String(),
  startedAt: EpochMs,
  /** `waiting`: the centre is away, it goes on by itself. `interrupted`: the program was closed; what is left was not done. */
  state: Type.Enum(['running', 'waiting', 'done', 'cancelled', 'interrupted']),
  total: Type.Integer(),
  done: Type.Integer(),
  refused: Type.Array(Type.Object({ caseId: Uuid, caseNo: Type.String(), code: Type.String(), message: Type.String() })),
})
export type BulkJob = Static<typeof BulkJob>
export const BulkView = Type.Object({ jobs: Type.Array(BulkJob) })
export type BulkView = Static<typeof BulkView>
