import type { EpochMs } from '#shared/base/clock'
import type { OnDuty } from '#shared/contracts/central-api/centre'
import type { PayloadOf } from '#shared/contracts/server-events/table'
import type { RoleId } from '#shared/domain/account/role'
import type { Shift } from '#shared/domain/shift/shift'
import type { Database, Statements } from './open-database'

/** Sessions: a person at a seat for a shift. Tokens are known here only by their hashes. */
type Reader = Database | Statements

export type CloseReason = PayloadOf<'session.closed'>['reason']

export interface SessionRecord {
  readonly sessionId: string
  readonly accountId: string
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
  readonly roles: RoleId[]
  /** Of the account; null for whoever works no department's terminal. */
  readonly departmentCode: string | null
  readonly workPhone: string | null
  readonly seatNo: string
  readonly shift: Shift | null
  readonly openedAt: EpochMs
  readonly expiresAt: EpochMs
  readonly lastSeenAt: EpochMs
  readonly closedAt: EpochMs | null
  readonly isEnabled: boolean
  readonly mustChangePassword: boolean
}

const select = (db: Reader) =>
  db
    .selectFrom('session')
    .innerJoin('account', 'account.account_id', 'session.account_id')
    .selectAll('session')
    .select([
      'account.account_no',
      'account.name',
      'account.roles',
      'account.department_code',
      'account.work_phone',
      'account.is_enabled',
      'account.must_change_password',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

const recordOf = (row: Row): SessionRecord => ({
  sessionId: row.session_id,
  accountId: row.account_id,
  accountNo: row.account_no,
  name: row.name,
  role: row.role as RoleId,
  roles: JSON.parse(row.roles) as RoleId[],
  departmentCode: row.department_code,
  workPhone: row.work_phone,
  seatNo: row.seat_no,
  shift: row.shift === null ? null : (JSON.parse(row.shift) as Shift),
  openedAt: row.opened_at,
  expiresAt: row.expires_at,
  lastSeenAt: row.last_seen_at,
  closedAt: row.closed_at,
  isEnabled: row.is_enabled === 1,
  mustChangePassword: row.must_change_password === 1,
})

type Presence = Pick<SessionRecord, 'sessionId' | 'accountNo' | 'name' | 'role' | 'seatNo' | 'shift' | 'openedAt' | 'workPhone'>

export const onDutyOf = (session: Presence): OnDuty => ({
  sessionId: session.sessionId,
  accountNo: session.accountNo,
  name: session.name,
  role: session.role,
  seatNo: session.seatNo,
  shift: session.shift,
  since: session.openedAt,
  ...(session.workPhone !== null && { workPhone: session.workPhone }),
})

/** Every session that is open at `now`, by seat. */
export async function listOpenSessions(db: Reader, now: EpochMs): Promise<readonly SessionRecord[]> {
  const rows = await select(db)
    .where('session.closed_at', 'is', null)
    .where('session.expires_at', '>', now)
    .orderBy('session.seat_no')
    .orderBy('session.session_id')
    .execute()
  return rows.map(recordOf)
}

/** Open sessions past their end, which nobody has closed yet. */
export async function listOverdueSessions(trx: Statements, now: EpochMs): Promise<readonly SessionRecord[]> {
  const rows = await select(trx).where('session.closed_at', 'is', null).where('session.expires_at', '<=', now).execute()
  return rows.map(recordOf)
}

export async function findSessionByAccessHash(
  db: Reader,
  hash: string,
): Promise<{ readonly session: SessionRecord; readonly accessExpiresAt: EpochMs } | undefined> {
  const row = await select(db)
    .innerJoin('access_token', 'access_token.session_id', 'session.session_id')
    .select('access_token.expires_at as access_expires_at')
    .where('access_token.token_hash', '=', hash)
    .executeTakeFirst()
  return row && { session: recordOf(row), accessExpiresAt: row.access_expires_at }
}

export async function findSessionById(db: Reader, sessionId: string): Promise<SessionRecord | undefined> {
  const row = await select(db).where('session.session_id', '=', sessionId).executeTakeFirst()
  return row && recordOf(row)
}

export async function findSessionByRefreshHash(db: Reader, hash: string): Promise<SessionRecord | undefined> {
  const row = await select(db).where('session.refresh_hash', '=', hash).executeTakeFirst()
  return row && recordOf(row)
}

export async function insertSession(
  trx: Statements,
  session: {
    readonly sessionId: string
    readonly accountId: string
    readonly role: RoleId
    readonly seatNo: string
    readonly shift: Shift | null
    readonly refreshHash: string
    readonly openedAt: EpochMs
    readonly expiresAt: EpochMs
  },
): Promise<void> {
  await trx
    .insertInto('session')
    .values({
      session_id: session.sessionId,
      account_id: session.accountId,
      role: session.role,
      seat_no: session.seatNo,
      shift: session.shift === null ? null : JSON.stringify(session.shift),
      refresh_hash: session.refreshHash,
      expires_at: session.expiresAt,
      opened_at: session.openedAt,
      last_seen_at: session.openedAt,
      closed_at: null,
      close_reason: null,
    })
    .execute()
}

/** Several may be alive at once: a request already under way with the old token must not fail because a new one was fetched. */
export async function insertAccessToken(trx: Statements, token: { hash: string; sessionId: string; expiresAt: EpochMs }): Promise<void> {
  await trx
    .insertInto('access_token')
    .values({ token_hash: token.hash, session_id: token.sessionId, expires_at: token.expiresAt })
    .execute()
}

/** False when it was closed already, here or by another process. */
export async function closeSession(trx: Statements, sessionId: string, at: EpochMs, reason: CloseReason): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('session')
    .set({ closed_at: at, close_reason: reason })
    .where('session_id', '=', sessionId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  await trx.deleteFrom('access_token').where('session_id', '=', sessionId).execute()
  return numUpdatedRows === 1n
}

export async function touchSession(db: Reader, sessionId: string, at: EpochMs): Promise<void> {
  await db.updateTable('session').set({ last_seen_at: at }).where('session_id', '=', sessionId).where('last_seen_at', '<', at).execute()
}

export async function forgetAccessTokens(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('access_token').where('expires_at', '<', before).execute()
}
