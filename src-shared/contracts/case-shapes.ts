import { type Static, Type } from 'typebox'
import { roleIds } from '../domain/account/role'
import { actionIds } from '../domain/case/actions'
import { followUpOutcomes, noteKinds, oversightLevels, replyWayIds } from '../domain/case/inputs'
import { queueIds } from '../domain/case/queues'
import { callClassIds, replyMethodIds, urgencyIds } from '../domain/case/reception'
import { replyStateIds } from '../domain/case/reply'
import { caseSourceIds, caseStateIds, stageIds } from '../domain/case/states'
import { limitUnits } from '../domain/clock/limit'
import { AccountNo, DepartmentCode, EpochMs, Line, Name, orNull, Uuid, Version, Words } from './common'
import { QuotedSchema } from './knowledge-shapes'

/**
 * Shapes of a case that several contracts share: what travels between server, seat and windows. The rules behind them are in `domain/case`. Free text
 * may hold any characters that are not controls other than line breaks; it is text everywhere and never markup.
 */
const closed = { additionalProperties: false }
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[]

export { Line, Words }

export const CaseStateSchema = Type.Enum([...caseStateIds])
export const CaseSourceSchema = Type.Enum([...caseSourceIds])
export const ActionIdSchema = Type.Enum([...actionIds])
export const QueueIdSchema = Type.Enum([...queueIds])
export const CaseNo = Type.String({ pattern: '^\\d{8}-\\d{4,6}$', description: '案卷号，如 20261120-0388' })
export const Position = Type.Object(
  { lng: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
  closed,
)
export const LimitSchema = Type.Object(
  { value: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }), unit: Type.Enum(keysOf(limitUnits)) },
  closed,
)
const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const kind = Type.Enum(['component', 'event'])

const placeFields = {
  address: Line(200),
  position: orNull(Position),
  gridCode: orNull(Type.String({ pattern: '^\\d{15}$' })),
  communityCode: orNull(Type.String({ pattern: '^\\d{12}$' })),
  streetCode: orNull(Type.String({ pattern: '^\\d{9}$' })),
  componentCode: orNull(Type.String({ pattern: '^\\d{16,17}$' })),
}
const classFields = {
  kind,
  standard: Line(40),
  subclassCode: Type.String({ pattern: '^[0-9]{0,6}$' }),
  subclassName: Line(60),
  majorName: Line(60),
}

export const ReceptionSchema = Type.Object(
  {
    callId: orNull(Uuid),
    callClass: Type.Enum([...callClassIds]),
    urgency: Type.Enum([...urgencyIds]),
    callerPlace: Line(200),
    isConfidential: Type.Boolean(),
    replyMethod: orNull(Type.Enum([...replyMethodIds])),
    requirement: Line(200),
  },
  closed,
)

/** The longest description that is kept: 5000 characters. */
export const descriptionLimit = 5_000

export const CaseFactsSchema = Type.Object(
  {
    source: CaseSourceSchema,
    ...classFields,
    description: Words(descriptionLimit),
    ...placeFields,
    isUrgent: Type.Boolean(),
    isSensitive: Type.Boolean(),
    namedAgents: Type.Array(AccountNo, { maxItems: 20 }),
    hasCitizen: Type.Boolean(),
    wantsReply: Type.Boolean(),
    mayNotBeCalled: Type.Boolean(),
    cameraNo: orNull(Line(20)),
    external: orNull(Type.Object({ platform: Line(60), no: Line(60), replyBy: orNull(EpochMs), link: Type.Optional(Line(300)) }, closed)),
    instruction: orNull(Type.Object({ by: Line(40), text: Words(1000) }, closed)),
    reception: Type.Optional(orNull(ReceptionSchema)),
  },
  closed,
)

const FactChange = Type.Partial(
  Type.Object({
    ...classFields,
    description: Words(descriptionLimit),
    ...placeFields,
    isUrgent: Type.Boolean(),
    isSensitive: Type.Boolean(),
    namedAgents: Type.Array(AccountNo, { maxItems: 20 }),
    mayNotBeCalled: Type.Boolean(),
  }),
  closed,
)

