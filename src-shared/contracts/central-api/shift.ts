import { type Static, Type } from 'typebox'
import { seatRoleIds } from '../../domain/account/role'
import { AccountNo, EpochMs, Name, plainText, Role, Uuid } from '../common'
import {
  AttendanceCorrectionSchema,
  AttendanceLineSchema,
  ChinaDate,
  FlowCountsSchema,
  HandoverStepSchema,
  RequestDraft,
  RosterLineSchema,
  SeatKey,
  Sha256,
  ShiftRequestSchema,
  StatementRowSchema,
} from '../shift-shapes'
import { route } from './route'

/** The shift: keys of seats, roster and what is asked of it, handovers, attendance. Handover steps are records (queued); the rest is live. */
const closed = { additionalProperties: false } as const
/** Everybody who sits in the hall and hands a post over. */
export const shiftPosts = seatRoleIds.filter((role) => role !== 'departmentOperator' && role !== 'admin' && role !== 'presenter')
/** Who writes the roster and answers for it. */
export const rosterWriters = ['shiftLead', 'assistant', 'director', 'commander'] as const
/** Who hands over the whole hall; the others what is on their desk. */
export const hallLeads = ['shiftLead', 'commander'] as const
const Seq = Type.Integer({ minimum: 0 })
const Days = { from: ChinaDate, until: ChinaDate }
const Reason = Type.String({ minLength: 1, maxLength: 200, pattern: plainText })

export const Roster = Type.Object({ patternId: Type.String(), lines: Type.Array(RosterLineSchema), isPublished: Type.Boolean() })
export type Roster = Static<typeof Roster>

export const RosterFaultSchema = Type.Object({
  kind: Type.Enum(['twice', 'unknownShift', 'overlap', 'noLead']),
  date: ChinaDate,
  accountNo: Type.Optional(AccountNo),
  ruleId: Type.Optional(Type.String()),
  shiftId: Type.Optional(Type.String()),
})

export const Admission = Type.Object({
  admissionId: Uuid,
  accountNo: AccountNo,
  until: EpochMs,
  reason: Reason,
  byNo: AccountNo,
  byName: Name,
  at: EpochMs,
})
export type Admission = Static<typeof Admission>

