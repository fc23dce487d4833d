import type { SeatContext } from './context'

/**
 * At start: takes up the session that was not signed out, locked if it was locked, so that a crash or restart costs nobody their place. A
 * session older than any shift with overtime is over.
 */
export const longestSessionMs = 16 * 3_600_000

export function resumeSession(
  seat: Pick<SeatContext, 'store' | 'session' | 'retirement' | 'credentials' | 'now' | 'entered' | 'log'>,
): void {
  const stored = seat.store.session.get()
  if (!stored) return
  if (seat.now() - stored.me.signedInAt >= longestSessionMs) {
    seat.session.clear(() => seat.retirement.note(stored.me.accountNo))
    seat.log.info('stored session too old', { sessionId: stored.me.sessionId })
    return
  }
  seat.session.resume(stored)
  seat.log.info('session resumed', { sessionId: stored.me.sessionId, isLocked: stored.isLocked, needsSignIn: stored.needsSignIn })
  seat.entered('resumed')
}
