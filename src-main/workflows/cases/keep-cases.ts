import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import { ok, type Result } from '#shared/base/result'
import type { CaseDetail, CaseRowSchema as CaseRow } from '#shared/contracts/case-shapes'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { CaseChangesView } from '#shared/contracts/seat-api/case-views'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { type QueueId, queuesOf } from '#shared/domain/case/queues'
import { maySee, type Viewer } from '#shared/domain/case/visibility'
import type { Bounds } from '#shared/domain/geo/position'
import type { PictureKey, Publish, Store } from '../ports'
import { createHeldCases, type HeldCases } from './held-cases'

/**
 * The cases that this seat holds for whoever is signed in: rows of their queues in memory and on disk, details on disk, and what windows are told
 * when they change. Rows and details were read with somebody's right to see them, so they belong to that account and post: signing out empties
 * memory and screens, and the next account or post forgets what is on disk before it reads anything (the same person coming back finds it again).
 * It asks the centre nothing.
 *
 * A change is stored inside its transaction and shown after the commit. An older version never replaces a newer one, whichever way it came.
 */
export interface CaseKeeper {
  /** Whose eyes; takes up what the disk holds for them. The same account and post again changes nothing. */
  begin(me: Me): void
  end(): void
  /** Inside the caller's transaction; the caller then calls `shown` after the commit. */
  store(change: CaseChange): void
  shown(change: CaseChange): void
  /** Both, in a transaction of its own: an answer of the centre. */
  take(change: CaseChange): Result<void, AppError>
  /** Also its row, when it is newer. */
  keepDetail(detail: CaseDetail): Result<void, AppError>
  detail(caseId: string): { readonly detail: CaseDetail; readonly readAt: EpochMs } | undefined
  readQueue(input: InputOfCommand<'queues.read'>): OutputOfCommand<'queues.read'>
  row(caseId: string): CaseRow | undefined
  /** Rows of the worklists that are held, inside a box. */
  around(box: Bounds): readonly CaseRow[]
  /** Whether what is on disk was read for whoever is signed in. */
  holdsForViewer(): boolean
  mostUrgent(limit: number): readonly CaseRow[]
  queues(): readonly QueueId[]
  beginReading(): CaseReading
}

/** `row` null: no longer this viewer's to see. `byNo` is empty when nobody in particular is known. */
export interface CaseChange {
  readonly caseId: string
  readonly row: CaseRow | null
  readonly byNo: string
}

/** A reading of whole queues while events go on coming in: what an event said meanwhile stands. */
export interface CaseReading {
  /** At most `rowsPerTransaction` rows. */
  keep(rows: readonly CaseRow[]): Result<void, AppError>
  complete(queue: QueueId): void
  /** Every queue was read to its end: what was not seen is gone. */
  finish(): Result<void, AppError>
  abandon(): void
}

export interface CaseKeeperParts {
  readonly store: Pick<Store, 'transaction' | 'cases' | 'attachments'>
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly publish: Publish
}

/** `answer`: whatever was asked for and may come later than an event that overtook it. */
type Way = 'event' | 'answer'

export const rowsPerTransaction = 500
const mostHeard = 2_000
/** Two frames: what is behind it, to the painted row, has the rest of the tenth of a second that a change may take. */
const batchMs = 33
const countMs = 250
const tickMs = 15_000
/** Beyond this a window reads its queue anew more cheaply than it applies the list. */
const mostInBatch = 500
const defaultPage = 1_000

