import { Type } from 'typebox'
import { Uuid } from '../common'
import { EquipmentDraft, EquipmentSchema, RepairStepDraft, RepairStepSchema } from '../equipment-shapes'
import { route } from './route'
import { shiftPosts } from './shift'

/** The ledger of equipment (live: one truth) and repair orders (records: a fault is reported also while the centre is away). */
export const equipmentWriters = ['shiftLead', 'assistant', 'director', 'commander', 'admin'] as const
export const equipmentReaders = [...shiftPosts, 'admin'] as const

export const equipmentRoutes = {
  'equipment.list': route({
    method: 'GET',
    path: '/equipment',
    tag: 'shift',
    roles: equipmentReaders,
    summary: '设备台账，与未了和近六十天的报障单各步',
    response: Type.Object({ items: Type.Array(EquipmentSchema), steps: Type.Array(RepairStepSchema) }),
    errors: [],
  }),
  'equipment.write': route({
    method: 'PUT',
    path: '/equipment/{equipmentId}',
    tag: 'shift',
    roles: equipmentWriters,
    summary: '台账里添一件设备，或改一件',
    idempotent: true,
    params: Type.Object({ equipmentId: Uuid }),
    body: EquipmentDraft,
    response: EquipmentSchema,
    errors: ['equipment/numberTaken'],
  }),
  'repairs.step': route({
    method: 'POST',
    path: '/repairs/{orderId}/steps',
    tag: 'shift',
    roles: equipmentReaders,
    summary: '报障单的一步：报障、派修、修好、验收、退回、撤回',
    status: 201,
    idempotent: true,
    params: Type.Object({ orderId: Uuid }),
    body: RepairStepDraft,
    response: RepairStepSchema,
    errors: ['record/exists', 'repair/notYours'],
  }),
} as const
