import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Central, Credentials, Outbox, Store } from './ports'
import { isUnreachable } from './unreachable'

/**
 * Sessions whose people have left this PC but which the centre still holds open, because records wait for their credential or because the
 * centre was away. The list survives a restart; each is closed and its tokens forgotten as soon as both allow it.
 */
export interface Retirement {
  /** Remembers the account; called inside the transaction that ends the session. */
  note(accountNo: string): void
  /** Closes what can be closed. Never rejects. */
  run(): Promise<void>
  /** The account comes back: its earlier session is left alone. Resolves when no closing is under way. */
  spare(accountNo: string): Promise<void>
  /** Another person needs the seat: gives waiting records a moment to leave, then closes everything. False: there was nothing to close. */
  releaseAll(): Promise<boolean>
  /** Resolves when nothing is under way. */
  idle(): Promise<unknown>
}

export interface RetirementParts {
  readonly store: Pick<Store, 'transaction' | 'settings'>
  readonly central: Central
  readonly credentials: Credentials
  readonly outbox: Pick<Outbox, 'wake' | 'hasWaitingOf' | 'onChanged'>
  readonly clock: Clock
  readonly log: Log
}

/** Long enough for a healthy centre to take the few records of one person, short enough to wait at the sign-in form. */
const lastChanceMs = 1_500
const settingName = 'session.retiring'

export function createRetirement({ store, central, credentials, outbox, clock, log }: RetirementParts): Retirement {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work)
    last = mine.catch(() => undefined)
    return mine
  }

  const retiring = (): readonly string[] => (store.settings.get(settingName) as readonly string[] | undefined | null) ?? []

  function remove(accountNo: string): void {
    store.transaction(() =>
      store.settings.set(
        settingName,
        retiring().filter((other) => other !== accountNo),
      ),
    )
  }

  async function close(accountNo: string): Promise<void> {
    const closed = await central.call('sessions.close', {}, { accountNo })
    if (!closed.ok && isUnreachable(closed.error)) return
    if (!closed.ok) log.info('session not closed at the centre', { code: closed.error.code })
    await credentials.forget(accountNo)
    remove(accountNo)
  }

  async function closeAllWhose(mayClose: (accountNo: string) => boolean): Promise<void> {
    for (const accountNo of retiring()) if (mayClose(accountNo)) await close(accountNo)
  }

  function waitUntilSent(): Promise<void> {
    const isWaiting = () => retiring().some((accountNo) => outbox.hasWaitingOf(accountNo))
    if (!isWaiting()) return Promise.resolve()
    return new Promise((resolve) => {
      const stops = [
        clock.after(lastChanceMs, done),
        outbox.onChanged(() => {
          if (!isWaiting()) done()
        }),
      ]
      function done(): void {
        for (const stop of stops) stop()
        resolve()
      }
      outbox.wake()
    })
  }

  return {
    note(accountNo) {
      store.settings.set(settingName, [...new Set([...retiring(), accountNo])])
    },
    run: () => inTurn(() => closeAllWhose((accountNo) => !outbox.hasWaitingOf(accountNo))),
    spare: (accountNo) =>
      inTurn(async () => {
        if (retiring().includes(accountNo)) remove(accountNo)
      }),
    releaseAll: () =>
      inTurn(async () => {
        if (retiring().length === 0) return false
        await waitUntilSent()
        await closeAllWhose(() => true)
        return true
      }),
    idle: () => last,
  }
}