const ids = Type.Array(Uuid, { maxItems: 20, uniqueItems: true })
export const ActionInputSchema = Type.Partial(
  Type.Object({
    opinion: Words(2000),
    reason: Words(2000),
    conditionId: Line(60),
    collectorNo: AccountNo,
    requirement: Words(500),
    conclusion: Type.Enum(['true', 'false', 'notFound']),
    solved: Type.Boolean(),
    photoIds: ids,
    documentIds: ids,
    approvalNote: Words(1000),
    departmentCode: DepartmentCode,
    departmentName: Line(100),
    cooperating: Type.Array(Type.Object({ code: DepartmentCode, name: Line(100) }, closed), { maxItems: 10 }),
    limit: LimitSchema,
    legalBasis: Words(500),
    otherCaseId: Uuid,
    otherCaseNo: CaseNo,
    answer: Words(2000),
    quoted: QuotedSchema,
    reviewOn: DateText,
    extraValue: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
    requestId: Type.String({ pattern: '^\\d{1,6}$' }),
    suggestedDepartmentCode: DepartmentCode,
    citizenInformed: Type.Boolean(),
    outcome: Type.Enum(keysOf(followUpOutcomes)),
    noteKind: Type.Enum(keysOf(noteKinds)),
    method: Type.Enum(['platform', 'phone', 'message', 'onSite']),
    dueAt: EpochMs,
    oversightLevel: Type.Enum(keysOf(oversightLevels)),
    facts: FactChange,
    photoId: Uuid,
    annotations: Type.Array(Type.Unknown(), { maxItems: 50 }),
    position: Position,
    checklist: Type.Array(Line(60), { maxItems: 30 }),
    isReviewed: Type.Boolean(),
    undoes: Type.Integer({ minimum: 1 }),
    replyWay: Type.Enum([...replyWayIds]),
    returnedAt: EpochMs,
    /** Written by the centre. */
    replyVia: Line(60),
    /** Of notes that wait at a seat: when they were written there. What cannot be is not believed. */
    madeAt: EpochMs,
  }),
  closed,
)
export type ActionInputSchema = Static<typeof ActionInputSchema>

const RowClock = Type.Object({
  of: Type.Enum(['node', 'handling']),
  limit: LimitSchema,
  extraMs: Type.Number(),
  startedAt: EpochMs,
  amberAt: EpochMs,
  dueAt: EpochMs,
  pausedMs: Type.Number(),
  pausedSince: orNull(EpochMs),
  stoppedAt: orNull(EpochMs),
})

const RowRequest = Type.Object({
  requestId: Type.String(),
  kind: Type.Enum(['extend', 'suspend', 'sendBack', 'void', 'closeWithoutCheck']),
  state: Type.Enum(['pending', 'reviewed']),
  at: EpochMs,
  byName: Type.String(),
  with: Type.Array(Type.Enum([...roleIds])),
})

const RowReply = Type.Object({
  state: Type.Enum([...replyStateIds]),
  at: EpochMs,
  byName: Type.String(),
  via: orNull(Type.String()),
  isUndelivered: Type.Boolean(),
  deliveredAt: orNull(EpochMs),
})

