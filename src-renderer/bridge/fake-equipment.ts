import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { CommandName } from '#shared/contracts/seat-api/table'
import { foldRepairs, type RepairStep, type RepairWords, refusalOfRepair, repairDeeds, repairStates } from '#shared/domain/equipment/repair'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

/** The ledger and its orders by the domain's own rules. */
export function fakeEquipmentHandlers(world: FakeWorld): Pick<FakeHandlers, Extract<CommandName, `repairs.${string}` | 'equipment.write'>> {
  const view = () => world.state['equipment.changed']
  const me = () => world.state['session.changed'].agent
  function take(orderId: string, words: RepairWords): void {
    const by = { byNo: me()?.accountNo ?? '', byName: me()?.name ?? '', seatNo: '02' }
    const step: RepairStep = { stepId: nextUuid(world), orderId, at: world.options.now(), ...by, words }
    world.publish('equipment.changed', { ...view(), orders: [...foldRepairs([...view().orders.flatMap(({ steps }) => steps), step])] })
  }
  return {
    'equipment.write'({ equipmentId = nextUuid(world), equipment }) {
      const item = { equipmentId, ...equipment }
      world.publish('equipment.changed', { ...view(), items: [...view().items.filter((one) => one.equipmentId !== equipmentId), item] })
      return ok(item)
    },
    'repairs.report'(input) {
      const orderId = nextUuid(world)
      const label = `1120-02-${view().orders.length + 1}`
      take(orderId, { did: 'report', label, ...input })
      return ok({ orderId, label })
    },
    'repairs.act'({ orderId, deed }) {
      const order = view().orders.find((one) => one.orderId === orderId)
      const person = me()
      if (!order || !person) return err(appError('record/notFound'))
      const refusal = refusalOfRepair(order, deed.did, person)
      if (refusal) return err(appError(refusal, { state: repairStates[order.state], deed: repairDeeds[deed.did] }))
      take(orderId, deed as RepairWords)
      return ok({})
    },
  }
}
