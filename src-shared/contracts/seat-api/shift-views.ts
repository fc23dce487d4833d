import { type Static, Type } from 'typebox'
import type { Handover } from '../../domain/shift/handover'
import { AccountNo, EpochMs, orNull, Uuid } from '../common'

/** Handovers of the last days, the newest first, as their steps fold; whatever is in one was checked step by step when it was taken in. */
export const HandoverView = Type.Object({
  handovers: Type.Array(Type.Unsafe<Handover>(Type.Object({ handoverId: Uuid, stage: Type.String() }))),
  /** Six digits to be read aloud, for those that wait to be accepted. */
  codes: Type.Array(Type.Object({ handoverId: Uuid, code: Type.String() })),
  /** Who gave their password at this seat to take over. */
  entered: Type.Array(Type.Object({ handoverId: Uuid, accountNo: AccountNo, name: Type.String() })),
})
/** A seat that its person left without a break chosen before (`domain/shift/leaving.ts`); `breakName`: one that was. Null: somebody is there. */
export const PostView = orNull(
  Type.Object({ since: EpochMs, breakName: orNull(Type.String()), warnAt: orNull(EpochMs), limitAt: orNull(EpochMs) }),
)
export type PostView = Static<typeof PostView>
export type HandoverView = Static<typeof HandoverView>
