import type { EpochMs } from '#shared/base/clock'
import type { CaseLock } from '#shared/contracts/case-shapes'
import type { RoleId } from '#shared/domain/account/role'
import type { CasePerson } from './case-columns'
import type { Database, Statements } from './open-database'

/** What lies beside a case on the desk: its number, its citizen, who is editing it, who has opened it. */
type Reader = Database | Statements

/**
 * The next number of a China day, `YYYYMMDD`. The day's row stays locked until the transaction ends, so numbers have no gaps: a registration that
 * is rolled back gives its number back.
 */
export async function nextCaseNo(trx: Statements, day: string): Promise<string> {
  const { last } = await trx
    .insertInto('case_no_counter')
    .values({ day, last: 1 })
    .onConflict((conflict) => conflict.column('day').doUpdateSet((eb) => ({ last: eb('case_no_counter.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow()
  return `${day}-${String(last).padStart(4, '0')}`
}

/** Numbers up to `last` are given out already. */
export async function raiseCaseNo(trx: Statements, day: string, last: number): Promise<void> {
  await trx
    .insertInto('case_no_counter')
    .values({ day, last })
    .onConflict((conflict) => conflict.column('day').doUpdateSet({ last }).where('case_no_counter.last', '<', last))
    .execute()
}

export async function findCitizen(db: Reader, caseId: string): Promise<CasePerson | undefined> {
  const row = await db
    .selectFrom('case_person')
    .select(['name', 'number', 'gender'])
    .where('case_id', '=', caseId)
    .where('person', '=', 'citizen')
    .executeTakeFirst()
  return row && { name: row.name, number: row.number, gender: row.gender as CasePerson['gender'] }
}

/** The lock that is in force at `now`. */
export async function findLock(db: Reader, caseId: string, now: EpochMs): Promise<CaseLock | undefined> {
  const row = await db.selectFrom('case_lock').selectAll().where('case_id', '=', caseId).where('until', '>', now).executeTakeFirst()
  return row && { accountNo: row.account_no, name: row.name, seatNo: row.seat_no, until: row.until }
}

export async function saveLock(trx: Statements, caseId: string, lock: CaseLock): Promise<void> {
  const values = { account_no: lock.accountNo, name: lock.name, seat_no: lock.seatNo, until: lock.until }
  await trx
    .insertInto('case_lock')
    .values({ case_id: caseId, ...values })
    .onConflict((conflict) => conflict.column('case_id').doUpdateSet(values))
    .execute()
}

/** False when it was not theirs. */
export async function deleteLock(trx: Statements, caseId: string, accountNo: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('case_lock')
    .where('case_id', '=', caseId)
    .where('account_no', '=', accountNo)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}

export async function forgetLocks(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('case_lock').where('until', '<', before).execute()
}

interface Seen {
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
}

/** The first look at a version counts; looking again writes nothing, and on SQLite waits for no disk. */
export async function markSeen(db: Reader, caseId: string, who: Seen, version: number, at: EpochMs): Promise<void> {
  const values = { name: who.name, role: who.role, version, at }
  await db
    .insertInto('case_seen')
    .values({ case_id: caseId, account_no: who.accountNo, ...values })
    .onConflict((conflict) => conflict.columns(['case_id', 'account_no']).doUpdateSet(values).where('case_seen.version', '<', version))
    .execute()
}

/** The first of these roles, other than `except`, who opened the case at this version or a later one. */
export async function findWhoSaw(
  trx: Statements,
  caseId: string,
  by: { readonly roles: readonly RoleId[]; readonly version: number; readonly except: string },
): Promise<string | undefined> {
  if (by.roles.length === 0) return undefined
  const row = await trx
    .selectFrom('case_seen')
    .select('name')
    .where('case_id', '=', caseId)
    .where('version', '>=', by.version)
    .where('account_no', '<>', by.except)
    .where('role', 'in', by.roles)
    .orderBy('at')
    .executeTakeFirst()
  return row?.name
}
