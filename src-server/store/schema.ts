import type { CameraTables } from './camera-schema'
import type { ExchangeTables } from './exchange-schema'
import type { GeoTables } from './geo-schema'
import type { ShiftTables } from './shift-schema'
import type { WallTables } from './wall-schema'

/**
 * The tables of the central database, as Kysely sees them. Column rules keep one migration set for SQLite and PostgreSQL: ids are text, times
 * bigint epoch milliseconds, JSON is text, booleans are the integers 0 and 1. The stores beside this file turn rows into contract shapes.
 */
export interface CentralTables extends CameraTables, ExchangeTables, GeoTables, ShiftTables, WallTables {
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
  call_record: CallRow
  call_satisfaction: CallSatisfactionRow
  agent_interval: AgentIntervalRow
  agent_state: AgentStateRow
  seat_check: SeatCheckRow
  case_record: CaseRecordRow
  case_history: CaseHistoryRow
  case_person: CasePersonRow
  caller_key: CallerKeyRow
  case_named: CaseNamedRow
  case_department: CaseDepartmentRow
  case_collector: CaseCollectorRow
  case_relation: CaseRelationRow
  case_lock: CaseLockRow
  case_seen: CaseSeenRow
  case_no_counter: CaseNoCounterRow
  collector_duty: CollectorDutyRow
  collector_track: CollectorTrackRow
  attachment: AttachmentRow
  recording: RecordingRow
  recording_play: RecordingPlayRow
  recording_hold: RecordingHoldRow
  case_search: CaseSearchRow
  saved_view: SavedViewRow
  knowledge_version: KnowledgeVersionRow
  quality_entry: QualityEntryRow
  quality_form_version: QualityFormVersionRow
  citizen_link: CitizenLinkRow
  export_job: ExportJobRow
  missed_desk: MissedDeskRow
}

export type Flag = 0 | 1

/** What was done about a number that rang in vain. */
export interface MissedDeskRow {
  missed_key: string
  claimed_by: string | null
  claimed_name: string | null
  claimed_until: number | null
  settled_at: number | null
  settled_by: string | null
  note: string | null
  changed_at: number
}

export interface SeatCheckRow {
  seat_no: string
  day: string
  at: number
  account_no: string
  check_json: string
}