export function createCaseKeeper({ store, clock, now, publish }: CaseKeeperParts): CaseKeeper {
  let viewer: Viewer | undefined
  let held: HeldCases = createHeldCases({ accountNo: '', role: 'admin', departmentCode: null })
  let complete = new Set<QueueId>()
  /** Versions last heard of, Infinity for hidden: an answer or a page that was longer on its way does not bring an older state back. */
  let heard = new Map<string, number>()
  /** Cases that something was heard of since the reading under way began. */
  let heardInReading: Set<string> | undefined
  let [changeNo, publishedNo] = [0, 0]
  let changes = new Map<string, CaseChange>()
  let stopBatch: Stop | undefined
  let stopCount: Stop | undefined
  let stopTick: Stop = () => {}

  const scopeOf = ({ accountNo, role, departmentCode }: Viewer) => `${accountNo}/${role}/${departmentCode ?? ''}`
  const isMine = () => viewer !== undefined && store.cases.scope() === scopeOf(viewer)
  const mayHold = (row: CaseRow) => viewer !== undefined && maySee(row, { namedAgents: [], collectors: [viewer.accountNo] }, viewer)
  /** Events come in order, so they are only compared with what is held: a case that was hidden may be shown again. */
  const isOld = ({ caseId, version }: CaseRow, way: Way) =>
    Math.max(held.get(caseId)?.version ?? 0, way === 'event' ? 0 : (heard.get(caseId) ?? 0)) > version
  const note = (caseId: string, version: number) => {
    heard.delete(caseId)
    heard.set(caseId, version)
    heardInReading?.add(caseId)
    const [oldest] = heard.keys()
    if (heard.size > mostHeard && !heardInReading && oldest !== undefined) heard.delete(oldest)
  }
  let gone: PictureKey[] = []

  function showQueues(): void {
    stopCount?.()
    stopCount = undefined
    const at = now()
    const queues = held.queues.map((queue) => ({ ...held.count(queue, at), isComplete: complete.has(queue) }))
    publish('queues.changed', { queues, readAt: isMine() ? store.cases.readAt() : null })
  }
  function showChanges(): void {
    stopBatch?.()
    stopBatch = undefined
    const isTooMuch = changes.size > mostInBatch
    const after = isTooMuch ? changeNo : publishedNo
    const list: CaseChangesView['changes'] = isTooMuch ? [] : [...changes.values()]
    publishedNo = changeNo
    changes = new Map()
    publish('cases.changed', { after, upTo: changeNo, changes: list })
  }
  function changed(change: CaseChange): void {
    changeNo += 1
    changes.set(change.caseId, change)
    stopBatch ??= clock.after(batchMs, showChanges)
    stopCount ??= clock.after(countMs, showQueues)
  }
  /** Windows that hold a queue read it anew. */
  function changedThroughout(): void {
    changeNo += 1
    publishedNo = changeNo
    changes = new Map()
    showChanges()
    showQueues()
  }
  function reset(next: Viewer | undefined): void {
    for (const stop of [stopBatch, stopCount, stopTick]) stop?.()
    stopTick = () => {}
    viewer = next
    held = createHeldCases(next ?? { accountNo: '', role: 'admin', departmentCode: null })
    complete = new Set()
    heard = new Map()
    heardInReading = undefined
  }
  function removeFiles(): void {
    const files = gone
    gone = []
    if (files.length > 0) store.attachments.pictures.removeFiles(files)
  }
  function storeChange({ caseId, row }: CaseChange, way: Way): void {
    if (!viewer) return
    store.cases.enter(scopeOf(viewer))
    if (row === null || !mayHold(row)) gone.push(...store.cases.removeRow(caseId))
    else if (isOld(row, way)) return
    else if (held.belongs(row)) store.cases.putRow(row)
    else store.cases.dropRow(caseId)
  }
  function shown(change: CaseChange, way: Way): void {
    const { caseId, row } = change
    if (!viewer || (row !== null && isOld(row, way))) return
    removeFiles()
    const seen = row !== null && mayHold(row) ? row : null
    note(caseId, seen?.version ?? Number.POSITIVE_INFINITY)
    if (seen) held.put(seen)
    else held.remove(caseId)
    changed({ ...change, row: seen })
  }
  function take(change: CaseChange): Result<void, AppError> {
    const stored = store.transaction(() => storeChange(change, 'answer'), 'processDeath')
    // A full disk takes nothing from what the person sees.
    shown(change, 'answer')
    return stored.ok ? ok(undefined) : stored
  }

  /** In slices, so that a large city's rows do not hold up everything else at start. */
  function load(mine: Viewer, afterId: string): void {
    if (viewer !== mine) return
    const rows = store.cases.rowsAfter(afterId, rowsPerTransaction)
    for (const row of rows) if (!isOld(row, 'answer') && mayHold(row)) held.put(row)
    const last = rows.at(-1)
    if (last && rows.length === rowsPerTransaction) return void clock.after(0, () => load(mine, last.caseId))
    if (store.cases.readAt() !== null) complete = new Set(held.queues)
    changedThroughout()
  }

  return {
    begin(me) {
      const next: Viewer = { accountNo: me.accountNo, role: me.role, departmentCode: me.departmentCode ?? null }
      if (viewer && scopeOf(viewer) === scopeOf(next)) return
      reset(next)
      const entered = store.transaction(() => store.cases.enter(scopeOf(next)), 'processDeath')
      if (entered.ok && entered.value) store.attachments.pictures.sweep()
      stopTick = clock.every(tickMs, showQueues)
      if (isMine()) load(next, '')
      else changedThroughout()
    },
    end() {
      reset(undefined)
      changedThroughout()
    },
    store: (change) => storeChange(change, 'event'),
    shown: (change) => shown(change, 'event'),
    take,
    keepDetail(detail) {
      const change = { caseId: detail.row.caseId, row: detail.row, byNo: '' }
      if (!viewer || !mayHold(detail.row) || isOld(detail.row, 'answer')) return ok(undefined)
      const before = held.get(change.caseId)
      const isNews = before?.version !== detail.row.version && (before !== undefined || held.belongs(detail.row))
      const stored = store.transaction(() => {
        storeChange(change, 'answer')
        store.cases.putDetail(detail, now())
      }, 'processDeath')
      if (isNews) shown(change, 'answer')
      return stored.ok ? ok(undefined) : stored
    },
    detail: (caseId) => (isMine() ? store.cases.detail(caseId) : undefined),
    readQueue({ queue, after, limit = defaultPage }) {
      const { rows, next } = held.page(queue, after, limit, now())
      return { rows, next, upTo: changeNo, readAt: isMine() ? store.cases.readAt() : null, isComplete: complete.has(queue) }
    },
    row: (caseId) => held.get(caseId),
    around: (box) => [...held.ids()].flatMap((caseId) => (isInside(held.get(caseId)?.position, box) ? [held.get(caseId) as CaseRow] : [])),
    holdsForViewer: isMine,
    mostUrgent: (limit) => held.mostUrgent(limit),
    queues: () => (viewer ? queuesOf(viewer.role) : []),
    beginReading() {
      const mine = viewer
      const listening = new Set<string>()
      heardInReading = listening
      const seen = new Set<string>()
      return {
        keep(rows) {
          if (viewer !== mine) return ok(undefined)
          const news = rows.filter((row) => !isOld(row, 'answer') && mayHold(row))
          const stored = store.transaction(() => {
            for (const row of news) storeChange({ caseId: row.caseId, row, byNo: '' }, 'answer')
          }, 'processDeath')
          if (!stored.ok) return stored
          for (const { caseId } of rows) seen.add(caseId)
          for (const row of news) {
            if (held.get(row.caseId)?.version === row.version) continue
            held.put(row)
            changed({ caseId: row.caseId, row, byNo: '' })
          }
          return ok(undefined)
        },
        complete(queue) {
          if (viewer !== mine) return
          complete.add(queue)
          stopCount ??= clock.after(countMs, showQueues)
        },
        finish() {
          if (viewer !== mine || !mine) return ok(undefined)
          const vanished = [...held.ids()].filter((caseId) => !seen.has(caseId) && !listening.has(caseId))
          const stored = store.transaction(() => {
            store.cases.enter(scopeOf(mine))
            for (const caseId of vanished) gone.push(...store.cases.removeRow(caseId))
            gone.push(...store.cases.forgetUnheld())
            store.cases.setReadAt(now())
          }, 'processDeath')
          if (!stored.ok) return stored
          removeFiles()
          heardInReading = undefined
          complete = new Set(held.queues)
          for (const caseId of vanished) held.remove(caseId)
          if (vanished.length > 0) changedThroughout()
          else showQueues()
          return ok(undefined)
        },
        abandon() {
          if (heardInReading === listening) heardInReading = undefined
        },
      }
    },
  }
}

const isInside = (position: CaseRow['position'] | undefined, { south, north, west, east }: Bounds): boolean =>
  position != null && position.lat >= south && position.lat <= north && position.lng >= west && position.lng <= east
