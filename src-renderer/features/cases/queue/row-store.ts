import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { OutputOfCommand, StateOfTopic } from '#shared/contracts/seat-api/table'
import { isInQueue, type QueueId } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import type { Viewer } from '#shared/domain/case/visibility'
import type { Bridge } from '../../../bridge/bridge'

/**
 * The rows of one queue in one window: read in pages, then kept by the batches of `cases.changed`. Rows that come while somebody works wait in
 * `held` until they are asked for; rows that changed are replaced where they stand, rows that left are taken out. A batch that does not join
 * what is held makes it read the queue anew, with the old rows on screen. The truth is in the core; closing the window loses nothing.
 */
export interface QueueRows {
  readonly queue: QueueId
  readonly rows: readonly CaseRow[]
  /** New since the rows were shown; not in `rows`. */
  readonly held: readonly CaseRow[]
  readonly isReading: boolean
  /** False while the seat itself is still reading this queue from the centre. */
  readonly isComplete: boolean
  readonly readAt: EpochMs | null
  readonly error: AppError | undefined
}

export interface RowStore {
  get(): QueueRows
  subscribe(listener: () => void): () => void
  /** Reads the queue anew; the rows on screen stay until it is here. */
  reload(): void
  showNew(): void
  /** Begins to read and to follow; the returned function ends it. */
  start(): () => void
}

type Changes = StateOfTopic<'cases.changed'>
type Page = Result<OutputOfCommand<'queues.read'>, AppError>

interface StoreParts {
  readonly bridge: Pick<Bridge, 'call' | 'topic'>
  readonly queue: QueueId
  readonly viewer: Viewer
  now(): EpochMs
  /** Runs the action with the next frame, or soon if nothing is painted; who reads meanwhile reads what is newest. */
  onFrame(action: () => void): Stop
}

const pageSize = 5000

export function createRowStore({ bridge, queue, viewer, now, onFrame }: StoreParts): RowStore {
  const listeners = new Set<() => void>()
  let state: QueueRows = { queue, rows: [], held: [], isReading: true, isComplete: false, readAt: null, error: undefined }
  /** Number of the last change that is in `state`; null while nothing was read. */
  let upTo: number | null = null
  /** Batches that came while pages were being read. */
  let waiting: Changes[] = []
  let reading = 0

  /** Listeners that wait for the next frame: however many batches come before it, they are drawn once. */
  let stopFrame: Stop | undefined

  function tell(): void {
    stopFrame?.()
    stopFrame = undefined
    for (const listener of listeners) listener()
  }
  function set(next: Partial<QueueRows>): void {
    state = { ...state, ...next }
    tell()
  }

  async function read(): Promise<void> {
    reading += 1
    const mine = reading
    set({ isReading: true })
    const rows: CaseRow[] = []
    let [after, firstUpTo]: [string | undefined, number | undefined] = [undefined, undefined]
    let [readAt, isComplete]: [EpochMs | null, boolean] = [null, false]
    do {
      const page: Page = await bridge.call('queues.read', { queue, limit: pageSize, ...(after !== undefined && { after }) })
      if (mine !== reading) return
      if (!page.ok) return set({ isReading: false, error: page.error })
      for (const row of page.value.rows) rows.push(row)
      firstUpTo ??= page.value.upTo
      readAt = page.value.readAt
      isComplete = page.value.isComplete
      after = page.value.next ?? undefined
    } while (after !== undefined)
    upTo = firstUpTo ?? 0
    const batches = waiting
    waiting = []
    set({ rows: unique(rows), held: [], isReading: false, isComplete, readAt, error: undefined })
    // While the pages were read nobody worked in these rows: what came meanwhile is simply there.
    for (const batch of batches) accept(batch)
    showNew()
  }

  function accept(batch: Changes): void {
    if (upTo === null || state.isReading) {
      waiting.push(batch)
      return
    }
    if (batch.upTo <= upTo) return
    if (batch.after > upTo) {
      void read()
      return
    }
    upTo = batch.upTo
    const next = withChanges(state, batch.changes, (row) => isInQueue(row, queue, viewer, now()))
    if (next === state) return
    state = next
    stopFrame ??= onFrame(tell)
  }

  function showNew(): void {
    if (state.held.length > 0) set({ rows: [...state.held, ...state.rows], held: [] })
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    reload: () => void read(),
    showNew,
    start() {
      const watch = bridge.topic('cases.changed')
      const stop = watch.subscribe(() => {
        const batch = watch.get()
        if (batch) accept(batch)
      })
      void read()
      return () => {
        stop()
        stopFrame?.()
        stopFrame = undefined
        reading += 1
      }
    },
  }
}

/** A case that moved between two pages can stand in both; its newest version counts. */
function unique(rows: readonly CaseRow[]): readonly CaseRow[] {
  const newest = new Map<string, CaseRow>()
  for (const row of rows) {
    const held = newest.get(row.caseId)
    if (!held || held.version <= row.version) newest.set(row.caseId, row)
  }
  return newest.size === rows.length ? rows : [...newest.values()]
}

/** Pure: the same state when none of the changes touches this queue. */
export function withChanges(state: QueueRows, changes: Changes['changes'], belongs: (row: CaseRow) => boolean): QueueRows {
  const changed = new Map(changes.map(({ caseId, row }) => [caseId, row]))
  const known = new Set<string>()
  const rows = replaced(state.rows, changed, known, belongs)
  const held = replaced(state.held, changed, known, belongs)
  const arrived = [...changed].flatMap(([caseId, row]) => (row !== null && !known.has(caseId) && belongs(row) ? [row] : []))
  if (rows === state.rows && held === state.held && arrived.length === 0) return state
  // Nothing stands under a cursor in an empty list.
  if (rows.length === 0) return { ...state, rows: [...arrived, ...held], held: [] }
  return { ...state, rows, held: arrived.length > 0 ? [...arrived, ...held] : held }
}

/** The same list when no row of it changed; an older version changes nothing. Notes which of the changed cases stand in it. */
function replaced(
  rows: readonly CaseRow[],
  changed: ReadonlyMap<string, CaseRow | null>,
  known: Set<string>,
  belongs: (row: CaseRow) => boolean,
): readonly CaseRow[] {
  let made: CaseRow[] | undefined
  for (const [at, row] of rows.entries()) {
    const next = changed.get(row.caseId)
    if (next !== undefined) known.add(row.caseId)
    if (next === undefined || (next !== null && next.version < row.version)) {
      made?.push(row)
      continue
    }
    made ??= rows.slice(0, at)
    if (next !== null && belongs(next)) made.push(next)
  }
  return made ?? rows
}
