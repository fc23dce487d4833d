import type { AppError } from '#shared/base/app-error'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import type { Clock, EpochMs, Ids, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import { actionSpec } from '#shared/domain/case/actions'
import { inputTitles, isGiven } from '#shared/domain/case/inputs'
import { transitions } from '#shared/domain/case/transitions'
import { bulkJobView } from './bulk-view'
import type { CaseKeeper } from './cases/keep-cases'
import type { Central, KeptBulkItem, KeptBulkJob, Publish, Store } from './ports'

/**
 * The same decision on many cases. Every item has its idempotency key on disk before its first request leaves, and whenever an answer is lost the
 * same key is sent again: however often the centre goes away, each case is decided once. Refusals are collected and do not stop the rest. An item
 * that was sent and not answered when the program ended is asked about once more under its key, as soon as its person is signed in and the centre
 * answers; what was never sent stays undone.
 */
export interface BulkRunner {
  start(me: Me, input: InputOfCommand<'bulk.start'>): Result<OutputOfCommand<'bulk.start'>, AppError>
  cancel(accountNo: string, bulkId: string): Result<Record<string, never>, AppError>
  dismiss(accountNo: string, bulkId: string): Result<Record<string, never>, AppError>
  /** Somebody signed in or came back; `isHonoured`: the centre knows the session. */
  entered(me: Me, isHonoured: boolean): void
  /** Signed out: what runs ends as cancelled. */
  left(): void
  /** The centre answers again. */
  wake(): void
  isBusy(): boolean
  stop(): void
}

export interface BulkParts {
  readonly store: Pick<Store, 'transaction' | 'bulkJobs'>
  readonly central: Central
  readonly cases: Pick<CaseKeeper, 'take'>
  readonly clock: Clock
  readonly ids: Ids
  /** In [0, 1). */
  readonly random: () => number
  readonly now: () => EpochMs
  readonly isOnline: () => boolean
  readonly publish: Publish
  readonly log: Log
}

const atOnce = 4
const publishMs = 100
/** Nobody stands before a single item of a batch: a slow centre is given time. */
const itemTimeoutMs = 10_000
const backOff: BackOff = { firstMs: 1_000, mostMs: 15_000, spread: [0.8, 1.2] }

interface LiveJob {
  job: KeptBulkJob
  readonly items: KeptBulkItem[]
  /** Places in `items` that a request is under way for. */
  readonly inFlight: Set<number>
}

export function createBulkRunner(parts: BulkParts): BulkRunner {
  const { store, central, cases, clock, ids, random, now, isOnline, publish, log } = parts
  let accountNo: string | undefined
  let isHonoured = false
  let jobs: LiveJob[] = []
  let failures = 0
  let stopRetry: Stop | undefined
  let stopPublish: Stop | undefined
  let isStopped = false

  function show(): void {
    stopPublish?.()
    stopPublish = undefined
    publish('bulk.changed', { jobs: jobs.map(({ job, items }) => bulkJobView(job, items, isWaiting())) })
  }
  const showSoon = () => {
    if (!isStopped) stopPublish ??= clock.after(publishMs, show)
  }
  const isWaiting = () => stopRetry !== undefined || !isHonoured || !isOnline()

  /** Running jobs go on with what waits; ended ones only ask about what was sent. */
  const nextOf = ({ job, items, inFlight }: LiveJob): number =>
    items.findIndex(({ state }, place) => !inFlight.has(place) && (state === 'sent' || (state === 'waiting' && job.state === 'running')))

  function pump(): void {
    if (isStopped || !isHonoured || stopRetry || !isOnline()) return
    for (const live of jobs) {
      while (jobs.reduce((sum, { inFlight }) => sum + inFlight.size, 0) < atOnce) {
        const place = nextOf(live)
        if (place < 0) break
        if (!send(live, place)) {
          putOff()
          return
        }
      }
      finishIfDone(live)
    }
    showSoon()
  }

  function putOff(): void {
    if (isStopped) return
    // The requests under way fail together: that is one failure.
    if (!stopRetry) failures += 1
    stopRetry ??= clock.after(backOffMs(failures, random(), backOff), () => {
      stopRetry = undefined
      pump()
    })
    showSoon()
  }

  function setItem(live: LiveJob, place: number, state: KeptBulkItem['state'], reason: KeptBulkItem['reason'] = null): boolean {
    const item = live.items[place]
    if (!item) return false
    if (item.state === state) return true
    const stored = store.transaction(() => store.bulkJobs.setItem(item.key, state, reason))
    if (stored.ok) live.items[place] = { ...item, state, reason }
    return stored.ok
  }

  /** False: it could not be written down that it is sent, so it must not leave. */
  function send(live: LiveJob, place: number): boolean {
    const item = live.items[place]
    if (!item || !setItem(live, place, 'sent')) return false
    live.inFlight.add(place)
    const { job } = live
    const request = {
      params: { caseId: item.caseId, action: job.action },
      body: job.input,
      ifMatch: item.version,
      idempotencyKey: item.key,
    }
    void central.call('cases.act', request, { accountNo: job.accountNo, timeoutMs: itemTimeoutMs }).then((answer) => {
      live.inFlight.delete(place)
      land(live, place, answer)
    })
    return true
  }

  function land(live: LiveJob, place: number, answer: Result<Parameters<CaseKeeper['take']>[0]['row'], AppError>): void {
    if (!answer.ok && isForLater(answer.error)) {
      if (signInCodes.has(answer.error.code)) isHonoured = false
      putOff()
      return
    }
    failures = 0
    const item = live.items[place]
    const reason = answer.ok ? null : { code: answer.error.code, message: answer.error.message }
    // Not stored: it stays `sent`, and its key gives the same answer once more.
    if (!setItem(live, place, answer.ok ? 'done' : 'refused', reason)) {
      putOff()
      return
    }
    if (answer.ok && item && live.job.accountNo === accountNo) {
      cases.take({ caseId: item.caseId, row: answer.value, byNo: live.job.accountNo })
    }
    pump()
  }

  function finishIfDone(live: LiveJob): void {
    if (live.job.state !== 'running' || live.items.some(({ state }) => state === 'waiting' || state === 'sent')) return
    if (setState(live, 'done')) log.info('batch done', { bulkId: live.job.bulkId, items: live.items.length })
  }

  function setState(live: LiveJob, state: KeptBulkJob['state']): boolean {
    const stored = store.transaction(() => store.bulkJobs.setState(live.job.bulkId, state))
    live.job = { ...live.job, state }
    return stored.ok
  }

  const find = (mine: string, bulkId: string): LiveJob | undefined =>
    jobs.find(({ job }) => job.bulkId === bulkId && job.accountNo === mine)

  return {
    start(me, { action, items, input }) {
      if (!isOnline() || !isHonoured) return err(appError(isHonoured ? 'central/offline' : 'auth/signInRequired'))
      const missing = missingInputs(action, input)
      if (missing) return err(missing)
      const bulkId = ids.uuid()
      const { title } = actionSpec(action)
      const job: KeptBulkJob = { bulkId, accountNo: me.accountNo, action, input, title, startedAt: now(), state: 'running' }
      const once = new Map(items.map((item) => [item.caseId, item]))
      const kept = [...once.values()].map((item): KeptBulkItem => ({ ...item, key: ids.uuid(), state: 'waiting', reason: null }))
      const stored = store.transaction(() => store.bulkJobs.insert(job, kept))
      if (!stored.ok) return stored
      log.info('batch started', { bulkId, action, items: kept.length })
      jobs = [...jobs, { job, items: kept, inFlight: new Set() }]
      pump()
      show()
      return ok({ bulkId })
    },
    cancel(mine, bulkId) {
      const live = find(mine, bulkId)
      if (!live) return err(appError('record/notFound'))
      if (live.job.state === 'running') setState(live, 'cancelled')
      show()
      return ok({})
    },
    dismiss(mine, bulkId) {
      const live = find(mine, bulkId)
      if (!live || live.job.state === 'running') return err(appError('record/notFound'))
      const removed = store.transaction(() => store.bulkJobs.remove(bulkId))
      if (!removed.ok) return removed
      jobs = jobs.filter((other) => other !== live)
      show()
      return ok({})
    },
    entered(me, honoured) {
      isHonoured = honoured
      if (accountNo !== me.accountNo) {
        // What the account before left under way lands in its own rows; it is only no longer shown.
        accountNo = me.accountNo
        jobs = store.bulkJobs
          .jobsOf(me.accountNo)
          .map((job) => ({ job, items: [...store.bulkJobs.items(job.bulkId)], inFlight: new Set() }))
      }
      failures = 0
      stopRetry?.()
      stopRetry = undefined
      pump()
      show()
    },
    left() {
      for (const live of jobs) if (live.job.state === 'running') setState(live, 'cancelled')
      accountNo = undefined
      isHonoured = false
      jobs = []
      stopRetry?.()
      stopRetry = undefined
      show()
    },
    wake() {
      failures = 0
      stopRetry?.()
      stopRetry = undefined
      pump()
    },
    isBusy: () => jobs.some(({ inFlight }) => inFlight.size > 0),
    stop() {
      isStopped = true
      stopRetry?.()
      stopPublish?.()
    },
  }
}

const signInCodes: ReadonlySet<string> = new Set(['auth/signInRequired', 'auth/tokenExpired', 'auth/passwordMustChange'])

/** Nothing was decided about the case, or nobody knows: the same key is sent again. Everything else is the centre's answer. */
function isForLater({ code, retryable }: AppError): boolean {
  return signInCodes.has(code) || (retryable && (code.startsWith('central/') || code === 'request/busy'))
}

/** What no row of the workflow would do without, so that 500 requests are not sent to be refused alike. */
function missingInputs(action: InputOfCommand<'bulk.start'>['action'], input: InputOfCommand<'bulk.start'>['input']): AppError | undefined {
  const rows = transitions.filter((transition) => transition.action === action)
  const missing = (rows[0]?.requires ?? []).filter((name) => rows.every(({ requires }) => requires.includes(name)) && !isGiven(input, name))
  if (missing.length === 0) return undefined
  return appError('case/inputMissing', { fields: missing.map((name) => inputTitles[name]).join('、'), names: missing })
}
