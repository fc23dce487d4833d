import { type Static, Type } from 'typebox'
import { type LinkKind, linkKinds, type Origin, origins } from '../domain/duty-log/seal'
import { type Verdict, verdicts } from '../domain/shift/attendance'
import { type AcceptedVia, acceptedVia } from '../domain/shift/handover'
import { type HandoverForm, type HandoverSection, handoverForms, handoverSections, itemTones } from '../domain/shift/handover-facts'
import { type LeaveKind, leaveKinds } from '../domain/shift/request'
import { AccountNo, EpochMs, Name, orNull, plainText, Role, SeatNo, ShiftSchema, Uuid } from './common'

/** How the duty log's seals, the roster, attendance and handovers travel. What they mean is in `domain/duty-log` and `domain/shift`. */
const closed = { additionalProperties: false } as const
const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: plainText })
const words = (maxLength: number) => Type.String({ maxLength })

export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })
/** `YYYY-MM-DD`, a China date. */
export const ChinaDate = Type.String({ format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

export const StampSchema = Type.Object({ ms: EpochMs, count: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) }, closed)

export const SealSchema = Type.Object(
  {
    keyId: Sha256,
    position: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    stamp: StampSchema,
    previousHash: Sha256,
    hash: Sha256,
    signature: Type.String({ pattern: '^[A-Za-z0-9+/]{86}==$' }),
  },
  closed,
)
export type SealSchema = Static<typeof SealSchema>

export const DutyLogLinkSchema = Type.Object({ to: Type.Enum(Object.keys(linkKinds) as LinkKind[]), id: line(80), label: line(80) }, closed)
export const OriginSchema = Type.Enum(Object.keys(origins) as Origin[])

/** A seat's key: the public half, as SubjectPublicKeyInfo in base64. */
export const SeatKey = Type.Object(
  { keyId: Sha256, seatNo: SeatNo, publicKey: Type.String({ pattern: '^[A-Za-z0-9+/=]{60,120}$' }), registeredAt: EpochMs },
  closed,
)
export type SeatKey = Static<typeof SeatKey>

export const RosterLineSchema = Type.Object(
  { accountNo: AccountNo, name: Name, role: Role, date: ChinaDate, ruleIds: Type.Array(line(40), { minItems: 1, maxItems: 8 }) },
  closed,
)

export const RequestStepSchema = Type.Object(
  {
    by: AccountNo,
    byName: Name,
    as: Type.Enum(['counterpart', 'shiftLead', 'assistant', 'director', 'asker']),
    did: Type.Enum(['agreed', 'refused', 'withdrew', 'proved']),
    at: EpochMs,
    note: words(200),
  },
  closed,
)

const asking = {
  leave: {
    kind: Type.Literal('leave'),
    leave: Type.Enum(Object.keys(leaveKinds) as LeaveKind[]),
    dates: Type.Array(ChinaDate, { minItems: 1, maxItems: 31 }),
    isTold: Type.Boolean(),
    proof: orNull(line(200)),
  },
  swap: { kind: Type.Literal('swap'), date: ChinaDate, withNo: AccountNo, withName: Name, inReturn: orNull(ChinaDate) },
  overtime: { kind: Type.Literal('overtime'), date: ChinaDate, hours: Type.Integer({ minimum: 1, maximum: 24 }) },
}
const reason = { reason: line(200) }
/** As it is asked; who asks, and when, is the session's and the centre's. */
export const RequestDraft = Type.Union([
  Type.Object({ ...asking.leave, ...reason }, closed),
  Type.Object({ ...asking.swap, ...reason }, closed),
  Type.Object({ ...asking.overtime, ...reason }, closed),
])
export type RequestDraft = Static<typeof RequestDraft>
const asked = { requestId: Uuid, accountNo: AccountNo, name: Name, ...reason, askedAt: EpochMs, steps: Type.Array(RequestStepSchema) }
export const ShiftRequestSchema = Type.Union([
  Type.Object({ ...asking.leave, ...asked }, closed),
  Type.Object({ ...asking.swap, ...asked }, closed),
  Type.Object({ ...asking.overtime, ...asked }, closed),
])
export type ShiftRequestSchema = Static<typeof ShiftRequestSchema>

const PersonSchema = Type.Object({ accountNo: AccountNo, name: Name, role: Role }, closed)
const Section = Type.Enum(Object.keys(handoverSections) as HandoverSection[])

export const HandoverItemSchema = Type.Object(
  {
    itemId: line(120),
    section: Section,
    tone: Type.Enum([...itemTones]),
    title: words(200),
    detail: words(2000),
    ownerName: words(80),
    since: orNull(EpochMs),
    dueAt: orNull(EpochMs),
    carried: Type.Integer({ minimum: 0, maximum: 100_000 }),
  },
  closed,
)

const Count = Type.Integer({ minimum: 0, maximum: 100_000_000 })
/** Below nothing when a step from before was taken back. */
const Flow = Type.Integer({ minimum: -1_000_000, maximum: 100_000_000 })
export const FlowCountsSchema = Type.Object(
  { registered: Flow, reopened: Flow, closed: Flow, otherwiseEnded: Flow, filed: Flow, dispatched: Flow },
  closed,
)
export const CaseFlowSchema = Type.Object(
  { countedBy: Type.Enum(['centre', 'seat']), isWhole: Type.Boolean(), since: EpochMs, counts: FlowCountsSchema, open: orNull(Count) },
  closed,
)
export const HandoverFactsSchema = Type.Object(
  {
    cut: Type.Object({ at: EpochMs, log: Type.Record(Sha256, Count), eventSeq: orNull(Count) }, closed),
    cases: Type.Array(
      Type.Object({ queue: line(40), title: line(40), before: orNull(Count), now: Count, amber: Count, red: Count }, closed),
      { maxItems: 40 },
    ),
    /** Left out by posts that do not answer for the hall. */
    flow: Type.Optional(CaseFlowSchema),
    items: Type.Array(HandoverItemSchema, { maxItems: 500 }),
  },
  closed,
)

const Point = { pointId: line(120) }
export const StepWordsSchema = Type.Union([
  Type.Object(
    {
      did: Type.Literal('begin'),
      form: Type.Enum(Object.keys(handoverForms) as HandoverForm[]),
      shift: ShiftSchema,
      next: orNull(ShiftSchema),
      previousId: orNull(Uuid),
      facts: HandoverFactsSchema,
    },
    closed,
  ),
  Type.Object({ did: Type.Literal('refresh'), facts: HandoverFactsSchema }, closed),
  Type.Object({ did: Type.Literal('judge'), judgement: words(4000), focus: words(2000), reminder: words(2000) }, closed),
  Type.Object({ did: Type.Literal('seal'), digest: Sha256 }, closed),
  Type.Object({ did: Type.Enum(['read', 'take']), ...Point }, closed),
  Type.Object({ did: Type.Enum(['ask', 'answer', 'object']), ...Point, text: words(500) }, closed),
  Type.Object(
    {
      did: Type.Literal('accept'),
      digest: words(64),
      via: Type.Enum(Object.keys(acceptedVia) as AcceptedVia[]),
      code: orNull(Type.String({ pattern: '^[0-9]{6}$' })),
    },
    closed,
  ),
  Type.Object({ did: Type.Literal('leave'), reason: words(500), consentBy: orNull(words(80)) }, closed),
  Type.Object({ did: Type.Literal('abandon') }, closed),
])

/** A step with the signature of the seat at which it was made: over the SHA-256 of its canonical text. */
export const HandoverStepSchema = Type.Object(
  {
    stepId: Uuid,
    handoverId: Uuid,
    by: PersonSchema,
    seatNo: SeatNo,
    at: EpochMs,
    stamp: StampSchema,
    words: StepWordsSchema,
    keyId: Sha256,
    signature: Type.String({ pattern: '^[A-Za-z0-9+/]{86}==$' }),
  },
  closed,
)
export type HandoverStepSchema = Static<typeof HandoverStepSchema>

export const AttendanceCorrectionSchema = Type.Object(
  {
    accountNo: AccountNo,
    shiftId: line(60),
    verdict: Type.Enum(Object.keys(verdicts) as Verdict[]),
    reason: line(200),
    byNo: AccountNo,
    byName: Name,
    at: EpochMs,
  },
  closed,
)

export const AttendanceLineSchema = Type.Object({
  accountNo: AccountNo,
  name: Name,
  date: ChinaDate,
  span: ShiftSchema,
  worked: Type.Enum(Object.keys(verdicts) as Verdict[]),
  verdict: Type.Enum(Object.keys(verdicts) as Verdict[]),
  cameAt: orNull(EpochMs),
  leftAt: orNull(EpochMs),
  lateMs: Type.Integer(),
  earlyMs: Type.Integer(),
  awayMs: Type.Integer(),
  awayTimes: Type.Integer(),
  breaks: Type.Integer(),
  breakMs: Type.Integer(),
  points: Type.Integer(),
  leave: orNull(Type.Enum(Object.keys(leaveKinds) as LeaveKind[])),
  correction: orNull(AttendanceCorrectionSchema),
})

export const StatementRowSchema = Type.Object({
  accountNo: AccountNo,
  name: Name,
  duties: Type.Integer(),
  present: Type.Integer(),
  late: Type.Integer(),
  early: Type.Integer(),
  away: Type.Integer(),
  absentDays: Type.Number(),
  leave: Type.Record(Type.Enum(Object.keys(leaveKinds) as LeaveKind[]), Type.Integer()),
  points: Type.Integer(),
  corrected: Type.Integer(),
  breaks: Type.Integer(),
  breakMinutes: Type.Integer(),
  overtimeHours: Type.Integer(),
})

export const LogProofSchema = Type.Object({
  keyId: Sha256,
  seatNo: orNull(SeatNo),
  entries: Type.Integer(),
  last: orNull(Type.Object({ position: Type.Integer(), hash: Sha256 })),
  findings: Type.Array(
    Type.Object({
      kind: Type.Enum(['tampered', 'deleted', 'inserted', 'reordered']),
      keyId: Sha256,
      position: Type.Integer(),
      entryId: orNull(Type.String()),
      because: Type.String(),
    }),
  ),
})
