/**
 * The tables of the central database, as Kysely sees them. Column rules keep one migration set for SQLite and PostgreSQL: ids are text, times
 * bigint epoch milliseconds, JSON is text, booleans are the integers 0 and 1. The stores beside this file turn rows into contract shapes.
 */
export interface CentralTables {
  account: AccountRow
  sign_in_attempt: SignInAttemptRow
  seat: SeatRow
  session: SessionRow
  access_token: AccessTokenRow
  audit_entry: AuditRow
  idempotency_key: IdempotencyRow
  event_log: EventLogRow
  server_event: ServerEventRow
  reference_document: ReferenceRow
  duty_log_entry: DutyLogRow
}

export type Flag = 0 | 1

export interface AccountRow {
  account_id: string
  account_no: string
  name: string
  /** JSON array of role ids, the account's first choice first. */
  roles: string
  password_hash: string
  must_change_password: Flag
  is_enabled: Flag
  last_sign_in_at: number | null
  version: number
  created_at: number
}

/** Kept by the number that was typed, whether or not such an account exists, so that unknown numbers behave like known ones. */
export interface SignInAttemptRow {
  account_no: string
  failed_count: number
  locked_until: number | null
  last_failed_at: number
}

export interface SeatRow {
  seat_id: string
  seat_no: string
  name: string
  extension: string | null
  is_enabled: Flag
  version: number
}

export interface SessionRow {
  session_id: string
  account_id: string
  role: string
  seat_no: string
  /** JSON of the shift chosen at sign-in. */
  shift: string | null
  refresh_hash: string
  expires_at: number
  opened_at: number
  last_seen_at: number
  closed_at: number | null
  close_reason: string | null
}

/** Only hashes of tokens are kept: a copy of the database signs nobody in. */
export interface AccessTokenRow {
  token_hash: string
  session_id: string
  expires_at: number
}

export interface AuditRow {
  audit_id: string
  at: number
  account_no: string | null
  account_name: string | null
  seat_no: string | null
  action: string
  subject: string | null
  detail: string
}

export interface IdempotencyRow {
  key: string
  account_id: string
  request_hash: string
  answer: string
  created_at: number
}

/** One row: the counter that gives every event its place. */
export interface EventLogRow {
  id: number
  latest_seq: number
  oldest_seq: number
}

export interface ServerEventRow {
  seq: number
  name: string
  at: number
  payload: string
  /** JSON of the audience; null = everybody who is signed in. */
  audience: string | null
}

export interface ReferenceRow {
  kind: string
  id: string
  title: string
  hash: string
  entries: number
  origin: string
  document: string
  imported_at: number
}

export interface DutyLogRow {
  entry_id: string
  kind: string
  text: string
  shift_id: string | null
  author_no: string
  author_name: string
  author_role: string
  seat_no: string
  written_at: number
  received_at: number
}
