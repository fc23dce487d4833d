import type { EquipmentView } from '#shared/contracts/equipment-shapes'
import type { Equipment } from '#shared/domain/equipment/equipment'
import { foldRepairs, type RepairStep, type RepairWords } from '#shared/domain/equipment/repair'

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
