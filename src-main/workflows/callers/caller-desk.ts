import type { AppError } from '#shared/base/app-error'
import { dayMs } from '#shared/base/china-time'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { callTakers } from '#shared/contracts/central-api/callers'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { CallerView } from '#shared/contracts/seat-api/caller-views'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import type { TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import { hasReport } from '#shared/domain/call/call'
import { lineOf } from '#shared/domain/caller/line'
import { maskName } from '#shared/domain/case/visibility'
import type { Central, Publish, Store } from '../ports'
import { fromSeat } from './from-seat'

/**
 * Who is calling 弹屏: for every call with a citizen what this seat keeps, at once, and what the centre knows, when it answers. What came from where and
 * when is said with it. It also reads the centre's list of callers now and then, so that there is something to keep.
 */
export interface CallerDesk {
  /** Whose eyes; what was read for others is forgotten. */
  entered(me: Me): void
  left(): void
  /** The centre answers again. */
  readAgain(): void
  /** The telephone changed: a call came, or went. */
  follow(telephone: StateOfTopic<'telephone.changed'>): void
  lookUp(callId: string): Promise<Result<Record<string, never>, AppError>>
  stop: Stop
}

export interface CallerDeskParts {
  readonly store: Pick<Store, 'transaction' | 'callers' | 'calls'>
  readonly central: Central
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly publish: Publish
  readonly log: Log
  readonly isOnline: () => boolean
}

/** A caller is on screen until the next one: the report may take longer than the call. */
const mostShown = 3
const pageLength = 500
const pageTimeoutMs = 15_000
const betweenPagesMs = 200
const againMs = 10 * 60_000
/** Reports written at a seat without the centre come in late, with an earlier time: so far back is read again. */
const overlapMs = 36 * 3_600_000
const keptMs = 365 * dayMs

export function createCallerDesk(parts: CallerDeskParts): CallerDesk {
  const { store, central, clock, now, publish, log } = parts
  let me: Me | undefined
  let shown: readonly CallerView[] = []
  const numbers = new Map<string, string | null>()
  let isReading = false
  let stopReading: Stop = () => {}

  const show = () => publish('callers.changed', { callers: [...shown] })
  function put(callId: string, patch: Partial<CallerView>): void {
    shown = shown.map((one) => (one.callId === callId ? { ...one, ...patch } : one))
    show()
  }

  function begin({ callId, number }: TelephoneCallView): void {
    numbers.set(callId, number)
    const line = lineOf(number)
    const known = line === null || number === null ? null : fromSeat(store, { callId, line, number }, now())
    const first: CallerView = {
      ...{ callId, known, isAsking: number !== null && parts.isOnline(), reason: null },
      from: number === null ? 'none' : 'seat',
      readAt: store.callers.state().readAt,
    }
    shown = [first, ...shown].slice(0, mostShown)
    show()
    if (number !== null) void ask(callId, number)
  }

  async function ask(callId: string, number: string): Promise<Result<Record<string, never>, AppError>> {
    const mine = me
    const answer = await central.call('callers.lookUp', { body: { callId, number } })
    if (mine !== me) return ok({})
    if (!answer.ok) {
      put(callId, { isAsking: false, reason: answer.error.message })
      return answer
    }
    put(callId, { known: answer.value, from: 'centre', readAt: now(), isAsking: false, reason: null })
    keep(number, answer.value)
    return ok({})
  }

  /** The next time it is known without asking. */
  function keep(number: string, { cases, names }: NonNullable<CallerView['known']>): void {
    const line = lineOf(number)
    const [usual] = names
    if (line === null) return
    const kept = store.transaction(() => store.callers.putFound(line, usual ? maskName(usual.name) : '', cases), 'processDeath')
    if (!kept.ok) log.info('caller not kept', { code: kept.error.code })
  }

  async function readOn(): Promise<void> {
    const mine = me
    isReading = true
    const isWanted = () => mine !== undefined && me === mine && parts.isOnline()
    let after = overlapped(store.callers.state().place)
    while (isWanted()) {
      const page = await central.call(
        'callers.list',
        { query: { limit: pageLength, ...(after !== undefined && { after }) } },
        { timeoutMs: pageTimeoutMs },
      )
      if (!page.ok || !isWanted()) break
      const { items, salt, place, isLast } = page.value
      const stored = store.transaction(() => {
        const isKnownKey = store.callers.putPage(items, { salt, place, readAt: isLast ? now() : null })
        if (isLast) store.callers.removeBefore(now() - keptMs)
        return isKnownKey
      }, 'processDeath')
      if (!stored.ok) break
      if (stored.value && isLast) break
      after = stored.value ? (place ?? undefined) : undefined
      await new Promise<void>((resolve) => void clock.after(betweenPagesMs, resolve))
    }
    isReading = false
    if (me === mine && mine !== undefined) stopReading = clock.after(againMs, () => void readOn())
  }

  function left(): void {
    stopReading()
    me = undefined
    shown = []
    numbers.clear()
    show()
  }

  return {
    entered(next) {
      if (!(callTakers as readonly string[]).includes(next.role)) return left()
      const scope = `${next.accountNo}/${next.role}`
      if (me && `${me.accountNo}/${me.role}` === scope) return
      stopReading()
      me = next
      const entered = store.transaction(() => store.callers.enter(scope), 'processDeath')
      if (entered.ok) void readOn()
    },
    left,
    readAgain() {
      if (isReading || !me) return
      stopReading()
      void readOn()
    },
    follow({ calls }) {
      if (me === undefined) return
      for (const call of calls) {
        const isIncoming = call.direction === 'incoming' && call.purpose !== 'internal' && call.purpose !== 'test'
        const isCitizen = isIncoming || hasReport(call)
        if (isCitizen && !numbers.has(call.callId)) begin(call)
      }
    },
    async lookUp(callId) {
      const number = numbers.get(callId)
      if (!number) return err(appError('call/unknown'))
      put(callId, { isAsking: true, reason: null })
      return ask(callId, number)
    },
    stop: left,
  }
}

/** The place of a page, moved back. */
function overlapped(place: string | null): string | undefined {
  const at = Number(place?.split('_')[0])
  return place === null || !Number.isFinite(at) ? undefined : `${Math.max(0, at - overlapMs)}_00000000-0000-0000-0000-000000000000`
}
