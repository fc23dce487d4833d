import { type Static, Type } from 'typebox'
import { type Equipment, type EquipmentKind, type EquipmentState, equipmentKinds, equipmentStates } from '../domain/equipment/equipment'
import type { RepairOrder, RepairStep, RepairWords } from '../domain/equipment/repair'
import { AccountNo, EpochMs, Name, orNull, plainText, SeatNo, Uuid } from './common'

/** How the ledger of equipment and repair orders travel; what they mean is in `domain/equipment`. */
const closed = { additionalProperties: false } as const
const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: plainText })
const words = (maxLength: number) => Type.String({ maxLength, pattern: plainText })

const fields = {
  equipmentNo: line(40),
  kind: Type.Enum(Object.keys(equipmentKinds) as EquipmentKind[]),
  name: line(60),
  place: words(60),
  state: Type.Enum(Object.keys(equipmentStates) as EquipmentState[]),
  warrantyUntil: orNull(Type.String({ format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })),
  note: words(200),
}
export const EquipmentDraft = Type.Unsafe<Omit<Equipment, 'equipmentId'>>(Type.Object(fields, closed))
export const EquipmentSchema = Type.Unsafe<Equipment>(Type.Object({ equipmentId: Uuid, ...fields }, closed))

export const reportFields = {
  equipmentId: orNull(Uuid),
  what: line(80),
  place: words(60),
  fault: line(300),
  isUrgent: Type.Boolean(),
}
const note = { note: words(200) }
/** What is done to an order that exists. */
export const RepairDeedSchema = Type.Union([
  Type.Object({ did: Type.Enum(['assign', 'done']), who: line(40), ...note }, closed),
  Type.Object({ did: Type.Enum(['accept', 'return', 'withdraw']), ...note }, closed),
])
export const RepairWordsSchema = Type.Unsafe<RepairWords>(
  Type.Union([Type.Object({ did: Type.Literal('report'), label: line(30), ...reportFields }, closed), ...RepairDeedSchema.anyOf]),
)
/** As a seat sends it: who did it is the session's. */
export const RepairStepDraft = Type.Unsafe<Omit<RepairStep, 'byNo' | 'byName' | 'seatNo' | 'orderId'>>(
  Type.Object({ stepId: Uuid, at: EpochMs, words: RepairWordsSchema }, closed),
)
export const RepairStepSchema = Type.Unsafe<RepairStep>(
  Type.Object(
    { stepId: Uuid, orderId: Uuid, at: EpochMs, byNo: AccountNo, byName: Name, seatNo: SeatNo, words: RepairWordsSchema },
    closed,
  ),
)

/** `readAt` null: never read at this seat. Orders are the fold of the steps. */
export const EquipmentView = Type.Object({
  items: Type.Array(EquipmentSchema),
  orders: Type.Array(Type.Unsafe<RepairOrder>(Type.Object({ orderId: Uuid, state: Type.String() }))),
  readAt: orNull(EpochMs),
})
export type EquipmentView = Static<typeof EquipmentView>
