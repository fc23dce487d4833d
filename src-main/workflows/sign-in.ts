import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { Me, Tokens } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { InputOfCommand } from '#shared/contracts/seat-api/table'
import { checkLocally, forgetIfDisabled, noFailures } from './check-locally'
import type { SeatContext } from './context'
import { isUnreachable } from './unreachable'

/**
 * Signs a person in. The centre is asked first; only when it gives no answer does this PC admit whom the centre accepted here within the last
 * seven days. So admitted, records queue and live actions wait for a sign-in that the centre knows of.
 */
export type SignInContext = Pick<
  SeatContext,
  'config' | 'store' | 'central' | 'credentials' | 'session' | 'passwords' | 'retirement' | 'connection' | 'now' | 'log' | 'entered' | 'ids'
>

type Credentials = InputOfCommand<'session.signIn'>

export async function signIn(seat: SignInContext, input: Credentials): Promise<Result<Record<string, never>, AppError>> {
  const present = seat.session.current()
  const isRenewal = present?.needsSignIn === true && present.me.accountNo === input.accountNo
  if (present && !isRenewal) return err(appError('session/alreadySignedIn'))
  // An earlier session of this account must not be closed under the new one.
  await seat.retirement.spare(input.accountNo)
  const opened = await openSession(seat, input)
  if (opened.ok) return admitByCentre(seat, input.password, opened.value)
  forgetIfDisabled(seat, input.accountNo, opened.error.code)
  if (isRenewal || !isUnreachable(opened.error)) return opened
  return admitByMemory(seat, input, opened.error)
}

/**
 * Asks the centre. Whoever sat here before on this PC, and whose session is still open because records waited, is released first: opening a
 * session at the same seat would end theirs and take the credential from those records.
 */
async function openSession(seat: SignInContext, input: Credentials): Promise<Result<{ me: Me; tokens: Tokens }, AppError>> {
  const body = { ...input, seatNo: seat.config.seatNo }
  if (seat.connection.isOnline()) await seat.retirement.releaseAll()
  const first = await seat.central.call('sessions.open', { body })
  // Not known to be online a moment ago, but it answers: release now, and ask once more.
  const isOurs = !first.ok && first.error.code === 'seat/taken' && (await seat.retirement.releaseAll())
  return isOurs ? seat.central.call('sessions.open', { body }) : first
}

/** Also ends a lock: who just gave the password need not give it again. */
export async function admitByCentre(
  seat: SignInContext,
  password: string,
  { me, tokens }: { readonly me: Me; readonly tokens: Tokens },
): Promise<Result<Record<string, never>, AppError>> {
  await seat.credentials.keep(me.accountNo, tokens)
  const verifier = await seat.passwords.verifierFor(password)
  const session = { me, isLocked: false, lockedAt: null, admittedBy: 'central', needsSignIn: false } as const
  const put = seat.session.put(session, () => {
    seat.store.session.rememberVerifier(me.accountNo, verifier, me, seat.now())
    noFailures(seat, me.accountNo)
  })
  if (!put.ok) return put
  seat.log.info('signed in', { by: 'central', role: me.role, sessionId: me.sessionId })
  seat.entered('signedIn')
  return ok({})
}

async function admitByMemory(seat: SignInContext, input: Credentials, why: AppError): Promise<Result<Record<string, never>, AppError>> {
  const checked = await checkLocally(seat, input.accountNo, input.password)
  if (!checked.ok) return checked
  const known = checked.value
  const role = input.role ?? known.role
  if (!known.roles.includes(role)) return err(appError('auth/roleNotHeld'))
  const shift = input.shift === undefined ? null : input.shift
  const me: Me = { ...known, role, shift, seatNo: seat.config.seatNo, sessionId: seat.ids.uuid(), signedInAt: seat.now() }
  const put = seat.session.put({ me, isLocked: false, lockedAt: null, admittedBy: 'offline', needsSignIn: true })
  if (!put.ok) return put
  seat.log.info('signed in', { by: 'offline', role, because: why.code })
  seat.entered('signedIn')
  return ok({})
}
