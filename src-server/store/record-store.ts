import type { EpochMs } from '#shared/base/clock'
import type { AuditEntry } from '#shared/contracts/central-api/accounts'
import type { DutyLogEntry } from '#shared/contracts/central-api/duty-log'
import type { RoleId } from '#shared/domain/account/role'
import type { Database, Statements } from './open-database'
import type { DutyLogRow } from './schema'

/** What is written once and never changed: the audit log, the duty log, and the first answers to keyed requests. */
type Reader = Database | Statements

/** A place in a list that runs from new to old. */
export interface Place {
  readonly at: EpochMs
  readonly id: string
}

export async function insertAudit(trx: Statements, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit_entry')
    .values({
      audit_id: entry.auditId,
      at: entry.at,
      account_no: entry.accountNo,
      account_name: entry.accountName,
      seat_no: entry.seatNo,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail),
    })
    .execute()
}

interface Window {
  readonly before?: Place | undefined
  readonly limit: number
  readonly from?: EpochMs | undefined
  readonly until?: EpochMs | undefined
}

export async function listAudit(
  db: Reader,
  query: Window & { readonly action?: string | undefined; readonly accountNo?: string | undefined },
): Promise<readonly AuditEntry[]> {
  let rows = db.selectFrom('audit_entry').selectAll().orderBy('at', 'desc').orderBy('audit_id', 'desc').limit(query.limit)
  const { before } = query
  if (before)
    rows = rows.where((eb) => eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('audit_id', '<', before.id)])]))
  if (query.from !== undefined) rows = rows.where('at', '>=', query.from)
  if (query.until !== undefined) rows = rows.where('at', '<', query.until)
  if (query.action !== undefined) rows = rows.where('action', '=', query.action)
  if (query.accountNo !== undefined) rows = rows.where('account_no', '=', query.accountNo)
  return (await rows.execute()).map((row) => ({
    auditId: row.audit_id,
    at: row.at,
    accountNo: row.account_no,
    accountName: row.account_name,
    seatNo: row.seat_no,
    action: row.action,
    subject: row.subject,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  }))
}

/** False when an entry with this id is there already. */
export async function insertDutyLogEntry(trx: Statements, entry: DutyLogEntry): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('duty_log_entry')
    .values({
      entry_id: entry.entryId,
      kind: entry.kind,
      text: entry.text,
      shift_id: entry.shiftId,
      author_no: entry.authorNo,
      author_name: entry.authorName,
      author_role: entry.authorRole,
      seat_no: entry.seatNo,
      written_at: entry.writtenAt,
      received_at: entry.receivedAt,
    })
    .onConflict((conflict) => conflict.column('entry_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export async function listDutyLog(db: Reader, query: Window): Promise<readonly DutyLogEntry[]> {
  let rows = db.selectFrom('duty_log_entry').selectAll().orderBy('written_at', 'desc').orderBy('entry_id', 'desc').limit(query.limit)
  const { before } = query
  if (before) {
    rows = rows.where((eb) =>
      eb.or([eb('written_at', '<', before.at), eb.and([eb('written_at', '=', before.at), eb('entry_id', '<', before.id)])]),
    )
  }
  if (query.from !== undefined) rows = rows.where('written_at', '>=', query.from)
  if (query.until !== undefined) rows = rows.where('written_at', '<', query.until)
  return (await rows.execute()).map(dutyLogEntryOf)
}

export const dutyLogEntryOf = (row: DutyLogRow): DutyLogEntry => ({
  entryId: row.entry_id,
  kind: row.kind as DutyLogEntry['kind'],
  text: row.text,
  shiftId: row.shift_id,
  authorNo: row.author_no,
  authorName: row.author_name,
  authorRole: row.author_role as RoleId,
  seatNo: row.seat_no,
  writtenAt: row.written_at,
  receivedAt: row.received_at,
})

export interface KeyedRequest {
  readonly key: string
  readonly accountId: string
  readonly requestHash: string
}

/**
 * Claims a key. Undefined: it was free and is ours until this transaction ends (a second transaction with the same key waits here on
 * PostgreSQL, and queues for the one connection on SQLite). Otherwise what the first request left.
 */
export async function claimKey(
  trx: Statements,
  request: KeyedRequest,
  at: EpochMs,
): Promise<{ readonly requestHash: string; readonly answer: string } | undefined> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('idempotency_key')
    .values({ key: request.key, account_id: request.accountId, request_hash: request.requestHash, answer: '', created_at: at })
    .onConflict((conflict) => conflict.columns(['account_id', 'key']).doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 1n) return undefined
  const row = await trx
    .selectFrom('idempotency_key')
    .select(['request_hash', 'answer'])
    .where('account_id', '=', request.accountId)
    .where('key', '=', request.key)
    .executeTakeFirstOrThrow()
  return { requestHash: row.request_hash, answer: row.answer }
}

export async function saveAnswer(trx: Statements, request: KeyedRequest, answer: string): Promise<void> {
  await trx
    .updateTable('idempotency_key')
    .set({ answer })
    .where('account_id', '=', request.accountId)
    .where('key', '=', request.key)
    .execute()
}

export async function forgetKeys(trx: Statements, before: EpochMs): Promise<void> {
  await trx.deleteFrom('idempotency_key').where('created_at', '<', before).execute()
}
