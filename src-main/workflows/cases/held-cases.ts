import type { EpochMs } from '#shared/base/clock'
import type { CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { QueueView } from '#shared/contracts/seat-api/case-views'
import { isOverdue, matches, type QueueFilter, type QueueId, queueSpec, queuesOf } from '#shared/domain/case/queues'
import type { Viewer } from '#shared/domain/case/visibility'
import { lampAt } from '#shared/domain/clock/case-clock'

/**
 * The rows of one viewer's queues, in memory, so that a queue is read and counted without asking the disk. Nothing here is kept or sent. A queue
 * that time alone fills (超时) holds its candidates, and looks at the clock when it is read or counted.
 */
export interface HeldCases {
  readonly queues: readonly QueueId[]
  get(caseId: string): CaseRow | undefined
  /** Whether a row is, or will be by time alone, in one of the viewer's queues. */
  belongs(row: CaseRow): boolean
  /** Replaces the row in place; one that belongs to no queue is let go. */
  put(row: CaseRow): void
  remove(caseId: string): void
  ids(): Iterable<string>
  /** Rows of a queue by deadline, then id; `after` is the `next` of the page before. */
  page(queue: QueueId, after: string | undefined, limit: number, now: EpochMs): { readonly rows: CaseRow[]; readonly next: string | null }
  count(queue: QueueId, now: EpochMs): Omit<QueueView, 'isComplete'>
  /** The first rows of all queues by deadline. */
  mostUrgent(limit: number): readonly CaseRow[]
}

interface Held {
  readonly row: CaseRow
  readonly key: string
}

interface HeldQueue {
  readonly filter: QueueFilter
  readonly isByTime: boolean
  readonly members: Map<string, Held>
  /** In order; undefined after a change. */
  sorted: readonly Held[] | undefined
}

export function createHeldCases(viewer: Viewer): HeldCases {
  const rows = new Map<string, Held>()
  const queues = new Map<QueueId, HeldQueue>()
  for (const id of queuesOf(viewer.role)) {
    const { isOverdue: byTime, ...filter } = queueSpec(id).filter
    queues.set(id, { filter, isByTime: byTime === true, members: new Map(), sorted: undefined })
  }
  // The filters left do not look at the time.
  const isMember = (row: CaseRow, { filter }: HeldQueue) => matches(row, filter, viewer, 0)
  const held = (id: QueueId): HeldQueue => queues.get(id) ?? { filter: {}, isByTime: false, members: new Map(), sorted: [] }

  function remove(caseId: string): void {
    if (!rows.delete(caseId)) return
    for (const queue of queues.values()) if (queue.members.delete(caseId)) queue.sorted = undefined
  }

  function inOrder(queue: HeldQueue): readonly Held[] {
    queue.sorted ??= [...queue.members.values()].sort(byKey)
    return queue.sorted
  }

  return {
    queues: [...queues.keys()],
    get: (caseId) => rows.get(caseId)?.row,
    belongs: (row) => [...queues.values()].some((queue) => isMember(row, queue)),
    put(row) {
      remove(row.caseId)
      const one = { row, key: keyOf(row) }
      for (const queue of queues.values()) {
        if (!isMember(row, queue)) continue
        rows.set(row.caseId, one)
        queue.members.set(row.caseId, one)
        queue.sorted = undefined
      }
    },
    remove,
    ids: () => rows.keys(),
    page(id, after, limit, now) {
      const queue = held(id)
      const ordered = inOrder(queue)
      const page: Held[] = []
      for (let index = after === undefined ? 0 : firstAfter(ordered, after); index < ordered.length; index += 1) {
        const one = ordered[index]
        if (!one || (queue.isByTime && !isOverdue(one.row, now))) continue
        // One more than asked for says that there is a next page.
        if (page.length === limit) return { rows: page.map(({ row }) => row), next: page.at(-1)?.key ?? null }
        page.push(one)
      }
      return { rows: page.map(({ row }) => row), next: null }
    },
    count(id, now) {
      const queue = held(id)
      let [count, red, amber, oldest] = [0, 0, 0, Number.POSITIVE_INFINITY]
      for (const { row } of queue.members.values()) {
        if (queue.isByTime && !isOverdue(row, now)) continue
        count += 1
        oldest = Math.min(oldest, row.enteredAt)
        const lamp = row.clock === null ? 'green' : lampAt(row.clock, now)
        if (lamp === 'red') red += 1
        else if (lamp === 'amber') amber += 1
      }
      return { queue: id, count, red, amber, oldestEnteredAt: count === 0 ? null : oldest }
    },
    mostUrgent(limit) {
      const firsts = [...queues.values()].flatMap((queue) => inOrder(queue).slice(0, limit))
      return [...new Set(firsts)]
        .sort(byKey)
        .slice(0, limit)
        .map(({ row }) => row)
    },
  }
}

/** Sorts as text by deadline, then id; what has no clock comes last. 15 digits hold every moment that a calendar shows. */
const keyOf = ({ clock, caseId }: CaseRow): string => `${String(clock?.dueAt ?? 999_999_999_999_999).padStart(15, '0')}/${caseId}`

const byKey = (a: Held, b: Held): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)

/** The first place whose key is greater. */
function firstAfter(ordered: readonly Held[], key: string): number {
  let [low, high] = [0, ordered.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ordered[middle]?.key ?? '') > key) high = middle
    else low = middle + 1
  }
  return low
}
