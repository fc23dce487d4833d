import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatContext } from './context'

/**
 * Signs the person out of this PC at once; telling the centre comes after, and waits until the records they left have been sent with their own
 * credential. Drafts stay, under their account.
 */
export async function signOut(
  seat: Pick<SeatContext, 'session' | 'credentials' | 'retirement' | 'telephone' | 'left' | 'log'>,
): Promise<Result<Record<string, never>, AppError>> {
  const session = seat.session.current()
  if (!session) return ok({})
  // The citizen on the line would speak to an empty chair.
  if (seat.telephone.isInCall()) return err(appError('agent/inCall'))
  const { accountNo } = session.me
  const cleared = seat.session.clear(() => seat.retirement.note(accountNo))
  // Who leaves must be able to leave: on a full disk the session ends in memory, and a restart finds it again and says whose it is.
  if (!cleared.ok) {
    seat.log.error('sign-out not stored', { code: cleared.error.code })
    seat.session.become(undefined)
  }
  seat.credentials.setCurrent(null)
  seat.left()
  seat.log.info('signed out', { sessionId: session.me.sessionId })
  await seat.retirement.run()
  return ok({})
}
