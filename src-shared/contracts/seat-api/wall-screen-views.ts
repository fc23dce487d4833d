import { type Static, Type } from 'typebox'
import { orNull } from '../common'
import { ContentSchema, LayoutSchema, WallId, WallSizeSchema } from '../wall-shapes'

/** The software wall of this workstation: windows that fill other displays, each a part of the wall. */
/** Number of a window of the software wall, as its configuration counts them from 1. */
export const ScreenNo = Type.Integer({ minimum: 1, maximum: 16 })

/** Lines that a cell shows when it shows something else than a picture: read by the core, so that the wall goes on while the seat is locked. */
const CellFacts = Type.Object({
  title: Type.String(),
  rows: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), tone: Type.Enum(['none', 'green', 'amber', 'red']) })),
})

/** Parts of a wall in screens: 1 is the width or height of one. */
const Part = Type.Object({ x: Type.Number(), y: Type.Number(), width: Type.Number(), height: Type.Number() })

/** What the windows of the wall are to show. Null: this workstation has no software wall, or nobody who may drive it is signed in. */
export const WallScreensView = orNull(
  Type.Object({
    wallId: WallId,
    name: Type.String(),
    size: WallSizeSchema,
    /** Grows with everything that is to be shown; a window reports with the number that it shows. */
    order: Type.Integer(),
    isOn: Type.Boolean(),
    isDemonstration: Type.Boolean(),
    /** Null: no layout was given yet. */
    layout: orNull(LayoutSchema),
    cells: Type.Array(Type.Object({ cell: Type.Integer(), content: orNull(ContentSchema), facts: orNull(CellFacts) })),
    screens: Type.Array(
      Type.Object({
        screen: ScreenNo,
        part: Part,
        /** `shown`: its window reports; `silent`: it did and no longer does; `closed`: there is none. */
        state: Type.Enum(['shown', 'silent', 'closed']),
        /** Of the display that it fills; null: an ordinary window. */
        display: orNull(Type.String()),
      }),
    ),
  }),
)
export type WallScreensView = Static<typeof WallScreensView>
