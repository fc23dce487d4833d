import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import {
  findSessionByAccessHash,
  findSessionById,
  findSessionByRefreshHash,
  insertAccessToken,
  type SessionRecord,
  touchSession,
} from '../store/session-store'
import { accessMs } from './open-session'
import type { Actor, Answer, Ask, Services } from './services'
import { sha256 } from './tokens'

/** Using a session: who a token stands for, and fetching the next token. */

/** A request says that the seat is alive; saying it more often than this would only write. */
const touchEveryMs = 30_000

/** Errors: `auth/signInRequired` for no token, `auth/tokenExpired`, `auth/accountDisabled`. */
export async function identify(services: Services, token: string | undefined): Promise<Result<Actor, AppError>> {
  if (token === undefined) return err(appError('auth/signInRequired'))
  const found = await findSessionByAccessHash(services.db, sha256(token))
  const now = services.clock.now()
  if (!found || found.accessExpiresAt <= now || !isOpen(found.session, now)) return err(appError('auth/tokenExpired'))
  if (!found.session.isEnabled) return err(appError('auth/accountDisabled'))
  await seen(services, found.session)
  return ok(actorOf(found.session))
}

/** For an open event stream, which is a sign of life too. False: the stream should end, because the session is over or its password must be changed first. */
export async function keepAlive(services: Services, sessionId: string): Promise<boolean> {
  const now = services.clock.now()
  const session = await findSessionById(services.db, sessionId)
  if (!session || !isOpen(session, now) || session.mustChangePassword) return false
  await seen(services, session)
  return true
}

async function seen(services: Services, session: Pick<SessionRecord, 'sessionId' | 'lastSeenAt'>): Promise<void> {
  const now = services.clock.now()
  if (now - session.lastSeenAt >= touchEveryMs) await touchSession(services.db, session.sessionId, now)
}

export async function refreshSession(
  services: Services,
  ask: Ask<InputOf<'sessions.refresh'>, null>,
): Answer<OutputOf<'sessions.refresh'>> {
  const { refreshToken } = ask.input.body
  return ask.transact(async (unit) => {
    const session = await findSessionByRefreshHash(unit.trx, sha256(refreshToken))
    const now = services.clock.now()
    // A disabled account's sessions are closed; saying so tells its owner whom to ask.
    if (session && !session.isEnabled) return err(appError('auth/accountDisabled'))
    if (!session || !isOpen(session, now)) return err(appError('auth/tokenExpired'))
    const access = services.tokens.make()
    const accessExpiresAt = Math.min(now + accessMs, session.expiresAt)
    await insertAccessToken(unit.trx, { hash: access.hash, sessionId: session.sessionId, expiresAt: accessExpiresAt })
    await touchSession(unit.trx, session.sessionId, now)
    return ok({ tokens: { accessToken: access.token, accessExpiresAt, refreshToken, refreshExpiresAt: session.expiresAt } })
  })
}

export async function describeMe(ask: Ask<InputOf<'me.get'>>): Answer<OutputOf<'me.get'>> {
  const { expiresAt: _, departmentCode, ...me } = ask.actor
  return ok({ ...me, ...(departmentCode !== null && { departmentCode }) })
}

function isOpen(session: SessionRecord, now: number): boolean {
  return session.closedAt === null && session.expiresAt > now
}

function actorOf(session: SessionRecord): Actor {
  const { sessionId, accountId, accountNo, name, role, roles, departmentCode, seatNo, shift, openedAt, expiresAt, mustChangePassword } =
    session
  const person = { accountId, accountNo, name, role, roles, departmentCode, mustChangePassword }
  return { sessionId, ...person, seatNo, shift, signedInAt: openedAt, expiresAt }
}
