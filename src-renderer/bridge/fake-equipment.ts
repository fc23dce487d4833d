import { err, ok } from '#shared/base/result'
import type { EquipmentView } from '#shared/contracts/equipment-shapes'
import { appError } from '#shared/contracts/errors'
import type { CommandName } from '#shared/contracts/seat-api/table'
import type { Equipment } from '#shared/domain/equipment/equipment'
import { foldRepairs, type RepairStep, type RepairWords, refusalOfRepair, repairDeeds, repairStates } from '#shared/domain/equipment/repair'
import { type FakeHandlers, type FakeWorld, nextUuid } from './fake-world'

/** A ledger and two orders, by the domain's own rules. What stands in it is invented. */
const hour = 3_600_000
const idOf = (number: number) => `0191f5e0-0000-7000-8000-0000000${String(number).padStart(5, '0')}`

const items: readonly Equipment[] = (
  [
    ['DN-003', 'computer', '坐席电脑', '03 号坐席', 'inUse', '2027-03-31', ''],
    ['EM-003', 'headset', '头戴耳麦', '03 号坐席', 'faulty', '2026-12-10', '左耳无声'],
    ['DP-011', 'screen', '拼接屏第 11 格', '大厅', 'inRepair', '2025-06-30', ''],
  ] as const
).map(([equipmentNo, kind, name, place, state, warrantyUntil, note], index) => ({
  ...{ equipmentId: idOf(index + 1), equipmentNo, kind, name, place, state, warrantyUntil, note },
}))

const stepsOf = (at: number): readonly RepairStep[] => {
  const step = (number: number, order: number, ago: number, byName: string, words: RepairWords): RepairStep => ({
    ...{ stepId: idOf(10 + number), orderId: idOf(20 + order), at: at - ago, byNo: `01${number}0`, byName, seatNo: '03', words },
  })
  const report = { equipmentId: null, isUrgent: false } as const
  return [
    step(1, 1, 50 * hour, '丁一凡', {
      did: 'report',
      label: '1118-06-1',
      what: 'DP-011 拼接屏第 11 格',
      place: '大厅',
      fault: '通道满，黑屏',
      ...report,
    }),
    step(2, 1, 49 * hour, '沈玉梅', { did: 'assign', who: '大屏厂家 赵工', note: '约明早来' }),
    step(3, 2, hour, '杨雪', {
      did: 'report',
      label: '1120-03-1',
      what: 'EM-003 头戴耳麦',
      place: '03 号坐席',
      fault: '左耳无声',
      ...report,
    }),
  ]
}

export const fakeEquipment = (at: number): EquipmentView => ({ items: [...items], orders: [...foldRepairs(stepsOf(at))], readAt: at })

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
