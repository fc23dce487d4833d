import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { checkLocally, forgetIfDisabled, noFailures } from './check-locally'
import type { SeatContext } from './context'
import { admitByCentre, type SignInContext } from './sign-in'
import { isUnreachable } from './unreachable'

/**
 * Locks the seat and lets its person back in. Calls, queue and typing go on behind the lock. The password is asked of the centre, and of this
 * PC's memory when the centre gives no answer.
 */
export function lockSession(seat: Pick<SeatContext, 'session' | 'now' | 'log'>): Result<Record<string, never>, AppError> {
  const session = seat.session.current()
  if (!session || session.isLocked) return ok({})
  const locked = { ...session, isLocked: true, lockedAt: seat.now() }
  const put = seat.session.put(locked)
  // A full disk must not leave the seat open.
  if (!put.ok) seat.session.become(locked)
  seat.log.info('seat locked', { sessionId: session.me.sessionId, isStored: put.ok })
  return ok({})
}

export async function unlockSession(
  seat: SignInContext,
  { password }: { readonly password: string },
): Promise<Result<Record<string, never>, AppError>> {
  const session = seat.session.current()
  if (!session) return err(appError('auth/signInRequired'))
  if (!session.isLocked) return ok({})
  if (!session.needsSignIn) {
    const checked = await seat.central.call('me.checkPassword', { body: { password } })
    if (checked.ok) return unlocked(seat, password)
    if (isUnreachable(checked.error)) return unlockByMemory(seat, password)
    if (checked.error.code !== 'auth/tokenExpired' && checked.error.code !== 'auth/signInRequired') return checked
  }
  // The session has to be opened anew; the password in hand does both.
  const { accountNo, role, shift } = session.me
  const opened = await seat.central.call('sessions.open', { body: { accountNo, password, role, shift, seatNo: seat.config.seatNo } })
  if (opened.ok) return admitByCentre(seat, password, opened.value)
  forgetIfDisabled(seat, accountNo, opened.error.code)
  return isUnreachable(opened.error) ? unlockByMemory(seat, password) : opened
}

/** The centre just said that the password is right, so the memory of it is fresh again. */
async function unlocked(seat: SignInContext, password: string): Promise<Result<Record<string, never>, AppError>> {
  const verifier = await seat.passwords.verifierFor(password)
  return open(seat, (me) => {
    seat.store.session.rememberVerifier(me.accountNo, verifier, me, seat.now())
    noFailures(seat, me.accountNo)
  })
}

async function unlockByMemory(seat: SignInContext, password: string): Promise<Result<Record<string, never>, AppError>> {
  const session = seat.session.current()
  if (!session) return err(appError('auth/signInRequired'))
  const checked = await checkLocally(seat, session.me.accountNo, password)
  return checked.ok ? open(seat) : checked
}

/** Signing out meanwhile wins: there is nothing left to open. */
function open(
  seat: SignInContext,
  alongside?: (me: NonNullable<ReturnType<SignInContext['session']['current']>>['me']) => void,
): Result<Record<string, never>, AppError> {
  const session = seat.session.current()
  if (!session) return err(appError('auth/signInRequired'))
  const put = seat.session.put({ ...session, isLocked: false, lockedAt: null }, () => alongside?.(session.me))
  if (!put.ok) return put
  seat.log.info('seat unlocked', { sessionId: session.me.sessionId })
  return ok({})
}
