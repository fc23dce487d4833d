import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import type { CallQuality, CallRecord } from '#shared/contracts/call-shapes'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { writeNumber } from '#shared/domain/call/number'
import type { Notices } from '../notices'
import type { Publish, Store } from '../ports'
import { missedOf, promisedOf } from './views'

/**
 * The log of calls at this seat: one record for each call that is over, the calls that wait to be given back, and what the person says a call came
 * to. Each record is written with the intent that takes it to the centre.
 */
export interface CallLog {
  /** A call is over. Also settles the missed calls of a number that was spoken with. */
  keep(record: CallRecord): Result<void, AppError>
  /** What was measured of a call came after its end. */
  addQuality(callId: string, quality: CallQuality): void
  describe(callId: string, code: CallRecord['wrapUpCode'], note: string): Result<Record<string, never>, AppError>
  /** The caller is called back then; null: no longer. */
  promise(callId: string, at: EpochMs | null): Result<Record<string, never>, AppError>
  /** Every second: says when a promised time has come. */
  tick(): void
  settleMissed(callId: string, note: string): Result<Record<string, never>, AppError>
  list(input: InputOfCommand<'callLog.list'>): OutputOfCommand<'callLog.list'>
  get(callId: string): Result<CallRecord, AppError>
  show(): void
}

export interface CallLogParts {
  readonly store: Pick<Store, 'calls' | 'transaction'>
  readonly now: () => EpochMs
  readonly publish: Publish
  readonly notices: Pick<Notices, 'raise' | 'settle'>
  readonly log: Log
  /** Inside the transaction: the record is on its way to the centre. */
  readonly queue: (record: CallRecord) => void
  /** After the commit. */
  readonly onQueued: () => void
}

/** Shown on the bar without asking. */
const recentShown = 20
/** An unanswered citizen is called back within half an hour, and stays listed for three days. */
export const callBackWithinMs = 30 * 60_000
const missedShownMs = 3 * 24 * 3_600_000
const keptMs = 100 * 24 * 3_600_000

export function createCallLog({ store, now, publish, notices, log, queue, onQueued }: CallLogParts): CallLog {
  const { calls } = store
  let promised: readonly MissedCallView[] = []
  const reminded = new Set<string>()
  const noticeOf = (callId: string) => `callBack/${callId}`
  function forget(callId: string): void {
    reminded.delete(callId)
    notices.settle(noticeOf(callId))
  }

  function show(): void {
    const recent = calls.list({ which: 'all', limit: recentShown }).items
    const missed = [...promisedOf(calls.promised()), ...missedOf(calls.unsettled(now() - missedShownMs), callBackWithinMs)]
    promised = missed.filter(({ isPromised }) => isPromised)
    for (const callId of reminded) if (!promised.some(({ lastCallId }) => lastCallId === callId)) forget(callId)
    publish('callLog.changed', { recent: [...recent], missed })
  }

  function write(record: CallRecord, alongside: () => void = () => undefined): Result<void, AppError> {
    const written = store.transaction(() => {
      calls.put(record)
      alongside()
      queue(record)
    })
    if (!written.ok) {
      // The call is over and its person goes on; what is lost is the record, and IT must know.
      log.error('call record not stored', { callId: record.callId, code: written.error.code })
      return written
    }
    show()
    onQueued()
    return ok(undefined)
  }

  function change(callId: string, patch: Partial<CallRecord>, alongside?: () => void): Result<Record<string, never>, AppError> {
    const record = calls.get(callId)
    if (!record) return err(appError('record/notFound'))
    const written = write({ ...record, ...patch }, alongside)
    return written.ok ? ok({}) : written
  }

  return {
    keep: (record) =>
      write(record, () => {
        calls.live.clear(record.callId, 'call')
        if (record.answeredAt !== null && record.number !== null) calls.settle(record.number, record.endedAt)
        calls.removeBefore(record.endedAt - keptMs)
      }),
    addQuality: (callId, quality) => void change(callId, { quality }),
    describe: (callId, wrapUpCode, wrapUpNote) => change(callId, { wrapUpCode, wrapUpNote: wrapUpNote === '' ? null : wrapUpNote }),
    promise(callId, at) {
      const record = calls.get(callId)
      if (record && at !== null && record.number === null) return err(appError('call/noNumber'))
      // A time that is moved is told again.
      forget(callId)
      return change(callId, { callBackAt: at }, () => calls.reopen(callId))
    },
    tick() {
      for (const { lastCallId, dueAt, number, displayName } of promised) {
        if (dueAt === null || dueAt > now() || reminded.has(lastCallId)) continue
        reminded.add(lastCallId)
        notices.raise(noticeOf(lastCallId), {
          ...{ level: 'warning', opens: null, title: `约定回拨的时间到了：${number === null ? '' : writeNumber(number)}` },
          text: `${displayName === null ? '' : `${displayName}。`}在通话记录（Alt+8）最上面按 B 回拨。`,
        })
      }
    },
    settleMissed: (callId, note) =>
      change(callId, note === '' ? {} : { wrapUpNote: note }, () => {
        const record = calls.get(callId)
        calls.settleOne(callId, now())
        if (record?.number) calls.settle(record.number, now())
      }),
    list({ which = 'all', limit = 50, ...rest }) {
      const { items, next } = calls.list({ which, limit, ...rest })
      return { items: [...items], next }
    },
    get(callId) {
      const record = calls.get(callId)
      return record ? ok(record) : err(appError('record/notFound'))
    },
    show,
  }
}
