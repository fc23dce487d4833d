import type { AppError } from '#shared/base/app-error'
import { ok, type Result } from '#shared/base/result'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import type { SeatContext } from './context'

/** Changes the password at the centre (live), and then what this PC remembers of it. Where that was due first, the work begins with it. */
export async function changePassword(
  seat: Pick<SeatContext, 'central' | 'passwords' | 'session' | 'store' | 'now' | 'entered'>,
  input: InputOfCommand<'session.changePassword'>,
): Promise<Result<Record<string, never>, AppError>> {
  const changed = await seat.central.call('me.changePassword', { body: input })
  if (!changed.ok) return changed
  const verifier = await seat.passwords.verifierFor(input.newPassword)
  const session = seat.session.current()
  if (!session) return ok({})
  const me = { ...session.me, mustChangePassword: false }
  const put = seat.session.put({ ...session, me }, () => seat.store.session.rememberVerifier(me.accountNo, verifier, me, seat.now()))
  // The centre has changed it, whatever the disk says: memory must not ask for it again.
  if (!put.ok) seat.session.become({ ...session, me })
  if (session.me.mustChangePassword) seat.entered('signedIn')
  return put.ok ? ok({}) : put
}
