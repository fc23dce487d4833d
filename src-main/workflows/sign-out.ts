import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { appendDutyLog } from './append-duty-log'
import type { SeatContext } from './context'

/**
 * Signs the person out of this PC at once; telling the centre comes after, and waits until the records they left have been sent with their own
 * credential. Drafts stay, under their account.
 */
export async function signOut(
  seat: Pick<
    SeatContext,
    | 'store'
    | 'ids'
    | 'now'
    | 'outbox'
    | 'views'
    | 'sealer'
    | 'session'
    | 'credentials'
    | 'retirement'
    | 'telephone'
    | 'left'
    | 'log'
    | 'handovers'
  >,
): Promise<Result<Record<string, never>, AppError>> {
  const session = seat.session.current()
  if (!session) return ok({})
  // The citizen on the line would speak to an empty chair.
  if (seat.telephone.isInCall()) return err(appError('agent/inCall'))
  const unrelieved = seat.handovers.refusalToLeave(session.me)
  // Behind the lock its person is not here to hand over: whoever frees the seat leaves a trace of that.
  if (unrelieved && !session.isLocked) return err(unrelieved)
  if (unrelieved)
    appendDutyLog(seat, session.me, { kind: 'discipline', text: `${session.me.name}未完成交接，坐席在锁定中被签出。` }, 'automatic')
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
