import { Type } from 'typebox'
import { equipmentRoutes, equipmentWriters } from '../../central-api/equipment'
import { shiftPosts } from '../../central-api/shift'
import { Empty, Uuid } from '../../common'
import { EquipmentDraft, RepairDeedSchema, reportFields } from '../../equipment-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Equipment: the ledger is written live at the centre, a repair order is a record of this seat. */
const disk = ['store/full', 'store/readOnly'] as const

export const equipmentCommands = {
  'equipment.write': command({
    summary: '台账里添一件设备，或改一件；不给编号的是新的',
    allowed: equipmentWriters,
    effect: 'live',
    input: Type.Object({ equipmentId: Type.Optional(Uuid), equipment: EquipmentDraft }, closed),
    output: equipmentRoutes['equipment.write'].response,
    errors: [...central, ...equipmentRoutes['equipment.write'].errors],
  }),
  'repairs.report': command({
    summary: '报障',
    allowed: shiftPosts,
    effect: 'queued',
    input: Type.Object(reportFields, closed),
    output: Type.Object({ orderId: Uuid, label: Type.String() }),
    errors: [...disk],
  }),
  'repairs.act': command({
    summary: '报障单：派修、修好、验收、退回、撤回',
    allowed: shiftPosts,
    effect: 'queued',
    input: Type.Object({ orderId: Uuid, deed: RepairDeedSchema }, closed),
    output: Empty,
    errors: [...disk, 'record/notFound', 'repair/notNow', 'repair/ownWork', 'repair/notYours'],
  }),
} as const
