import { type Static, Type } from 'typebox'
import { EpochMs } from '../common'
import { WallId, WallWithLog } from '../wall-shapes'

/** The walls as this seat knows them. `readAt` null: never read, or not for this post. */
export const WallsView = Type.Object({
  walls: Type.Array(WallWithLog),
  readAt: Type.Union([EpochMs, Type.Null()]),
  /** Which wall this workstation drives, and how that goes; null: none. */
  drives: Type.Union([
    Type.Object({ wallId: WallId, product: Type.String(), isConnected: Type.Boolean(), message: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
})
export type WallsView = Static<typeof WallsView>
