import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import type { CaseState } from '#shared/domain/case/states'
import type { Viewer } from '#shared/domain/case/visibility'
import { amber, type CaseCondition, isEndedCase, isOpenCase, matching, overdue, visibleTo } from './case-conditions'
import type { Database, Statements } from './open-database'

/** Lists of cases by key, and how full each queue is. Every query here sees only what its viewer may see. */
type Reader = Database | Statements

export async function isCaseVisible(db: Reader, caseId: string, viewer: Viewer): Promise<boolean> {
  const found = await db
    .selectFrom('case_record')
    .select('case_id')
    .where('case_id', '=', caseId)
    .where(visibleTo(viewer))
    .executeTakeFirst()
  return found !== undefined
}

/** Rows of the cases among these ids that the viewer may see, in no particular order. */
export async function findRows(db: Reader, caseIds: readonly string[], viewer: Viewer): Promise<readonly CaseRow[]> {
  if (caseIds.length === 0) return []
  const rows = await db.selectFrom('case_record').select('row').where('case_id', 'in', caseIds).where(visibleTo(viewer)).execute()
  return rows.map(({ row }) => JSON.parse(row) as CaseRow)
}

/** What was related to a case from either side, or merged into it. */
export async function findRelated(db: Reader, caseId: string, viewer: Viewer): Promise<readonly CaseRow[]> {
  const relations = await db
    .selectFrom('case_relation')
    .selectAll()
    .where((eb) => eb.or([eb('case_id', '=', caseId), eb('other_case_id', '=', caseId)]))
    .execute()
  const ids = new Set(relations.flatMap(({ case_id, other_case_id }) => [case_id, other_case_id]))
  ids.delete(caseId)
  return findRows(db, [...ids], viewer)
}

/** A place in a list of one part: open cases by deadline, ended ones from new to old. */
export interface CasePlace {
  readonly part: 'open' | 'ended'
  readonly at: EpochMs
  readonly caseId: string
}

export interface CaseListQuery {
  readonly viewer: Viewer
  readonly conditions: readonly CaseCondition[]
  readonly part: CasePlace['part']
  readonly after: CasePlace | undefined
  readonly limit: number
}

export interface ListedCase {
  readonly row: CaseRow
  readonly place: CasePlace
}

export async function listCases(db: Reader, query: CaseListQuery): Promise<readonly ListedCase[]> {
  const { viewer, conditions, part, after, limit } = query
  const isOpen = part === 'open'
  const order = isOpen ? 'due_at' : 'began_at'
  let rows = db
    .selectFrom('case_record')
    .select(['case_id', order, 'row'])
    .where(isOpen ? isOpenCase : isEndedCase)
    .where(visibleTo(viewer))
    .orderBy(order, isOpen ? 'asc' : 'desc')
    .orderBy('case_id', isOpen ? 'asc' : 'desc')
    .limit(limit)
  for (const condition of conditions) rows = rows.where(condition)
  // As one comparison of rows, which both databases answer from the index.
  if (after) {
    const place = sql`(${after.at}, ${after.caseId})`
    rows = rows.where(isOpen ? sql<boolean>`(due_at, case_id) > ${place}` : sql<boolean>`(began_at, case_id) < ${place}`)
  }
  return (await rows.execute()).map(({ case_id, row, ...rest }) => ({
    row: JSON.parse(row) as CaseRow,
    place: { part, at: Object.values(rest)[0] as EpochMs, caseId: case_id },
  }))
}

export interface QueueCount {
  readonly queue: QueueId
  readonly count: number
  readonly oldestEnteredAt: EpochMs | null
  readonly red: number
  readonly amber: number
}

/** All of them in one pass over the open cases in the states that they speak of. */
export async function countQueues(db: Reader, queues: readonly QueueId[], viewer: Viewer, now: EpochMs): Promise<readonly QueueCount[]> {
  if (queues.length === 0) return []
  let query = db
    .selectFrom('case_record')
    .where(isOpenCase)
    .where(visibleTo(viewer))
    .select((eb) =>
      queues.flatMap((queue) => {
        const isIn = matching(queueSpec(queue).filter, viewer, now)(eb)
        return [
          eb.fn.countAll<number>().filterWhere(isIn).as(`${queue}_count`),
          eb.fn.min<number | null>('entered_at').filterWhere(isIn).as(`${queue}_oldest`),
          eb.fn
            .countAll<number>()
            .filterWhere(eb.and([isIn, overdue(now)(eb)]))
            .as(`${queue}_red`),
          eb.fn
            .countAll<number>()
            .filterWhere(eb.and([isIn, amber(now)(eb)]))
            .as(`${queue}_amber`),
        ]
      }),
    )
  const states = statesOf(queues)
  if (states) query = query.where('state', 'in', states)
  const row = (await query.executeTakeFirstOrThrow()) as Record<string, number | null>
  return queues.map((queue) => ({
    queue,
    count: row[`${queue}_count`] ?? 0,
    oldestEnteredAt: row[`${queue}_oldest`] ?? null,
    red: row[`${queue}_red`] ?? 0,
    amber: row[`${queue}_amber`] ?? 0,
  }))
}

/** Undefined when one of them speaks of every state. */
function statesOf(queues: readonly QueueId[]): readonly CaseState[] | undefined {
  const states = queues.map((queue) => queueSpec(queue).filter.states)
  return states.every((list) => list !== undefined) ? [...new Set(states.flat())] : undefined
}
