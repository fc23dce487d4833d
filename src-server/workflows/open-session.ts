import { err, ok } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { mobileSeatNo } from '#shared/contracts/common'
import { appError } from '#shared/contracts/errors'
import { type RoleId, seatRoleIds } from '#shared/domain/account/role'
import type { Span } from '#shared/domain/shift/roster'
import { type AccountRecord, findAccountByNo, noteSignIn } from '../store/account-store'
import { findSeatByNo } from '../store/seat-store'
import { insertAccessToken, insertSession, listOpenSessions, onDutyOf, type SessionRecord } from '../store/session-store'
import type { Outcome, UnitOfWork } from '../store/transaction'
import { audit } from './audit'
import { endSession } from './close-session'
import type { Answer, Ask, Services } from './services'
import { refusalOfShift } from './shift/roster'
import { judgePassword } from './sign-in-attempts'

/**
 * Signing in 签入: a person takes a seat for a shift. One seat holds one person, one person sits at one seat. Collectors sign in from the field, where
 * there are no seats to take.
 */
export const accessMs = 15 * 60_000
/** A shift of 13 hours with room for overtime and the handover. */
export const sessionMs = 16 * 3_600_000
/** A seat that was not heard of for so long has crashed or lost its power: somebody else may take it. */
export const seatSilenceMs = 2 * 60_000

type Input = InputOf<'sessions.open'>
type Output = OutputOf<'sessions.open'>

export async function openSession(services: Services, ask: Ask<Input, null>): Answer<Output> {
  const { body } = ask.input
  if (services.passwords.isOverloaded()) return err(appError('request/busy'))
  const known = await findAccountByNo(services.db, body.accountNo)
  const isCorrect = await services.passwords.verify(body.password, known?.passwordHash)
  return ask.transact(async (unit): Promise<Outcome<Output>> => {
    await unit.lock('accounts')
    await unit.lock('sessions')
    // Read again under the lock: it may have been disabled or given a new password while the hash was computed.
    const account = await findAccountByNo(unit.trx, body.accountNo)
    const refusal = await judgePassword(services, unit, {
      accountNo: body.accountNo,
      isCorrect: isCorrect && account?.passwordHash === known?.passwordHash,
      actor: { accountNo: body.accountNo, name: null, seatNo: body.seatNo ?? mobileSeatNo },
    })
    if (refusal) return { ...err(refusal), keep: true }
    if (!account) throw new Error('a password was accepted for no account')
    if (!account.isEnabled) return { ...err(appError('auth/accountDisabled')), keep: true }
    const { seatNo, shift = null } = body
    const role = roleFor(account.roles, seatNo === undefined ? ['collector'] : seatRoleIds, body.role)
    if (!role) return { ...err(appError('auth/roleNotHeld')), keep: true }
    return seatNo === undefined
      ? goIntoTheField(services, unit, account, { role, seatNo: mobileSeatNo, shift })
      : takeSeat(services, unit, account, { role, seatNo, shift })
  })
}

/** The role asked for, or the account's first, when it is held and has its place there. */
function roleFor(held: readonly RoleId[], fitting: readonly RoleId[], asked: RoleId | undefined): RoleId | undefined {
  return held.filter((role) => fitting.includes(role)).find((role) => asked === undefined || role === asked)
}

/** One person has one terminal: an earlier one of theirs, or a seat, is left. Nobody else is in the way. */
async function goIntoTheField(services: Services, unit: UnitOfWork, account: AccountRecord, place: Place): Promise<Outcome<Output>> {
  for (const session of await listOpenSessions(unit.trx, services.clock.now())) {
    if (session.accountId === account.accountId) await endSession(services, unit, session, 'revoked')
  }
  return ok(await begin(services, unit, account, place))
}

type Place = Pick<SessionRecord, 'role' | 'seatNo' | 'shift'>

async function takeSeat(services: Services, unit: UnitOfWork, account: AccountRecord, place: Place): Promise<Outcome<Output>> {
  const now = services.clock.now()
  const outside = await refusalOfShift(services, unit.trx, { accountNo: account.accountNo, role: place.role })
  if (outside) return { ...err(appError('shift/notOnDuty', { next: nextWords(outside.next) })), keep: true }
  const seat = await findSeatByNo(unit.trx, place.seatNo)
  if (!seat?.isEnabled) return { ...err(appError('seat/unknown', { seatNo: place.seatNo })), keep: true }
  const open = await listOpenSessions(unit.trx, now)
  const holder = open.find((session) => session.seatNo === place.seatNo && session.accountId !== account.accountId)
  if (holder && now - holder.lastSeenAt < seatSilenceMs) {
    return { ...err(appError('seat/taken', { seatNo: place.seatNo, name: holder.name })), keep: true }
  }
  for (const session of open) {
    if (session.seatNo === place.seatNo || session.accountId === account.accountId) await endSession(services, unit, session, 'revoked')
  }
  return ok(await begin(services, unit, account, place))
}

function nextWords(next: Span | null): string {
  return next ? `您的下一班：${next.shiftId.slice(0, 10)} ${next.name}` : '近一周没有您的班'
}

async function begin(services: Services, unit: UnitOfWork, account: AccountRecord, place: Place): Promise<Output> {
  const now = services.clock.now()
  const [access, refresh] = [services.tokens.make(), services.tokens.make()]
  const session = { sessionId: services.ids.uuid(), accountId: account.accountId, ...place, openedAt: now, expiresAt: now + sessionMs }
  await insertSession(unit.trx, { ...session, refreshHash: refresh.hash })
  await insertAccessToken(unit.trx, { hash: access.hash, sessionId: session.sessionId, expiresAt: now + accessMs })
  await noteSignIn(unit.trx, account.accountId, now)
  const person = { accountNo: account.accountNo, name: account.name }
  await audit(
    services,
    unit,
    { ...person, seatNo: place.seatNo },
    { action: 'session.opened', subject: session.sessionId, detail: { role: place.role } },
  )
  unit.emit('session.opened', onDutyOf({ ...session, ...person, workPhone: account.workPhone ?? null }))
  const me: Me = {
    ...person,
    accountId: account.accountId,
    roles: account.roles,
    ...(account.departmentCode !== undefined && { departmentCode: account.departmentCode }),
    ...place,
    sessionId: session.sessionId,
    signedInAt: now,
    mustChangePassword: account.mustChangePassword,
  }
  return {
    me,
    tokens: {
      accessToken: access.token,
      accessExpiresAt: now + accessMs,
      refreshToken: refresh.token,
      refreshExpiresAt: session.expiresAt,
    },
  }
}
