import { err, ok } from '#shared/base/result'
import { equipmentReaders } from '#shared/contracts/central-api/equipment'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { Equipment } from '#shared/domain/equipment/equipment'
import { equipmentKeepers, type RepairStep } from '#shared/domain/equipment/repair'
import { insertRepairStep, listEquipment, listRepairSteps, putEquipment } from '../../store/equipment-store'
import { audit } from '../audit'
import type { Answer, Ask, Services } from '../services'

/**
 * The ledger of equipment, and repair orders as seats bring them. The centre does not judge where a step stands: two seats may have worked alone, and every
 * reader folds the same steps to the same order.
 */
const shownMs = 60 * 86_400_000

export async function readEquipment({ db, clock }: Services): Answer<OutputOf<'equipment.list'>> {
  return ok({ items: [...(await listEquipment(db))], steps: [...(await listRepairSteps(db, clock.now() - shownMs))] })
}

export function writeEquipment(services: Services, ask: Ask<InputOf<'equipment.write'>>): Answer<OutputOf<'equipment.write'>> {
  const equipment: Equipment = { ...ask.input.body, equipmentId: ask.input.params.equipmentId }
  return ask.transact(async (unit) => {
    await unit.lock('reference')
    const { equipmentId, equipmentNo, state } = equipment
    if (!(await putEquipment(unit.trx, equipment))) return err(appError('equipment/numberTaken', { equipmentNo }))
    await audit(services, unit, ask.actor, { action: 'equipment.written', subject: equipmentId, detail: { equipmentNo, state } })
    unit.emit('equipment.changed', equipment, { roles: [...equipmentReaders] })
    return ok(equipment)
  })
}

export function takeInRepairStep(services: Services, ask: Ask<InputOf<'repairs.step'>>): Answer<OutputOf<'repairs.step'>> {
  const { accountNo: byNo, name: byName, seatNo, role } = ask.actor
  const step: RepairStep = { ...ask.input.body, orderId: ask.input.params.orderId, byNo, byName, seatNo }
  return ask.transact(async (unit) => {
    if (step.words.did === 'assign' && !equipmentKeepers.includes(role)) return err(appError('repair/notYours'))
    if (!(await insertRepairStep(unit.trx, step))) return err(appError('record/exists', { key: step.stepId }))
    await audit(services, unit, ask.actor, { action: 'repair.step', subject: step.orderId, detail: { did: step.words.did } })
    unit.emit('repair.stepped', step, { roles: [...equipmentReaders] })
    return ok(step)
  })
}
