import type { SeatContext } from './context'

/**
 * The centre's honouring of the session comes and goes: `expireSession` when it refuses to renew, `renewSession` when the line is back and a
 * credential may still be good. Neither touches what the person typed or queued.
 */
export function expireSession(seat: Pick<SeatContext, 'session' | 'credentials' | 'left' | 'log'>, accountNo: string): void {
  const session = seat.session.current()
  if (session?.me.accountNo !== accountNo) return void seat.credentials.forget(accountNo)
  if (session.needsSignIn) return
  seat.log.warn('session expired', { sessionId: session.me.sessionId })
  seat.left()
  seat.session.put({ ...session, needsSignIn: true })
}

/** Asks the centre whether it knows the person still; a session of another post than the one chosen here is not taken over. */
export async function renewSession(seat: Pick<SeatContext, 'session' | 'central' | 'entered' | 'log'>): Promise<void> {
  const before = seat.session.current()
  if (!before?.needsSignIn) return
  const answer = await seat.central.call('me.get', {}, { accountNo: before.me.accountNo })
  const session = seat.session.current()
  if (!answer.ok || session?.me.sessionId !== before.me.sessionId || answer.value.role !== session.me.role) return
  const put = seat.session.put({ ...session, me: answer.value, admittedBy: 'central', needsSignIn: false })
  if (!put.ok) return
  seat.log.info('session renewed', { sessionId: answer.value.sessionId })
  seat.entered('renewed')
}

/** The centre wants a new password first, because somebody else set the present one since the sign-in: asked of it, so that a late answer decides nothing. */
export async function requirePasswordChange(
  seat: Pick<SeatContext, 'session' | 'central' | 'left' | 'log'>,
  accountNo: string,
): Promise<void> {
  const isConcerned = () => seat.session.current()?.me.accountNo === accountNo && !seat.session.current()?.me.mustChangePassword
  if (!isConcerned()) return
  const answer = await seat.central.call('me.get', {}, { accountNo })
  const session = seat.session.current()
  if (!answer.ok || !answer.value.mustChangePassword || !session || !isConcerned()) return
  seat.log.info('password must be changed', { sessionId: session.me.sessionId })
  seat.left()
  seat.session.put({ ...session, me: { ...session.me, mustChangePassword: true } })
}
