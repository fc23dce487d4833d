import { type Static, Type } from 'typebox'
import { followUpOutcomes } from '../domain/case/inputs'
import { maybeReasons } from '../domain/case/known-caller'
import { WrapUpCodeSchema } from './call-shapes'
import { CaseRowSchema } from './case-shapes'
import { EpochMs, orNull, Uuid } from './common'

/** What is known of a caller, as centre and seat tell it. The rules over it are in `domain/caller`. */
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[]
export const GenderSchema = Type.Enum(['male', 'female', 'unknown'])

/** An earlier call of the line, without what its taker noted down: that is for those who review calls. */
export const EarlierCall = Type.Object({
  callId: Uuid,
  startedAt: EpochMs,
  /** Null: nobody answered. */
  answeredAt: orNull(EpochMs),
  direction: Type.Enum(['incoming', 'outgoing']),
  /** Who took it; null when nobody did. */
  agentName: orNull(Type.String()),
  wrapUpCode: orNull(WrapUpCodeSchema),
})
export type EarlierCall = Static<typeof EarlierCall>

export const CallerKnown = Type.Object({
  names: Type.Array(Type.Object({ name: Type.String(), gender: GenderSchema, times: Type.Integer(), lastAt: EpochMs })),
  /** Open ones first; only what the viewer may see, and no count tells of more. */
  cases: Type.Array(CaseRowSchema),
  total: Type.Integer({ minimum: 0 }),
  /** The newest first. */
  calls: Type.Array(EarlierCall),
  callTotal: Type.Integer({ minimum: 0 }),
  lastFollowUp: orNull(Type.Object({ outcome: Type.Enum(keysOf(followUpOutcomes)), at: EpochMs })),
  /** Perhaps of the same caller, each with the reason why it is only a guess. */
  maybes: Type.Array(Type.Object({ row: CaseRowSchema, reason: Type.Enum(keysOf(maybeReasons)) })),
})
export type CallerKnown = Static<typeof CallerKnown>

/** Of a case with a caller, what a seat keeps so that it knows a caller while the centre is away: the line only as a keyed hash, the name masked. */
export const CallerCase = Type.Object({
  /** HMAC-SHA-256 of the line under the centre's key, 32 hexadecimal digits. */
  lineKey: Type.String({ pattern: '^[0-9a-f]{32}$' }),
  name: Type.String(),
  gender: GenderSchema,
  row: CaseRowSchema,
})
export type CallerCase = Static<typeof CallerCase>
