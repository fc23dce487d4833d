import type { AppError } from '#shared/base/app-error'
import type { EpochMs } from '#shared/base/clock'
import { appError } from '#shared/contracts/errors'
import { clearAttempts, findAccountByNo, findAttempts, type SignInAttempts, saveAttempts } from '../store/account-store'
import type { UnitOfWork } from '../store/transaction'
import { type AuditActor, audit } from './audit'
import { publishAccount } from './publish-account'
import type { Services } from './services'

/** Five wrong passwords in a row lock an account number for a quarter of an hour; the same for numbers that do not exist. */
export const wrongPasswordLimit = 5
export const lockMs = 15 * 60_000

/** What is counted now: a lock that has run out starts a new count. */
export function currentAttempts(attempts: SignInAttempts, now: EpochMs): SignInAttempts {
  return attempts.lockedUntil !== null && attempts.lockedUntil <= now ? { failedCount: 0, lockedUntil: null } : attempts
}

/** The count after one more wrong password. */
export function afterWrongPassword(attempts: SignInAttempts, now: EpochMs): SignInAttempts {
  const failedCount = currentAttempts(attempts, now).failedCount + 1
  return { failedCount, lockedUntil: failedCount >= wrongPasswordLimit ? now + lockMs : null }
}

/**
 * Decides on a password that was checked beforehand, and counts it. Undefined: it may pass. The caller keeps the transaction even when this
 * refuses, because the count is the point.
 */
export async function judgePassword(
  services: Services,
  unit: UnitOfWork,
  who: { readonly accountNo: string; readonly isCorrect: boolean; readonly actor: AuditActor },
): Promise<AppError | undefined> {
  const now = services.clock.now()
  const attempts = currentAttempts(await findAttempts(unit.trx, who.accountNo), now)
  if (attempts.lockedUntil !== null) return lockedOut(attempts.lockedUntil, now)
  if (who.isCorrect) {
    await clearAttempts(unit.trx, who.accountNo)
    return undefined
  }
  const next = afterWrongPassword(attempts, now)
  await saveAttempts(unit.trx, who.accountNo, next, now)
  await audit(services, unit, who.actor, {
    action: next.lockedUntil === null ? 'session.failed' : 'account.locked',
    subject: who.accountNo,
    detail: { failedCount: next.failedCount },
  })
  if (next.lockedUntil !== null) {
    const account = await findAccountByNo(unit.trx, who.accountNo)
    if (account) await publishAccount(services, unit, account.accountId)
    return lockedOut(next.lockedUntil, now)
  }
  return appError('auth/wrongPassword', { remaining: wrongPasswordLimit - next.failedCount })
}

function lockedOut(lockedUntil: EpochMs, now: EpochMs): AppError {
  return appError('auth/lockedOut', { minutes: Math.ceil((lockedUntil - now) / 60_000), lockedUntil })
}