export interface AccountRow {
  account_id: string
  account_no: string
  name: string
  /** JSON array of role ids, the account's first choice first. */
  roles: string
  department_code: string | null
  work_phone: string | null
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

export interface CallRow {
  call_id: string
  account_no: string
  account_name: string
  seat_no: string
  direction: string
  number: string | null
  is_missed: Flag
  started_at: number
  answered_at: number | null
  ended_at: number
  /** The whole record as JSON. */
  record: string
  received_at: number
  /** A `Satisfaction`; null: the citizen was not asked. */
  satisfaction: string | null
  satisfaction_ref: string | null
}

export interface CallSatisfactionRow {
  ref: string
  answer: string
  answered_at: number
}

export interface AgentIntervalRow {
  interval_id: string
  account_no: string
  account_name: string
  seat_no: string
  phase: string
  reason: string | null
  is_forced: Flag
  call_id: string | null
  started_at: number
  ended_at: number
}

export interface AgentStateRow {
  seat_no: string
  session_id: string
  /** As the board shows it, JSON. */
  state: string
}

/** An upload and, when it is complete, what the file says of itself. Nobody's case until `case_id` is set. */
export interface AttachmentRow {
  attachment_id: string
  purpose: string
  file_name: string
  media_type: string
  bytes: number
  sha256: string
  taken_at: number | null
  lng: number | null
  lat: number | null
  uploader_id: string
  uploader_no: string
  /** Bytes that are on disk; the next piece begins here. */
  received: number
  state: string
  /** Error code of a file that was refused for good. */
  refusal: string | null
  /** JSON of what the refusal's sentence names. */
  refusal_detail: string | null
  width: number | null
  height: number | null
  exif_taken_at: number | null
  exif_lng: number | null
  exif_lat: number | null
  /** When something last arrived; an unclaimed attachment is swept by it. */
  touched_at: number
  uploaded_at: number | null
  case_id: string | null
  /** Its files are being removed, then the row goes: from here on it is unknown to everybody. */
  swept_at: number | null
}

/** The recording of a call, without its sound. */
export interface RecordingRow {
  recording_id: string
  call_id: string
  /** Who took the call and brought it. */
  account_id: string
  account_no: string
  seat_no: string
  started_at: number
  duration_ms: number
  bytes: number
  sha256: string
  /** JSON of marks and of the waveform. */
  marks: string
  peaks: string
  /** Bytes that are on disk; the next piece begins here. */
  received: number
  state: 'receiving' | 'ready' | 'refused' | 'purged'
  touched_at: number
  uploaded_at: number | null
  purged_at: number | null
}

/** Kept beyond its days for a dispute. */
export interface RecordingHoldRow {
  hold_id: string
  recording_id: string
  call_id: string
  reason: string
  by_no: string
  by_name: string
  held_at: number
  /** Null: it stands. */
  released_at: number | null
  released_by_no: string | null
  release_reason: string | null
}

/** Somebody listened. */
export interface RecordingPlayRow {
  play_id: string
  recording_id: string
  account_id: string
  source: 'seat' | 'centre'
  begun_at: number
}

/** One case: columns for asking, `row` (JSON of `CaseRow`) for showing, `beginning` (JSON) for folding the history. */
export interface CaseRecordRow {
  case_id: string
  case_no: string
  version: number
  state: string
  is_open: Flag
  source: string
  kind: string
  standard: string
  subclass_code: string
  street_code: string | null
  community_code: string | null
  grid_code: string | null
  component_code: string | null
  lng: number | null
  lat: number | null
  department_code: string | null
  collector_no: string | null
  is_urgent: Flag
  is_sensitive: Flag
  is_recused: Flag
  /** `,shiftLead,commander,`: roles that a pending request waits for. */
  request_with: string | null
  reworks: number
  sent_backs: number
  urges: number
  is_overseen: Flag
  needs_follow_up: Flag
  began_at: number
  entered_at: number
  ended_at: number | null
  /** Of the leading clock; far in the future (`noDueAt`) without one, so that such cases sort last. */
  amber_at: number
  due_at: number
  is_paused: Flag
  /** When the department is urged automatically; null when it is not to be, or was already. */
  urge_at: number | null
  reply_by: number | null
  /** The source still waits to be answered. */
  needs_reply: Flag
  replied_at: number | null
  profile_id: string
  beginning: string
  row: string
}

/** Stands for "no deadline" in `due_at` and `amber_at`. */
export const noDueAt = 9_000_000_000_000_000

export interface CaseHistoryRow {
  case_id: string
  seq: number
  at: number
  action: string
  account_no: string
  account_name: string
  role: string
  department_code: string | null
  from_state: string | null
  to_state: string
  input: string
}

/** `person`: `citizen` or `reporter`. */
export interface CasePersonRow {
  case_id: string
  person: string
  name: string
  number: string
  gender: string
  /** As `domain/caller/line` reads the number; null when it tells nobody apart. */
  line: string | null
}

/** One row: under which lines are hashed for seats. */
export interface CallerKeyRow {
  id: number
  salt: string
}

export interface CaseNamedRow {
  case_id: string
  account_no: string
}

export interface CaseDepartmentRow {
  case_id: string
  department_code: string
}

export interface CaseCollectorRow {
  case_id: string
  account_no: string
}

export interface CaseRelationRow {
  case_id: string
  other_case_id: string
}

export interface CaseLockRow {
  case_id: string
  account_no: string
  name: string
  seat_no: string
  until: number
}

/** Who opened a case at work as what, and at which version last. */
export interface CaseSeenRow {
  case_id: string
  account_no: string
  name: string
  role: string
  version: number
  at: number
}

/** Case numbers begin anew each China day. */
export interface CaseNoCounterRow {
  day: string
  last: number
}

export interface CollectorDutyRow {
  account_no: string
  is_on_duty: Flag
  lng: number | null
  lat: number | null
  position_at: number | null
  accuracy_m: number | null
  /** Outside their patrol area since then. */
  outside_since: number | null
  /** When duty, place or `outside_since` last changed so that seats should know, and up to which change they were told. */
  changed_at: number
  told_at: number
}

/** Where a collector was; kept for as long as `retention` says. */
export interface CollectorTrackRow {
  account_no: string
  at: number
  lng: number
  lat: number
  accuracy_m: number | null
  is_outside: Flag
}

/** The text index beside it is reached by SQL of each database alone. `search_id` grows with the time of the case. */
export interface CaseSearchRow {
  search_id: number
  case_id: string
}

export interface CitizenLinkRow {
  token_hash: string
  case_id: string
  account_id: string
  account_no: string
  created_at: number
  expires_at: number
  pictures: number
  /** JSON of ids, in the order of arrival. */
  picture_ids: string
  used_at: number | null
}

export interface KnowledgeVersionRow {
  document_id: string
  article_id: string
  version: number
  changed_at: number | null
  changed_by: string
  article: string | null
}

export interface QualityEntryRow {
  entry_id: string
  call_id: string
  seq: number
  agent_no: string
  call_at: number
  received_at: number
  entry: string
}

export interface QualityFormVersionRow {
  form_id: string
  version: number
  form: string
}

export interface SavedViewRow {
  account_id: string
  view_id: string
  name: string
  queue: string | null
  /** JSON that only windows understand. */
  settings: string
}

/** An export with who asked for it as what: the rows that it holds are those that this person could see as that. */
export interface ExportJobRow {
  export_id: string
  account_id: string
  account_no: string
  account_name: string
  role: string
  department_code: string | null
  format: string
  /** JSON of `CaseFilter`. */
  filter: string
  file_name: string
  state: string
  total: number
  done: number
  bytes: number | null
  created_at: number
  /** When it last got on; a running one that stands still has lost its process. */
  touched_at: number
  expires_at: number
  failure: string | null
}
