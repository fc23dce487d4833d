import { sql } from 'kysely'
import type { EpochMs } from '#shared/base/clock'
import type { Account } from '#shared/contracts/central-api/accounts'
import type { RoleId } from '#shared/domain/account/role'
import type { Database, DatabaseKind, Statements } from './open-database'
import type { AccountRow } from './schema'

/** Accounts and their counted wrong passwords. Rules (who may be disabled, when to lock) are with the workflows. */
type Reader = Database | Statements

export interface AccountRecord extends Account {
  readonly passwordHash: string
  readonly mustChangePassword: boolean
}

type JoinedRow = AccountRow & { locked_until: number | null }

const select = (db: Reader) =>
  db
    .selectFrom('account')
    .leftJoin('sign_in_attempt', 'sign_in_attempt.account_no', 'account.account_no')
    .selectAll('account')
    .select('sign_in_attempt.locked_until')

function recordOf(row: JoinedRow): AccountRecord {
  return {
    accountId: row.account_id,
    accountNo: row.account_no,
    name: row.name,
    roles: JSON.parse(row.roles) as RoleId[],
    ...(row.department_code !== null && { departmentCode: row.department_code }),
    ...(row.work_phone !== null && { workPhone: row.work_phone }),
    isEnabled: row.is_enabled === 1,
    lockedUntil: row.locked_until,
    lastSignInAt: row.last_sign_in_at,
    version: row.version,
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password === 1,
  }
}

/** What may leave the server. A lock that has run out is shown as none. */
export function accountOf(record: AccountRecord, now: EpochMs): Account {
  const { accountId, accountNo, name, roles, departmentCode, workPhone, isEnabled, lockedUntil, lastSignInAt, version } = record
  return {
    accountId,
    accountNo,
    name,
    roles,
    ...(departmentCode !== undefined && { departmentCode }),
    ...(workPhone !== undefined && { workPhone }),
    isEnabled,
    lockedUntil: lockedUntil !== null && lockedUntil > now ? lockedUntil : null,
    lastSignInAt,
    version,
  }
}

export async function findAccountByNo(db: Reader, accountNo: string): Promise<AccountRecord | undefined> {
  const row = await select(db).where('account.account_no', '=', accountNo).executeTakeFirst()
  return row && recordOf(row)
}

export async function findAccountById(db: Reader, accountId: string): Promise<AccountRecord | undefined> {
  const row = await select(db).where('account.account_id', '=', accountId).executeTakeFirst()
  return row && recordOf(row)
}

/** Nobody else holds this account until the transaction ends. On SQLite transactions run one after the other anyway. */
export async function holdAccount(trx: Statements, kind: DatabaseKind, accountId: string): Promise<void> {
  if (kind === 'postgresql') await trx.selectFrom('account').select('account_id').where('account_id', '=', accountId).forUpdate().execute()
}

export async function listAccounts(
  db: Reader,
  query: { readonly after?: string | undefined; readonly limit: number; readonly text?: string | undefined },
): Promise<readonly AccountRecord[]> {
  let rows = select(db).orderBy('account.account_no').limit(query.limit)
  if (query.after !== undefined) rows = rows.where('account.account_no', '>', query.after)
  if (query.text) {
    const pattern = `%${query.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    rows = rows.where((eb) =>
      eb.or([
        sql<boolean>`lower(account.account_no) like ${pattern} escape '\\'`,
        sql<boolean>`lower(account.name) like ${pattern} escape '\\'`,
      ]),
    )
  }
  return (await rows.execute()).map(recordOf)
}

export async function countAccounts(db: Reader): Promise<number> {
  const { count } = await db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Every account that could administer now; roles are JSON, and a centre has tens of accounts. */
export async function listEnabledAdmins(trx: Statements): Promise<readonly AccountRecord[]> {
  const rows = await select(trx).where('account.is_enabled', '=', 1).execute()
  return rows.map(recordOf).filter((record) => record.roles.includes('admin'))
}

export interface NewAccount {
  readonly accountId: string
  readonly accountNo: string
  readonly name: string
  readonly roles: readonly RoleId[]
  readonly departmentCode?: string | undefined
  readonly workPhone?: string | undefined
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly createdAt: EpochMs
}

/** False when the number is taken. */
export async function insertAccount(trx: Statements, account: NewAccount): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('account')
    .values({
      account_id: account.accountId,
      account_no: account.accountNo,
      name: account.name,
      roles: JSON.stringify(account.roles),
      department_code: account.departmentCode ?? null,
      work_phone: account.workPhone ?? null,
      password_hash: account.passwordHash,
      must_change_password: account.mustChangePassword ? 1 : 0,
      is_enabled: 1,
      last_sign_in_at: null,
      version: 1,
      created_at: account.createdAt,
    })
    .onConflict((conflict) => conflict.column('account_no').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function updateAccount(
  trx: Statements,
  accountId: string,
  change: {
    readonly name: string
    readonly roles: readonly RoleId[]
    readonly departmentCode: string | null
    readonly workPhone: string | null
    readonly isEnabled: boolean
    readonly version: number
  },
): Promise<void> {
  await trx
    .updateTable('account')
    .set({
      name: change.name,
      roles: JSON.stringify(change.roles),
      department_code: change.departmentCode,
      work_phone: change.workPhone,
      is_enabled: change.isEnabled ? 1 : 0,
      version: change.version,
    })
    .where('account_id', '=', accountId)
    .execute()
}

export async function setPassword(
  trx: Statements,
  accountId: string,
  password: { readonly hash: string; readonly mustChange: boolean },
): Promise<void> {
  await trx
    .updateTable('account')
    .set((eb) => ({
      password_hash: password.hash,
      must_change_password: password.mustChange ? 1 : 0,
      version: eb('version', '+', 1),
    }))
    .where('account_id', '=', accountId)
    .execute()
}

export async function noteSignIn(trx: Statements, accountId: string, at: EpochMs): Promise<void> {
  await trx.updateTable('account').set({ last_sign_in_at: at }).where('account_id', '=', accountId).execute()
}

export interface SignInAttempts {
  readonly failedCount: number
  readonly lockedUntil: EpochMs | null
}

export async function findAttempts(trx: Reader, accountNo: string): Promise<SignInAttempts> {
  const row = await trx.selectFrom('sign_in_attempt').selectAll().where('account_no', '=', accountNo).executeTakeFirst()
  return { failedCount: row?.failed_count ?? 0, lockedUntil: row?.locked_until ?? null }
}

export async function saveAttempts(trx: Statements, accountNo: string, attempts: SignInAttempts, at: EpochMs): Promise<void> {
  const values = { failed_count: attempts.failedCount, locked_until: attempts.lockedUntil, last_failed_at: at }
  await trx
    .insertInto('sign_in_attempt')
    .values({ account_no: accountNo, ...values })
    .onConflict((conflict) => conflict.column('account_no').doUpdateSet(values))
    .execute()
}

export async function clearAttempts(trx: Statements, accountNo: string): Promise<void> {
  await trx.deleteFrom('sign_in_attempt').where('account_no', '=', accountNo).execute()
}

export async function forgetAttempts(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('sign_in_attempt').where('last_failed_at', '<', before).execute()
}
