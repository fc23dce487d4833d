import type { AppError } from '#shared/base/app-error'
import { type BackOff, backOffMs } from '#shared/base/back-off'
import type { Clock, EpochMs, Ids, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { OutboxView } from '#shared/contracts/seat-api/views'
import type { Intent, IntentChange, IntentKindName, Intents } from '../store/intents'
import type { OutboxKind } from './kind'
import { plan } from './plan'
import { viewOf } from './view'

/**
 * Brings queued records to the centre, each exactly once as far as the centre is concerned. It appends nothing (a workflow does, together with the
 * record) and never drops anything.
 *
 *   waiting ──send──▶ sending ──2xx──▶ gone, record completed
 *      ▲                 ├──no answer, 5xx, 429──▶ waiting, after a back-off, same key
 *      │                 ├──sign-in needed──▶ waiting, its account paused until `wake`
 *      └──retry, edit──parked ◀──refused for good, with the reason; later ones of its subject wait behind it
 *
 * A send is counted in the database before the request leaves. So after a crash `attempts > 0` says that the centre may have it: it is sent again
 * under the same key, which the centre answers with its first answer. A refusal is such an answer too, so a retry of a parked intent gets a new
 * key; that is safe because the refusal proves that nothing was done under the old one.
 *
 * There is no polling: one timer for the earliest end of a back-off; everything else happens on `wake` or an answer. Never call it inside a
 * store transaction: it opens its own.
 */
export interface Outbox {
  view(): OutboxView
  /** Looks for work now, whatever back-offs and pauses say: something was appended, the centre is back, someone signed in. */
  wake(): void
  /** Looks for work without hurrying what waits: something was appended, or what held records back is over. */
  lookAgain(): void
  /** Errors: `intent/unknown`, `intent/sending`, `store/*`. */
  retry(intentId: string): Result<void, AppError>
  /** Errors: `intent/unknown`, `intent/sending`, `intent/uncertain`, `intent/notEditable`, those of the kind, `store/*`. */
  edit(intentId: string, text: string): Result<void, AppError>
  /** Errors: `intent/unknown`, `intent/sending`, `intent/uncertain`, `intent/notWithdrawable`, `store/*`. */
  withdraw(intentId: string): Result<void, AppError>
  /** Parked ones do not count: they wait for a person, who signs in first. */
  hasWaitingOf(accountNo: string): boolean
  onChanged(listener: () => void): Stop
  /** Sends nothing more and resolves when the answers under way have been stored. */
  stop(): Promise<void>
}

export interface OutboxOptions {
  readonly intents: Intents
  readonly transaction: <T>(work: () => T) => Result<T, AppError>
  readonly kinds: Readonly<Record<IntentKindName, OutboxKind>>
  readonly deliver: (intent: Intent) => Promise<Result<unknown, AppError>>
  readonly clock: Clock
  readonly ids: Ids
  /** In [0, 1). */
  readonly random: () => number
  readonly isOnline: () => boolean
  /** Must not leave now; `lookAgain` when it may. */
  readonly isHeld?: (intent: Intent) => boolean
  readonly log: Log
}

const inFlightLimit = 4
/** How long nothing is sent after an answer could not be stored: resending at once would only fill the log. */
const storeTroubleMs = 5_000
const signInCodes = new Set(['auth/signInRequired', 'auth/tokenExpired'])

export function createOutbox(options: OutboxOptions): Outbox {
  const { intents, transaction, kinds, clock, ids, isOnline, isHeld = () => false, log } = options
  const sending = new Set<string>()
  const flights = new Set<Promise<void>>()
  const pausedAccounts = new Set<string>()
  const woken = new Set<string>()
  const listeners = new Set<() => void>()
  let storeTroubleUntil: EpochMs = 0
  let isStopped = false
  let stopTimer: Stop = () => undefined

  const waitsFor = ({ kind, body }: Intent): readonly string[] => kinds[kind].waitsFor?.(body) ?? []
  const changed = (): void => {
    for (const listener of [...listeners]) listener()
  }
  const lookForWork = (): void => {
    stopTimer()
    if (isStopped || !isOnline()) return
    const now = clock.now()
    if (storeTroubleUntil > now) {
      lookAgainAt(storeTroubleUntil)
      return
    }
    const { toSend, nextAt } = plan(intents.list(), { now, sending, pausedAccounts, woken, inFlightLimit, waitsFor, isHeld })
    const areCounted = toSend.every(begin)
    if (!areCounted) lookAgainAt(storeTroubleUntil)
    else if (nextAt !== null) lookAgainAt(nextAt)
    if (toSend.length > 0) changed()
  }
  const lookAgainAt = (at: EpochMs): void => {
    stopTimer()
    stopTimer = clock.after(Math.max(0, at - clock.now()), lookForWork)
  }
  const noteStoreTrouble = (intentId: string, error: unknown): void => {
    storeTroubleUntil = clock.now() + storeTroubleMs
    log.error('intent not stored', { intentId, error })
  }

  /** False when the send could not be counted: then it must not leave. */
  const begin = (before: Intent): boolean => {
    const intent = { ...before, attempts: before.attempts + 1, nextAttemptAt: null }
    const counted = transaction(() => intents.update(intent.intentId, { attempts: intent.attempts, nextAttemptAt: null }))
    if (!counted.ok) {
      noteStoreTrouble(intent.intentId, counted.error)
      return false
    }
    sending.add(intent.intentId)
    woken.delete(intent.intentId)
    const flight = fly(intent, options).then((answer) => {
      flights.delete(flight)
      land(intent, answer)
    })
    flights.add(flight)
    return true
  }
  const land = (intent: Intent, answer: Result<unknown, AppError>): void => {
    let stored: Result<void, AppError>
    try {
      stored = transaction(() => settle(intent, answer, options))
    } catch (cause) {
      // A bug in the kind. The record stays, with the reason, and its key keeps a later send from doubling it.
      log.error('answer not applied', { intentId: intent.intentId, cause })
      stored = transaction(() => intents.update(intent.intentId, putOff(intent, appError('internal/fault'), options)))
    }
    sending.delete(intent.intentId)
    if (!stored.ok) noteStoreTrouble(intent.intentId, stored.error)
    if (!answer.ok && signInCodes.has(answer.error.code)) pausedAccounts.add(intent.accountNo)
    log.info('intent answered', { intentId: intent.intentId, attempts: intent.attempts, code: answer.ok ? 'ok' : answer.error.code })
    lookForWork()
    changed()
  }

  /** The intent, if a person may touch it now. */
  const find = (intentId: string): Result<Intent, AppError> => {
    const intent = intents.get(intentId)
    if (!intent) return err(appError('intent/unknown'))
    return sending.has(intentId) ? err(appError('intent/sending')) : ok(intent)
  }
  const findUnsent = (intentId: string): Result<Intent, AppError> => {
    const found = find(intentId)
    const isUncertain = found.ok && found.value.state === 'waiting' && found.value.attempts > 0
    return isUncertain ? err(appError('intent/uncertain')) : found
  }
  const afterwards = (done: Result<void, AppError>): Result<void, AppError> => {
    if (done.ok) {
      lookForWork()
      changed()
    }
    return done
  }
  return {
    view: () => viewOf(intents.list(), sending, kinds),
    wake: () => {
      pausedAccounts.clear()
      for (const { intentId, state } of intents.list()) if (state === 'waiting' && !sending.has(intentId)) woken.add(intentId)
      lookForWork()
      changed()
    },
    lookAgain() {
      lookForWork()
      changed()
    },
    retry: (intentId) => {
      const found = find(intentId)
      if (!found.ok) return found
      const intent = found.value
      pausedAccounts.delete(intent.accountNo)
      if (intent.state === 'waiting') {
        woken.add(intentId)
        return afterwards(ok(undefined))
      }
      return afterwards(
        transaction(() => {
          kinds[intent.kind].requeued(intent.body)
          intents.update(intentId, freshStart(ids))
        }),
      )
    },
    edit: (intentId, text) => {
      const found = findUnsent(intentId)
      return found.ok ? afterwards(editIn(found.value, text, options)) : found
    },
    withdraw: (intentId) => {
      const found = findUnsent(intentId)
      if (!found.ok) return found
      const { kind, body, accountNo } = found.value
      const { canWithdraw = true } = kinds[kind]
      if (!(typeof canWithdraw === 'function' ? canWithdraw(body) : canWithdraw)) return err(appError('intent/notWithdrawable'))
      return afterwards(
        transaction(() => {
          kinds[kind].withdrawn(body, accountNo)
          intents.remove(intentId)
        }),
      )
    },
    hasWaitingOf: (accountNo) => intents.list().some((intent) => intent.accountNo === accountNo && intent.state === 'waiting'),
    onChanged: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: async () => {
      isStopped = true
      stopTimer()
      await Promise.all(flights)
    },
  }
}

/** A delivery that throws is a bug, but the record must not suffer for it: it counts as a fault of the centre and is tried again. */
async function fly(intent: Intent, { deliver, log }: OutboxOptions): Promise<Result<unknown, AppError>> {
  try {
    return await deliver(intent)
  } catch (cause) {
    log.error('delivery threw', { intentId: intent.intentId, cause })
    return err(appError('central/fault'))
  }
}

/** What an answer does to the rows; runs inside one transaction. `intent.attempts` includes the send that was answered. */
function settle(intent: Intent, answer: Result<unknown, AppError>, options: OutboxOptions): void {
  const { intents, kinds } = options
  if (answer.ok) {
    kinds[intent.kind].delivered(intent.body, answer.value)
    intents.remove(intent.intentId)
    return
  }
  const { error } = answer
  const reason = { code: error.code, message: error.message }
  if (signInCodes.has(error.code)) {
    // Refused at the door: this send was certainly not done, so it is not counted, and the text may still be changed.
    intents.update(intent.intentId, { attempts: intent.attempts - 1, nextAttemptAt: null, reason })
  } else if (error.retryable) {
    intents.update(intent.intentId, putOff(intent, error, options))
  } else {
    kinds[intent.kind].parked(intent.body, error)
    intents.update(intent.intentId, { state: 'parked', nextAttemptAt: null, reason })
  }
}

/**
 * 1 s at first, because most failures are a switched access point or a restarting centre and pass in seconds. Doubling, so that a longer one
 * costs little: 1, 2, 4, 8, 16, 32, then 60 s is seven tries in about the first two minutes. At the cap of 60 s, 300 seats that all have
 * something waiting ask a struggling centre five times a second, which it can refuse without effort. The ±20 % spread them over 24 s there.
 */
export const outboxBackOff: BackOff = { firstMs: 1_000, mostMs: 60_000, spread: [0.8, 1.2] }

function putOff(intent: Intent, { code, message }: AppError, { clock, random }: OutboxOptions): IntentChange {
  return { nextAttemptAt: clock.now() + backOffMs(intent.attempts, random(), outboxBackOff), reason: { code, message } }
}

/** After a refusal: a new key, because the old one would only replay the refusal. */
function freshStart(ids: Ids): IntentChange {
  return { intentId: ids.uuid(), state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null }
}

function editIn(intent: Intent, text: string, { intents, transaction, kinds, ids }: OutboxOptions): Result<void, AppError> {
  const kind = kinds[intent.kind]
  if (kind.editableText(intent.body) === null) return err(appError('intent/notEditable'))
  const done = transaction((): Result<void, AppError> => {
    const body = kind.edit(intent.body, text)
    if (!body.ok) return body
    if (intent.state === 'parked') {
      kind.requeued(body.value)
      intents.update(intent.intentId, { ...freshStart(ids), body: body.value })
    } else {
      intents.update(intent.intentId, { body: body.value })
    }
    return ok(undefined)
  })
  return done.ok ? done.value : done
}
