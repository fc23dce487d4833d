/** The ledger of equipment 设备台账: what stands where, under which number, in which state, and until when somebody else pays for its repair. Pure. */
export const equipmentKinds = {
  ...{
    computer: '电脑',
    telephone: '话机',
    headset: '耳麦',
    screen: '大屏',
    network: '网络',
    power: '电源空调',
    camera: '监控',
    other: '其他',
  },
} as const
export type EquipmentKind = keyof typeof equipmentKinds

export const equipmentStates = { inUse: '在用', faulty: '故障', inRepair: '送修', spare: '备用', retired: '报废' } as const
export type EquipmentState = keyof typeof equipmentStates

export interface Equipment {
  readonly equipmentId: string
  /** The number on its label 编号. */
  readonly equipmentNo: string
  readonly kind: EquipmentKind
  readonly name: string
  readonly place: string
  readonly state: EquipmentState
  /** `YYYY-MM-DD`, the last day of the warranty 保修; null: none, or not known. */
  readonly warrantyUntil: string | null
  readonly note: string
}

/** How the warranty stands on a day: the last month of it is worth saying. */
export function warrantyAt({ warrantyUntil }: Pick<Equipment, 'warrantyUntil'>, today: string): 'none' | 'valid' | 'ending' | 'over' {
  if (warrantyUntil === null) return 'none'
  if (warrantyUntil < today) return 'over'
  const left = (Date.parse(`${warrantyUntil}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000
  return left <= 30 ? 'ending' : 'valid'
}

/** Number, then name, as a person names it. */
export const equipmentName = ({ equipmentNo, name }: Pick<Equipment, 'equipmentNo' | 'name'>): string => `${equipmentNo} ${name}`