export const shiftRoutes = {
  'seatKeys.register': route({
    method: 'PUT',
    path: '/seatKeys/{keyId}',
    tag: 'shift',
    roles: seatRoleIds,
    summary: '登记坐席的日志公钥',
    params: Type.Object({ keyId: Sha256 }),
    body: Type.Object({ publicKey: SeatKey.properties.publicKey }, closed),
    response: SeatKey,
    errors: ['dutyLog/keyUnfit'],
  }),
  'seatKeys.list': route({
    method: 'GET',
    path: '/seatKeys',
    tag: 'shift',
    roles: 'signedIn',
    summary: '各坐席的日志公钥',
    response: Type.Object({ items: Type.Array(SeatKey) }),
    errors: [],
  }),
  'roster.read': route({
    method: 'GET',
    path: '/roster',
    tag: 'shift',
    roles: 'signedIn',
    summary: '排班表',
    query: Type.Object(Days, closed),
    response: Roster,
    errors: ['request/invalid'],
  }),
  'roster.people': route({
    method: 'GET',
    path: '/roster/people',
    tag: 'shift',
    roles: rosterWriters,
    summary: '可排班的人',
    response: Type.Object({ items: Type.Array(Type.Object({ accountNo: AccountNo, name: Name, roles: Type.Array(Role) })) }),
    errors: [],
  }),
  'roster.write': route({
    method: 'PUT',
    path: '/roster',
    tag: 'shift',
    roles: rosterWriters,
    summary: '写排班表：这几天整段换成新的',
    bodyLimitBytes: 1_048_576,
    body: Type.Object({ ...Days, lines: Type.Array(RosterLineSchema, { maxItems: 5000 }) }, closed),
    response: Type.Object({ faults: Type.Array(RosterFaultSchema) }),
    errors: ['roster/unfit', 'request/invalid'],
  }),
  'admissions.create': route({
    method: 'POST',
    path: '/admissions',
    tag: 'shift',
    roles: rosterWriters,
    summary: '准许某人非当班上机，到某时为止',
    status: 201,
    idempotent: true,
    body: Type.Object({ accountNo: AccountNo, until: EpochMs, reason: Reason }, closed),
    response: Admission,
    errors: ['record/notFound', 'admission/tooLong'],
  }),
  'shiftRequests.list': route({
    method: 'GET',
    path: '/shiftRequests',
    tag: 'shift',
    roles: shiftPosts,
    summary: '请假、调休、调班、加班：本人的，和要本人办的',
    response: Type.Object({ items: Type.Array(ShiftRequestSchema) }),
    errors: [],
  }),
  'shiftRequests.ask': route({
    method: 'POST',
    path: '/shiftRequests',
    tag: 'shift',
    roles: shiftPosts,
    summary: '申请请假、调休、调班，报加班',
    status: 201,
    idempotent: true,
    body: Type.Object({ request: RequestDraft }, closed),
    response: ShiftRequestSchema,
    errors: ['shiftRequest/noBalance', 'shiftRequest/noDuty', 'record/notFound'],
  }),
  'shiftRequests.answer': route({
    method: 'POST',
    path: '/shiftRequests/{requestId}/answers',
    tag: 'shift',
    roles: shiftPosts,
    summary: '同意、不同意、撤回，或补交证明',
    params: Type.Object({ requestId: Uuid }),
    body: Type.Object(
      { did: Type.Enum(['agreed', 'refused', 'withdrew', 'proved']), note: Type.String({ maxLength: 200 }), proof: Type.Optional(Reason) },
      closed,
    ),
    response: ShiftRequestSchema,
    errors: ['record/notFound', 'shiftRequest/ended', 'shiftRequest/notYours', 'shiftRequest/ownRequest', 'shiftRequest/proofMissing'],
  }),
  'handovers.step': route({
    method: 'POST',
    path: '/handovers/{handoverId}/steps',
    tag: 'shift',
    roles: shiftPosts,
    summary: '交接班的一步',
    status: 201,
    idempotent: true,
    bodyLimitBytes: 1_048_576,
    params: Type.Object({ handoverId: Uuid }),
    body: HandoverStepSchema,
    response: HandoverStepSchema,
    errors: ['record/exists', 'handover/unsigned', 'handover/notYours'],
  }),
  'handovers.list': route({
    method: 'GET',
    path: '/handovers',
    tag: 'shift',
    roles: shiftPosts,
    summary: '近几日的交接班，各步原样',
    query: Type.Object({ from: EpochMs }, closed),
    response: Type.Object({ steps: Type.Array(HandoverStepSchema) }),
    errors: [],
  }),
  'handovers.caseFlow': route({
    method: 'GET',
    path: '/handovers/caseFlow',
    tag: 'shift',
    roles: hallLeads,
    summary: '两次截止之间全厅案卷的进出，按中心记下的先后',
    query: Type.Object(
      {
        /** Not included; left out: from `fromAt` on. */
        fromSeq: Type.Optional(Seq),
        fromAt: EpochMs,
        untilSeq: Seq,
      },
      closed,
    ),
    response: Type.Object({ counts: FlowCountsSchema, open: Type.Integer(), isWhole: Type.Boolean() }),
    errors: [],
  }),
  'handovers.vouch': route({
    method: 'POST',
    path: '/handovers/{handoverId}/vouchers',
    tag: 'shift',
    roles: shiftPosts,
    summary: '接班人在交班坐席上以本人口令签字：只核对，不签入',
    params: Type.Object({ handoverId: Uuid }),
    body: Type.Object({ accountNo: AccountNo, password: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    response: Type.Object({ accountNo: AccountNo, name: Name, roles: Type.Array(Type.String()) }),
    errors: ['auth/wrongPassword', 'auth/lockedOut', 'auth/accountDisabled', 'request/busy'],
  }),
  'attendance.read': route({
    method: 'GET',
    path: '/attendance',
    tag: 'shift',
    roles: shiftPosts,
    summary: '考勤：逐班与合计；本人以外的只给管班的岗位',
    query: Type.Object(Days, closed),
    response: Type.Object({ lines: Type.Array(AttendanceLineSchema), rows: Type.Array(StatementRowSchema) }),
    errors: ['request/invalid'],
  }),
  'attendance.correct': route({
    method: 'POST',
    path: '/attendance/corrections',
    tag: 'shift',
    roles: rosterWriters,
    summary: '值班长更正一班的考勤，写明理由',
    status: 201,
    idempotent: true,
    body: Type.Object(
      {
        accountNo: AttendanceCorrectionSchema.properties.accountNo,
        shiftId: AttendanceCorrectionSchema.properties.shiftId,
        verdict: AttendanceCorrectionSchema.properties.verdict,
        reason: Reason,
      },
      closed,
    ),
    response: AttendanceCorrectionSchema,
    errors: ['attendance/own'],
  }),
} as const
