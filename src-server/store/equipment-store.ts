import type { EpochMs } from '#shared/base/clock'
import type { Equipment } from '#shared/domain/equipment/equipment'
import type { RepairStep } from '#shared/domain/equipment/repair'
import type { Database, Statements } from './open-database'

/** The ledger of equipment and the steps of repair orders; steps are only ever added. */
type Reader = Database | Statements

/** In the order of their numbers. */
export async function listEquipment(db: Reader): Promise<readonly Equipment[]> {
  const rows = await db.selectFrom('equipment').select('equipment').orderBy('equipment_no').execute()
  return rows.map(({ equipment }) => JSON.parse(equipment) as Equipment)
}

/** False: another piece has this number. */
export async function putEquipment(trx: Statements, equipment: Equipment): Promise<boolean> {
  const { equipmentId, equipmentNo } = equipment
  const other = await trx.selectFrom('equipment').select('equipment_id').where('equipment_no', '=', equipmentNo).executeTakeFirst()
  if (other && other.equipment_id !== equipmentId) return false
  const row = { equipment_no: equipmentNo, equipment: JSON.stringify(equipment) }
  await trx
    .insertInto('equipment')
    .values({ equipment_id: equipmentId, ...row })
    .onConflict((conflict) => conflict.column('equipment_id').doUpdateSet(row))
    .execute()
  return true
}

/** False: it is there already. */
export async function insertRepairStep(trx: Statements, step: RepairStep): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('repair_step')
    .values({
      ...{ step_id: step.stepId, order_id: step.orderId, at: step.at, step: JSON.stringify(step) },
      is_end: step.words.did === 'accept' || step.words.did === 'withdraw' ? 1 : 0,
    })
    .onConflict((conflict) => conflict.column('step_id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Every step of the orders that are not ended, or had one since then. */
export async function listRepairSteps(db: Reader, since: EpochMs): Promise<readonly RepairStep[]> {
  const ended = db.selectFrom('repair_step').select('order_id').where('is_end', '=', 1)
  const recent = db.selectFrom('repair_step').select('order_id').where('at', '>=', since)
  const rows = await db
    .selectFrom('repair_step')
    .select('step')
    .where((eb) => eb.or([eb('order_id', 'not in', ended), eb('order_id', 'in', recent)]))
    .orderBy('at')
    .orderBy('step_id')
    .execute()
  return rows.map(({ step }) => JSON.parse(step) as RepairStep)
}
