/** The tables of the shift, as Kysely sees them; see `schema.ts` for the rules of columns. */
export interface ShiftTables {
  seat_key: SeatKeyRow
  duty_log_seal: DutyLogSealRow
  duty_log_attachment: DutyLogAttachmentRow
  duty_log_search: DutyLogSearchRow
  handover_step: HandoverStepRow
  roster_line: RosterLineRow
  shift_request: ShiftRequestRow
  admission: AdmissionRow
  attendance_correction: AttendanceCorrectionRow
  equipment: EquipmentRow
  repair_step: RepairStepRow
  morale_report: MoraleReportRow
}

export interface SeatKeyRow {
  key_id: string
  seat_no: string
  public_key: string
  registered_at: number
  account_no: string
}

export interface DutyLogSealRow {
  entry_id: string
  origin: string
  corrects: string | null
  /** JSON. */
  links: string
  key_id: string | null
  position: number | null
  stamp_ms: number | null
  stamp_count: number | null
  previous_hash: string | null
  hash: string | null
  signature: string | null
}

export interface DutyLogAttachmentRow {
  attachment_id: string
  entry_id: string
  author_no: string
}

export interface DutyLogSearchRow {
  /** Written at, in milliseconds, with three more digits. */
  search_id: number
  entry_id: string
}

export interface HandoverStepRow {
  step_id: string
  handover_id: string
  at: number
  received_at: number
  /** As it was signed, JSON. */
  step: string
}

export interface RosterLineRow {
  date: string
  account_no: string
  name: string
  role: string
  /** JSON. */
  rule_ids: string
}

export interface ShiftRequestRow {
  request_id: string
  account_no: string
  asked_at: number
  request: string
}

export interface AdmissionRow {
  admission_id: string
  account_no: string
  until: number
  admission: string
}

export interface AttendanceCorrectionRow {
  correction_id: string
  account_no: string
  shift_id: string
  at: number
  correction: string
}

export interface EquipmentRow {
  equipment_id: string
  equipment_no: string
  equipment: string
}

export interface RepairStepRow {
  step_id: string
  order_id: string
  at: number
  /** 1: accepted or withdrawn. */
  is_end: number
  step: string
}

export interface MoraleReportRow {
  report_id: string
  account_no: string
  written_at: number
  report: string
}
