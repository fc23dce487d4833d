import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { appError } from '#shared/contracts/errors'
import type { SeatContext } from './context'

/**
 * Checks a password by what this PC remembers of the last time the centre accepted it. Only for when the centre gives no answer: a remembered
 * password is good for seven days, and five wrong ones close this way for a quarter of an hour, restarts included.
 */
export const verifierLifeMs = 7 * 24 * 3_600_000
export const allowedFailures = 5
export const lockOutMs = 15 * 60_000

interface Failures {
  readonly count: number
  readonly lockedUntil: EpochMs
}

/** Errors: `auth/offlineUnknown`, `auth/lockedOut`, `auth/wrongPassword`, and those of a store that cannot be written. */
export async function checkLocally(
  seat: Pick<SeatContext, 'store' | 'passwords' | 'now'>,
  accountNo: string,
  password: string,
): Promise<Result<Me, AppError>> {
  const known = seat.store.session.verifierOf(accountNo)
  const age = known && seat.now() - known.verifiedAt
  if (!known || age === undefined || age > verifierLifeMs) return err(appError('auth/offlineUnknown'))
  const before = failuresOf(seat, accountNo)
  if (seat.now() < before.lockedUntil) return err(lockedOut(before.lockedUntil - seat.now()))
  // Counted before the slow check, so that a program killed in between has not given a free try, nor ten at once.
  const counted = { count: before.count + 1, lockedUntil: before.count + 1 >= allowedFailures ? seat.now() + lockOutMs : 0 }
  const written = remember(seat, accountNo, counted)
  if (!written.ok) return written
  if (await seat.passwords.matches(password, known.verifier)) {
    seat.store.transaction(() => noFailures(seat, accountNo))
    return ok(known.me)
  }
  if (counted.lockedUntil > 0) return err(lockedOut(lockOutMs))
  return err(appError('auth/wrongPassword', { remaining: allowedFailures - counted.count }))
}

/** The password was right: the count begins anew. Called inside the transaction that lets the person in. */
export function noFailures(seat: Pick<SeatContext, 'store'>, accountNo: string): void {
  seat.store.settings.set(nameOf(accountNo), null)
}

/** Whom the centre calls disabled is not let in by memory either. What else is known of the person stays. */
export function forgetIfDisabled(seat: Pick<SeatContext, 'store'>, accountNo: string, code: string): void {
  const known = code === 'auth/accountDisabled' ? seat.store.session.verifierOf(accountNo) : undefined
  // A verifier that nothing matches, from a time that is long over.
  if (known) seat.store.transaction(() => seat.store.session.rememberVerifier(accountNo, '', known.me, 0))
}

/** Reads the count; one that has been locked out and served its time begins anew. */
function failuresOf(seat: Pick<SeatContext, 'store' | 'now'>, accountNo: string): Failures {
  const stored = seat.store.settings.get(nameOf(accountNo)) as Failures | null | undefined
  if (!stored || (stored.lockedUntil > 0 && seat.now() >= stored.lockedUntil)) return { count: 0, lockedUntil: 0 }
  return stored
}

function remember(seat: Pick<SeatContext, 'store'>, accountNo: string, failures: Failures): Result<void, AppError> {
  return seat.store.transaction(() => seat.store.settings.set(nameOf(accountNo), failures))
}

const nameOf = (accountNo: string) => `session.failures.${accountNo}`

const lockedOut = (forMs: number) => appError('auth/lockedOut', { minutes: Math.ceil(forMs / 60_000) })
