import { type Static, Type } from 'typebox'
import { CallerKnown } from '../caller-shapes'
import { EpochMs, Uuid } from '../common'

/** Callers on screen: one for every incoming call that lives, and for the last one that ended, while its report is being written. */
export const CallerView = Type.Object({
  callId: Uuid,
  /** Null: withheld, an extension, or nothing is known yet. */
  known: Type.Union([CallerKnown, Type.Null()]),
  /** `seat`: from what this seat keeps, which is partly masked and may be old. `none`: nobody can be looked for without a number. */
  from: Type.Enum(['none', 'seat', 'centre']),
  /** When the centre said so, or when this seat last heard of callers; null: never. */
  readAt: Type.Union([EpochMs, Type.Null()]),
  isAsking: Type.Boolean(),
  /** Why the centre did not answer. */
  reason: Type.Union([Type.String(), Type.Null()]),
})
export type CallerView = Static<typeof CallerView>
export const CallersView = Type.Object({ callers: Type.Array(CallerView) })
export type CallersView = Static<typeof CallersView>
