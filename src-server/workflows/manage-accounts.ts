import { err, ok } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { RoleId } from '#shared/domain/account/role'
import {
  type AccountRecord,
  accountOf,
  clearAttempts,
  findAccountById,
  insertAccount,
  listAccounts,
  listEnabledAdmins,
  setPassword,
  updateAccount,
} from '../store/account-store'
import { listOpenSessions } from '../store/session-store'
import type { UnitOfWork } from '../store/transaction'
import { audit } from './audit'
import { endSession } from './close-session'
import { pageOfRows } from './paging'
import { isWeakPassword } from './passwords'
import { publishAccount } from './publish-account'
import type { Actor, Answer, Ask, Services } from './services'

/** Accounts, as administrators manage them. An account is disabled, never deleted: records name it for years. */
export async function readAccounts(services: Services, ask: Ask<InputOf<'accounts.list'>>): Answer<OutputOf<'accounts.list'>> {
  const { after, text, limit = 50 } = ask.input.query
  const now = services.clock.now()
  const rows = await listAccounts(services.db, { after, text, limit: limit + 1 })
  const { items, next } = pageOfRows(rows, limit, (record) => record.accountNo)
  return ok({ items: items.map((record) => accountOf(record, now)), next })
}

export async function createAccount(services: Services, ask: Ask<InputOf<'accounts.create'>>): Answer<OutputOf<'accounts.create'>> {
  const { password, accountNo, name, roles, departmentCode, workPhone } = ask.input.body
  if (isWeakPassword(password, accountNo)) return err(appError('auth/weakPassword'))
  const passwordHash = await services.passwords.hash(password)
  return ask.transact(async (unit) => {
    const accountId = services.ids.uuid()
    const createdAt = services.clock.now()
    const isNew = await insertAccount(unit.trx, {
      ...{ accountId, accountNo, name, roles, passwordHash, createdAt },
      departmentCode: departmentOf(roles, departmentCode) ?? undefined,
      workPhone,
      mustChangePassword: true,
    })
    if (!isNew) return err(appError('record/exists', { key: accountNo }))
    await audit(services, unit, ask.actor, { action: 'account.created', subject: accountNo, detail: { name, roles } })
    return ok(await publishAccount(services, unit, accountId))
  })
}

export function changeAccount(services: Services, ask: Ask<InputOf<'accounts.update'>>): Answer<OutputOf<'accounts.update'>> {
  const { body, params } = ask.input
  return ask.transact(async (unit) => {
    await unit.lock('accounts')
    await unit.lock('sessions')
    const before = await findAccountById(unit.trx, params.accountId)
    if (!before) return err(appError('record/notFound'))
    if (before.version !== ask.seenVersion) return err(appError('record/stale', { current: before.version, seen: ask.seenVersion }))
    const roles = body.roles ?? before.roles
    const departmentCode = departmentOf(roles, body.departmentCode ?? before.departmentCode)
    const workPhone = body.workPhone === undefined ? (before.workPhone ?? null) : body.workPhone
    const after = { name: body.name ?? before.name, roles, departmentCode, workPhone, isEnabled: body.isEnabled ?? before.isEnabled }
    if (!(await keepsAnAdmin(unit, before, after))) return err(appError('account/lastAdmin'))
    await updateAccount(unit.trx, before.accountId, { ...after, version: before.version + 1 })
    await audit(services, unit, ask.actor, { action: 'account.updated', subject: before.accountNo, detail: { ...body } })
    await endSessionsThatLostTheirRight(services, unit, before, after)
    return ok(await publishAccount(services, unit, before.accountId))
  })
}

/** A department is named only for whoever works its terminal. */
function departmentOf(roles: readonly RoleId[], departmentCode: string | undefined): string | null {
  return roles.includes('departmentOperator') ? (departmentCode ?? null) : null
}

type Rights = { readonly roles: readonly RoleId[]; readonly departmentCode: string | null; readonly isEnabled: boolean }

async function keepsAnAdmin(unit: UnitOfWork, before: AccountRecord, after: Rights): Promise<boolean> {
  if (after.isEnabled && after.roles.includes('admin')) return true
  const admins = await listEnabledAdmins(unit.trx)
  return admins.length === 0 || admins.some((admin) => admin.accountId !== before.accountId)
}

async function endSessionsThatLostTheirRight(services: Services, unit: UnitOfWork, before: AccountRecord, rights: Rights): Promise<void> {
  const isMoved = (before.departmentCode ?? null) !== rights.departmentCode
  for (const session of await listOpenSessions(unit.trx, services.clock.now())) {
    // An open event stream goes on hearing of the department it began with.
    const mayStay = rights.isEnabled && rights.roles.includes(session.role) && !(isMoved && session.role === 'departmentOperator')
    if (session.accountId === before.accountId && !mayStay) await endSession(services, unit, session, 'revoked')
  }
}

/** Sets a password for somebody who forgot theirs: unlocks, ends their sessions, and the first sign-in must change it. */
export async function resetPassword(
  services: Services,
  ask: Ask<InputOf<'accounts.resetPassword'>>,
): Answer<OutputOf<'accounts.resetPassword'>> {
  const { body, params } = ask.input
  const known = await findAccountById(services.db, params.accountId)
  if (!known) return err(appError('record/notFound'))
  const isSame = await services.passwords.verify(body.password, known.passwordHash)
  if (isSame || isWeakPassword(body.password, known.accountNo)) return err(appError('auth/weakPassword'))
  const hash = await services.passwords.hash(body.password)
  return ask.transact(async (unit) => {
    await unit.lock('accounts')
    await unit.lock('sessions')
    await setPassword(unit.trx, known.accountId, { hash, mustChange: true })
    await clearAttempts(unit.trx, known.accountNo)
    await audit(services, unit, ask.actor, { action: 'account.passwordReset', subject: known.accountNo })
    await endSessionsOfOthers(services, unit, known.accountId, ask.actor)
    await publishAccount(services, unit, known.accountId)
    return ok({})
  })
}

async function endSessionsOfOthers(services: Services, unit: UnitOfWork, accountId: string, actor: Actor): Promise<void> {
  for (const session of await listOpenSessions(unit.trx, services.clock.now())) {
    if (session.accountId === accountId && session.sessionId !== actor.sessionId) await endSession(services, unit, session, 'revoked')
  }
}