/** As `domain/case/row`. */
export const CaseRowSchema = Type.Object({
  caseId: Uuid,
  caseNo: CaseNo,
  version: Version,
  state: CaseStateSchema,
  stage: Type.Enum([...stageIds]),
  source: CaseSourceSchema,
  kind,
  standard: Type.String(),
  subclassCode: Type.String(),
  subclassName: Type.String(),
  summary: Type.String(),
  address: Type.String(),
  position: orNull(Position),
  gridCode: orNull(Type.String()),
  communityCode: orNull(Type.String()),
  streetCode: orNull(Type.String()),
  departmentCode: orNull(Type.String()),
  departmentName: orNull(Type.String()),
  cooperatingCodes: Type.Array(Type.String()),
  collectorNo: orNull(AccountNo),
  beganAt: EpochMs,
  enteredAt: EpochMs,
  endedAt: orNull(EpochMs),
  clock: orNull(RowClock),
  replyBy: orNull(EpochMs),
  isUrgent: Type.Boolean(),
  isSensitive: Type.Boolean(),
  isRecused: Type.Boolean(),
  proposal: orNull(Type.Enum(['file', 'decline'])),
  verification: orNull(Type.Enum(['true', 'false', 'notFound'])),
  isSolved: orNull(Type.Boolean()),
  isWithoutCheck: Type.Boolean(),
  photoCount: Type.Integer(),
  request: orNull(RowRequest),
  reworks: Type.Integer(),
  sentBacks: Type.Integer(),
  urges: Type.Integer(),
  overseenUntil: orNull(EpochMs),
  needsFollowUp: Type.Boolean(),
  /** Both absent in rows of before there were replies. */
  reply: Type.Optional(orNull(RowReply)),
  needsReply: Type.Optional(Type.Boolean()),
})
export type CaseRowSchema = Static<typeof CaseRowSchema>

export const CaseActorSchema = Type.Object({
  accountNo: Type.String(),
  /** Of a collector, masked for whoever may not see it. */
  name: Type.String(),
  role: Type.Enum([...roleIds, 'system', 'platform']),
  departmentCode: orNull(Type.String()),
})

export const HistoryEntrySchema = Type.Object({
  seq: Version,
  at: EpochMs,
  action: Type.Enum([...actionIds, 'register', 'undo']),
  by: CaseActorSchema,
  from: orNull(CaseStateSchema),
  to: CaseStateSchema,
  input: ActionInputSchema,
})

/** A citizen or a reporter as a person, on the way in. */
export const PersonInput = Type.Object(
  { name: Line(40), number: Type.String({ maxLength: 30, pattern: '^[0-9+*#() -]*$' }), gender: Type.Enum(['male', 'female', 'unknown']) },
  closed,
)
export type PersonInput = Static<typeof PersonInput>

/** A person on screen: masked. The full words come only from `cases.reveal`. */
export const MaskedPerson = Type.Object({ name: Type.String(), number: Type.String(), gender: Type.Enum(['male', 'female', 'unknown']) })

export const CaseAttachment = Type.Object({
  attachmentId: Uuid,
  purpose: Type.Enum(['report', 'verification', 'before', 'after', 'check', 'document', 'other']),
  fileName: Type.String(),
  mediaType: Type.String(),
  bytes: Type.Integer(),
  width: orNull(Type.Integer()),
  height: orNull(Type.Integer()),
  takenAt: orNull(EpochMs),
  uploadedAt: EpochMs,
  /** Metres between where the picture says it was taken and the place of the case. */
  distanceM: orNull(Type.Number()),
  /** Where it was taken, as the picture says, else as its sender said; for those who may see where a case comes from. Absent in older copies. */
  position: Type.Optional(orNull(Position)),
  /** History entry that brought it. */
  seq: Version,
})
export type CaseAttachment = Static<typeof CaseAttachment>

export const CaseLock = Type.Object({ accountNo: AccountNo, name: Name, seatNo: Type.String(), until: EpochMs })
export type CaseLock = Static<typeof CaseLock>

/** Everything about one case that the viewer may see. `progressOf({facts, photoIds}, history)` gives its state and clocks. */
export const CaseDetail = Type.Object({
  row: CaseRowSchema,
  /** As registered; amendments are in the history. */
  beginning: Type.Object({ facts: CaseFactsSchema, photoIds: Type.Array(Uuid) }),
  history: Type.Array(HistoryEntrySchema),
  attachments: Type.Array(CaseAttachment),
  citizen: orNull(MaskedPerson),
  lock: orNull(CaseLock),
  related: Type.Array(CaseRowSchema),
  profileId: Type.String(),
})
export type CaseDetail = Static<typeof CaseDetail>
