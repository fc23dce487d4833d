import { type Static, Type } from 'typebox'
import { roleIds } from '../domain/account/role'
import type { EntryContent, EntryKind, FileState, QualityEntry } from '../domain/quality/file'
import { entryKinds, fileStates } from '../domain/quality/file'
import { AccountNo, EpochMs, Line, Name, orNull, plainText, SeatNo, Uuid, Words } from './common'

/** Shapes of 质检: the form as a reference document, entries of a call's quality file, rows of the lists. What they mean is in `domain/quality`. */
const closed = { additionalProperties: false }
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]

const ItemId = Type.String({ pattern: '^[A-Za-z0-9]{1,40}$' })
const Short = Type.String({ minLength: 1, maxLength: 60, pattern: plainText })
/** Something must stand in it. */
const Reason = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^(?=[^]*\\S)[^\\u0000-\\u0009\\u000b-\\u001f\\u007f]*$' })

const FormItemSchema = Type.Object(
  {
    itemId: ItemId,
    title: Short,
    points: Type.Integer({ minimum: 0, maximum: 10 }),
    isVeto: Type.Boolean(),
    hint: Line(200),
    source: Line(200),
    measured: orNull(Type.Enum(['answerWait', 'endedBy'])),
  },
  closed,
)

/** 质检评分表 as a reference document. The centre numbers its versions. */
export const QualityFormDocument = Type.Object(
  {
    kind: Type.Literal('qualityForm'),
    formId: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }),
    version: Type.Integer({ minimum: 1 }),
    title: Short,
    sections: Type.Array(Type.Object({ title: Short, items: Type.Array(FormItemSchema, { minItems: 1, maxItems: 30 }) }, closed), {
      minItems: 1,
      maxItems: 12,
    }),
    editors: Type.Array(Type.Enum([...roleIds]), { minItems: 1, maxItems: 6, uniqueItems: true }),
    passMark: Type.Integer({ minimum: 0, maximum: 100 }),
    appealDays: Type.Integer({ minimum: 1, maximum: 60 }),
    plan: Type.Object({ share: Type.Number({ minimum: 0, maximum: 1 }), minimum: Type.Integer({ minimum: 0, maximum: 100 }) }, closed),
  },
  closed,
)
export type QualityFormDocument = Static<typeof QualityFormDocument>

const ItemAnswerSchema = Type.Object(
  {
    itemId: ItemId,
    result: Type.Union([Type.Integer({ minimum: 0, maximum: 10 }), Type.Enum(['notApplicable', 'kept', 'breached'])]),
    remark: Words(500),
    atMs: orNull(Type.Integer({ minimum: 0, maximum: 86_400_000 })),
  },
  closed,
)
const SheetSchema = Type.Object(
  { formVersion: Type.Integer({ minimum: 1 }), answers: Type.Array(ItemAnswerSchema, { minItems: 1, maxItems: 360 }), words: Words(1_000) },
  closed,
)

const contents = {
  score: { kind: Type.Literal('score'), sheet: SheetSchema },
  correct: { kind: Type.Literal('correct'), sheet: SheetSchema, reason: Reason },
  appeal: { kind: Type.Literal('appeal'), reason: Reason },
  decide: { kind: Type.Literal('decide'), sheet: orNull(SheetSchema), reason: Reason },
  calibrate: { kind: Type.Literal('calibrate'), reviewers: Type.Array(AccountNo, { minItems: 2, maxItems: 8, uniqueItems: true }) },
  drop: { kind: Type.Literal('drop'), reason: Reason },
  agree: { kind: Type.Literal('agree'), sheet: SheetSchema, reason: Reason },
} as const

export const EntryContentSchema = Type.Unsafe<EntryContent>(
  Type.Union(Object.values(contents).map((content) => Type.Object(content, closed))),
)
/** As a seat sends it: when it was written, by the seat's clock. */
export const QualityEntryDraft = Type.Object({ content: EntryContentSchema, at: EpochMs }, closed)

const kept = {
  entryId: Uuid,
  at: EpochMs,
  byNo: AccountNo,
  byName: Name,
  total: orNull(Type.Number({ minimum: 0, maximum: 100 })),
  isVetoed: Type.Boolean(),
}
export const QualityEntrySchema = Type.Unsafe<QualityEntry>(
  Type.Union(Object.values(contents).map((content) => Type.Object({ ...content, ...kept }))),
)

export const EntryKindSchema = Type.Enum(keysOf<EntryKind>(entryKinds))
const FileStateSchema = Type.Enum(keysOf<FileState>(fileStates))

export const AudioEvidenceSchema = Type.Object({
  fault: Type.Enum(['mos', 'loss', 'callerSilent', 'seatSilent']),
  value: Type.Number(),
  limit: Type.Number(),
})

/** A call with what 质检 came to, as its reader may see it. */
export const QualityCall = Type.Object({
  callId: Uuid,
  agentNo: AccountNo,
  agentName: Name,
  seatNo: SeatNo,
  direction: Type.Enum(['incoming', 'outgoing']),
  startedAt: EpochMs,
  answeredAt: EpochMs,
  endedAt: EpochMs,
  caseNo: orNull(Type.String()),
  state: FileStateSchema,
  /** Why its sound keeps it out of scores; none: it counts. */
  evidence: Type.Array(AudioEvidenceSchema),
  /** The score that counts; null: none, or not for this viewer yet. */
  total: orNull(Type.Number()),
  isVetoed: Type.Boolean(),
  /** Until when the agent may appeal; null: not, or no more. */
  appealUntil: orNull(EpochMs),
  /** Of a calibration: who is still waited for, by account. */
  waitsFor: Type.Array(AccountNo),
})
export type QualityCall = Static<typeof QualityCall>

/** A call in the list of a month. */
export const QualityRow = Type.Object({
  ...QualityCall.properties,
  /** Drawn by the plan of its month; a call that is not was taken up for itself, or is left out for its sound. */
  isDrawn: Type.Boolean(),
})
export type QualityRow = Static<typeof QualityRow>

export const AgentQualitySchema = Type.Object({
  agentNo: AccountNo,
  agentName: Name,
  calls: Type.Integer(),
  drawn: Type.Integer(),
  scored: Type.Integer(),
  mean: orNull(Type.Number()),
  passed: Type.Integer(),
  vetoed: Type.Integer(),
  excluded: Type.Integer(),
  appeals: Type.Integer(),
  rated: Type.Integer(),
  satisfied: Type.Integer(),
})

/** News of a file. For the agent only what counts for them; `total` is for the agent alone. */
export const QualityNews = Type.Object({
  callId: Uuid,
  callAt: EpochMs,
  agentNo: AccountNo,
  agentName: Name,
  kind: EntryKindSchema,
  byNo: AccountNo,
  byName: Name,
  isForAgent: Type.Boolean(),
  total: orNull(Type.Number()),
  isVetoed: Type.Boolean(),
  /** Who is asked to score, of `calibrate`. */
  reviewers: Type.Array(AccountNo),
})
export type QualityNews = Static<typeof QualityNews>
