import { type Static, Type } from 'typebox'
import { type DutyLogKind, dutyLogKinds, dutyLogTextLimit } from '../../domain/duty-log/duty-log'
import { AccountNo, EpochMs, Name, PageQuery, pageOf, plainText, Role, SeatNo, Uuid } from '../common'
import { DutyLogLinkSchema, HandoverStepSchema, LogProofSchema, OriginSchema, SealSchema, SeatKey, Sha256 } from '../shift-shapes'
import { route } from './route'

export const DutyLogKindSchema = Type.Enum(Object.keys(dutyLogKinds) as DutyLogKind[])

/**
 * What the seal is over besides the words (`domain/duty-log/seal.ts`). Left out, all of it, by whoever has no seat with a key: such an entry is kept and
 * shown as unsealed.
 */
const sealedFields = {
  origin: Type.Optional(OriginSchema),
  corrects: Type.Optional(Type.Union([Uuid, Type.Null()])),
  links: Type.Optional(Type.Array(DutyLogLinkSchema, { maxItems: 20 })),
  seal: Type.Optional(SealSchema),
}

/** What the seat sends. The id is made at the seat when the entry is written; `writtenAt` is the writer's time corrected by the known clock offset. */
export const DutyLogDraft = Type.Object(
  {
    entryId: Uuid,
    kind: DutyLogKindSchema,
    text: Type.String({ minLength: 1, maxLength: dutyLogTextLimit }),
    shiftId: Type.Union([Type.String({ maxLength: 60, pattern: plainText }), Type.Null()]),
    writtenAt: EpochMs,
    ...sealedFields,
    /** As the seat knew it when it sealed; the account's name of today otherwise. */
    authorName: Type.Optional(Name),
  },
  { additionalProperties: false },
)
export type DutyLogDraft = Static<typeof DutyLogDraft>

export const DutyLogEntry = Type.Object({
  entryId: Uuid,
  kind: DutyLogKindSchema,
  text: Type.String(),
  shiftId: Type.Union([Type.String(), Type.Null()]),
  authorNo: AccountNo,
  authorName: Name,
  authorRole: Role,
  seatNo: SeatNo,
  writtenAt: EpochMs,
  /** When central stored it. Far from `writtenAt` means it was written offline. */
  receivedAt: EpochMs,
  ...sealedFields,
})
export type DutyLogEntry = Static<typeof DutyLogEntry>

/** Words that must all stand in an entry, and what narrows them; without words, everything that fits, newest first. */
export const DutyLogSearch = Type.Object(
  {
    ...PageQuery,
    q: Type.Optional(Type.String({ minLength: 1, maxLength: 60, pattern: plainText })),
    kind: Type.Optional(DutyLogKindSchema),
    origin: Type.Optional(OriginSchema),
    seatNo: Type.Optional(SeatNo),
    authorNo: Type.Optional(AccountNo),
    from: Type.Optional(EpochMs),
    until: Type.Optional(EpochMs),
  },
  { additionalProperties: false },
)

export const Month = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' })

/** A month of the log as it is archived: every chain from its first to its last entry in the month, with where it hangs on, and what proves it. */
export const DutyLogArchive = Type.Object({
  month: Month,
  at: EpochMs,
  entries: Type.Array(DutyLogEntry),
  keys: Type.Array(SeatKey),
  /** For chains that were longer before this month: the entry that the first one here hangs on. */
  starts: Type.Array(Type.Object({ keyId: Sha256, position: Type.Integer({ minimum: 1 }), hash: Sha256 })),
  handovers: Type.Array(HandoverStepSchema),
  proofs: Type.Array(LogProofSchema),
  unsealed: Type.Integer(),
})
export type DutyLogArchive = Static<typeof DutyLogArchive>

const writers = [
  'intake',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'opinionMonitor',
  'wallOperator',
  'commander',
  'assistant',
  'director',
] as const

export const dutyLogRoutes = {
  'dutyLog.append': route({
    method: 'POST',
    path: '/dutyLog',
    tag: 'dutyLog',
    roles: writers,
    summary: '记一条工作日志',
    status: 201,
    idempotent: true,
    bodyLimitBytes: 32_768,
    body: DutyLogDraft,
    response: DutyLogEntry,
    errors: ['dutyLog/empty', 'dutyLog/tooLong', 'dutyLog/monthClosed', 'dutyLog/sealBroken', 'record/exists'],
  }),
  'dutyLog.list': route({
    method: 'GET',
    path: '/dutyLog',
    tag: 'dutyLog',
    roles: [...writers, 'admin'],
    summary: '工作日志，新的在前',
    query: Type.Object({ ...PageQuery, from: Type.Optional(EpochMs), until: Type.Optional(EpochMs) }, { additionalProperties: false }),
    response: pageOf(DutyLogEntry),
    errors: [],
  }),
  'dutyLog.search': route({
    method: 'GET',
    path: '/dutyLog/search',
    tag: 'dutyLog',
    roles: [...writers, 'admin'],
    summary: '查工作日志，历年的都在',
    query: DutyLogSearch,
    response: pageOf(DutyLogEntry),
    errors: [],
  }),
  'dutyLog.archive': route({
    method: 'GET',
    path: '/dutyLog/archive',
    tag: 'dutyLog',
    roles: [...writers, 'admin'],
    summary: '一个月的工作日志与交接，连同封签和验证，供归档',
    query: Type.Object({ month: Month }, { additionalProperties: false }),
    response: DutyLogArchive,
    errors: [],
  }),
  'dutyLog.verify': route({
    method: 'GET',
    path: '/dutyLog/proof',
    tag: 'dutyLog',
    roles: [...writers, 'admin'],
    summary: '验证工作日志：各坐席的链与签名',
    response: Type.Object({ proofs: Type.Array(LogProofSchema), unsealed: Type.Integer(), at: EpochMs }),
    errors: [],
  }),
} as const
