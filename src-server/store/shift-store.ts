import type { EpochMs } from '#shared/base/clock'
import type { Admission } from '#shared/contracts/central-api/shift'
import type { HandoverStepSchema, ShiftRequestSchema } from '#shared/contracts/shift-shapes'
import type { RoleId } from '#shared/domain/account/role'
import { type NotReadyReason, notReadyReasons } from '#shared/domain/agent/state'
import type { AttendanceCorrection, Away, SignedIn } from '#shared/domain/shift/attendance'
import type { RosterLine } from '#shared/domain/shift/roster'
import type { Database, Statements } from './open-database'

/** Roster, requests, admissions, handover steps and corrections of attendance. Steps and corrections are only ever added. */
type Reader = Database | Statements

export async function rosterLines(db: Reader, from: string, until: string): Promise<readonly RosterLine[]> {
  const rows = await db
    .selectFrom('roster_line')
    .selectAll()
    .where('date', '>=', from)
    .where('date', '<=', until)
    .orderBy('date')
    .orderBy('account_no')
    .execute()
  return rows.map((row) => ({
    accountNo: row.account_no,
    name: row.name,
    role: row.role as RoleId,
    date: row.date,
    ruleIds: JSON.parse(row.rule_ids) as string[],
  }))
}

export async function replaceRoster(trx: Statements, from: string, until: string, lines: readonly RosterLine[]): Promise<void> {
  await trx.deleteFrom('roster_line').where('date', '>=', from).where('date', '<=', until).execute()
  // Both databases limit the values of one statement.
  for (let at = 0; at < lines.length; at += 500) {
    const values = lines.slice(at, at + 500).map(({ date, accountNo, name, role, ruleIds }) => {
      return { date, account_no: accountNo, name, role, rule_ids: JSON.stringify(ruleIds) }
    })
    await trx.insertInto('roster_line').values(values).execute()
  }
}

export async function putRequest(trx: Statements, request: ShiftRequestSchema): Promise<void> {
  const row = { account_no: request.accountNo, asked_at: request.askedAt, request: JSON.stringify(request) }
  await trx
    .insertInto('shift_request')
    .values({ request_id: request.requestId, ...row })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet(row))
    .execute()
}

export async function findRequest(db: Reader, requestId: string): Promise<ShiftRequestSchema | undefined> {
  const row = await db.selectFrom('shift_request').select('request').where('request_id', '=', requestId).executeTakeFirst()
  return row && (JSON.parse(row.request) as ShiftRequestSchema)
}

/** Newest first. */
export async function listRequests(db: Reader, since: EpochMs): Promise<readonly ShiftRequestSchema[]> {
  const rows = await db.selectFrom('shift_request').select('request').where('asked_at', '>=', since).orderBy('asked_at', 'desc').execute()
  return rows.map(({ request }) => JSON.parse(request) as ShiftRequestSchema)
}

export async function insertAdmission(trx: Statements, admission: Admission): Promise<void> {
  const { admissionId, accountNo, until } = admission
  await trx
    .insertInto('admission')
    .values({ admission_id: admissionId, account_no: accountNo, until, admission: JSON.stringify(admission) })
    .execute()
}

export async function isAdmitted(db: Reader, accountNo: string, at: EpochMs): Promise<boolean> {
  const row = await db
    .selectFrom('admission')
    .select('until')
    .where('account_no', '=', accountNo)
    .where('until', '>', at)
    .executeTakeFirst()
  return row !== undefined
}

/** False when this step is there already. */
export async function insertStep(trx: Statements, step: HandoverStepSchema, receivedAt: EpochMs): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('handover_step')
    .values({ step_id: step.stepId, handover_id: step.handoverId, at: step.at, received_at: receivedAt, step: JSON.stringify(step) })
    .onConflict((conflict) => conflict.column('step_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Every step of the handovers that have one since then. */
export async function listSteps(db: Reader, from: EpochMs): Promise<readonly HandoverStepSchema[]> {
  const recent = db.selectFrom('handover_step').select('handover_id').where('at', '>=', from)
  const rows = await db
    .selectFrom('handover_step')
    .select('step')
    .where('handover_id', 'in', recent)
    .orderBy('at')
    .orderBy('step_id')
    .execute()
  return rows.map(({ step }) => JSON.parse(step) as HandoverStepSchema)
}

export async function insertCorrection(trx: Statements, correctionId: string, correction: AttendanceCorrection): Promise<void> {
  const { accountNo, shiftId, at } = correction
  await trx
    .insertInto('attendance_correction')
    .values({ correction_id: correctionId, account_no: accountNo, shift_id: shiftId, at, correction: JSON.stringify(correction) })
    .execute()
}

/** Of shifts that begin on these days, `before` not included: ids of shifts begin with their day, and sort as days do under any collation. */
export async function listCorrections(db: Reader, from: string, before: string): Promise<readonly AttendanceCorrection[]> {
  const rows = await db
    .selectFrom('attendance_correction')
    .select('correction')
    .where('shift_id', '>=', from)
    .where('shift_id', '<', before)
    .orderBy('at')
    .execute()
  return rows.map(({ correction }) => JSON.parse(correction) as AttendanceCorrection)
}

export async function countOpenCases(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('case_record')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('is_open', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Who was signed in, from the sessions themselves. */
export async function listSignedIn(db: Reader, from: EpochMs, until: EpochMs): Promise<readonly SignedIn[]> {
  const rows = await db
    .selectFrom('session')
    .innerJoin('account', 'account.account_id', 'session.account_id')
    .select(['account.account_no', 'session.opened_at', 'session.closed_at', 'session.last_seen_at', 'session.close_reason'])
    .where('session.opened_at', '<', until)
    .where((eb) => eb.or([eb('session.closed_at', 'is', null), eb('session.closed_at', '>', from)]))
    .execute()
  // A session that ran out was over when its seat was last heard of.
  return rows.map((row) => ({
    accountNo: row.account_no,
    from: row.opened_at,
    until: row.close_reason === 'expired' ? row.last_seen_at : row.closed_at,
  }))
}

/** Times not ready, as seats told of them: leaving the post, and breaks that were said before. What a fault forced, or work at the seat, is neither. */
export async function listAway(db: Reader, from: EpochMs, until: EpochMs): Promise<readonly Away[]> {
  const rows = await db
    .selectFrom('agent_interval')
    .select(['account_no', 'reason', 'started_at', 'ended_at', 'is_forced'])
    .where('phase', '=', 'notReady')
    .where('started_at', '<', until)
    .where('ended_at', '>', from)
    .execute()
  return rows.flatMap((row) => {
    const isAbsence = row.reason === 'absence'
    const isBreak = row.is_forced === 0 && row.reason !== null && notReadyReasons[row.reason as NotReadyReason]?.isBreak
    if (!isAbsence && !isBreak) return []
    return [{ accountNo: row.account_no, from: row.started_at, until: row.ended_at, breakKind: isAbsence ? null : row.reason }]
  })
}
