import type { EpochMs } from '../../base/clock'
import type { RoleId } from '../account/role'

/**
 * Repair orders 报障单, as the fold of their steps:
 *
 *   report ▶ reported ──assign▶ assigned ──done▶ done ──accept▶ accepted
 *               │ ▲________________________________│ return (验收不过，重修)
 *               └─ withdraw ▶ withdrawn
 *
 * Steps are records made at seats that may not hear of each other. The fold sorts them by their time and takes each that is allowed where it stands;
 * what is not changes nothing and stays among the steps. Pure.
 */
export const repairStates = { reported: '待派修', assigned: '修理中', done: '待验收', accepted: '已验收', withdrawn: '已撤回' } as const
export type RepairState = keyof typeof repairStates

export const repairDeeds = {
  ...{ report: '报障', assign: '派修', done: '修好', accept: '验收', return: '退回重修', withdraw: '撤回' },
} as const
export type RepairDeed = keyof typeof repairDeeds

export type RepairWords =
  | {
      readonly did: 'report'
      /** As people call it, e.g. `1128-02-1`: the day, the seat, the count of that seat on that day. */
      readonly label: string
      /** Null: it stands in no ledger. */
      readonly equipmentId: string | null
      readonly what: string
      readonly place: string
      readonly fault: string
      readonly isUrgent: boolean
    }
  /** `who`: who repairs, or who repaired. */
  | { readonly did: 'assign' | 'done'; readonly who: string; readonly note: string }
  | { readonly did: 'accept' | 'return' | 'withdraw'; readonly note: string }

export interface RepairStep {
  readonly stepId: string
  readonly orderId: string
  readonly at: EpochMs
  readonly byNo: string
  readonly byName: string
  readonly seatNo: string
  readonly words: RepairWords
}

export interface RepairOrder {
  readonly orderId: string
  readonly label: string
  readonly equipmentId: string | null
  readonly what: string
  readonly place: string
  readonly fault: string
  readonly isUrgent: boolean
  readonly state: RepairState
  readonly reportedAt: EpochMs
  readonly reportedNo: string
  readonly reportedName: string
  readonly who: string | null
  /** Whoever wrote that it is repaired: they do not accept it. */
  readonly doneNo: string | null
  readonly endedAt: EpochMs | null
  readonly steps: readonly RepairStep[]
}

export type RepairFault = 'repair/notNow' | 'repair/ownWork' | 'repair/notYours'

const allowed: Readonly<Record<RepairState, readonly RepairDeed[]>> = {
  reported: ['assign', 'done', 'withdraw'],
  assigned: ['assign', 'done', 'withdraw'],
  done: ['accept', 'return'],
  accepted: [],
  withdrawn: [],
}

export const isOpenRepair = ({ state }: Pick<RepairOrder, 'state'>): boolean => state !== 'accepted' && state !== 'withdrawn'

/** Who decides what is repaired by whom, and keeps the ledger. */
export const equipmentKeepers: readonly RoleId[] = ['shiftLead', 'assistant', 'director', 'commander', 'admin']

/** Why this person cannot do that now; undefined: they can. */
export function refusalOfRepair(
  order: RepairOrder,
  did: RepairDeed,
  who: { readonly accountNo: string; readonly role: RoleId | null },
): RepairFault | undefined {
  if (!allowed[order.state].includes(did)) return 'repair/notNow'
  const isKeeper = who.role === null || equipmentKeepers.includes(who.role)
  if (did === 'accept' && who.accountNo === order.doneNo) return 'repair/ownWork'
  if (did === 'assign' && !isKeeper) return 'repair/notYours'
  if (did !== 'done' && did !== 'assign' && !isKeeper && who.accountNo !== order.reportedNo) return 'repair/notYours'
  return undefined
}

/** Every order of these steps, whatever order they arrived in: open ones first, the urgent before the others, then the newest. */
export function foldRepairs(steps: readonly RepairStep[]): readonly RepairOrder[] {
  const byOrder = new Map<string, RepairStep[]>()
  for (const step of new Map(steps.map((one) => [one.stepId, one])).values()) {
    const own = byOrder.get(step.orderId)
    if (own) own.push(step)
    else byOrder.set(step.orderId, [step])
  }
  const rank = (order: RepairOrder) => (isOpenRepair(order) ? (order.isUrgent ? 0 : 1) : 2)
  return [...byOrder.values()].flatMap((own) => foldRepair(own) ?? []).sort((a, b) => rank(a) - rank(b) || b.reportedAt - a.reportedAt)
}

function foldRepair(steps: readonly RepairStep[]): RepairOrder | undefined {
  const sorted = [...steps].sort((a, b) => a.at - b.at || (a.stepId < b.stepId ? -1 : 1))
  const first = sorted.find(({ words }) => words.did === 'report')
  if (first?.words.did !== 'report') return undefined
  const { label, equipmentId, what, place, fault, isUrgent } = first.words
  const begun: RepairOrder = {
    ...{ orderId: first.orderId, label, equipmentId, what, place, fault, isUrgent, state: 'reported', reportedAt: first.at },
    ...{ reportedNo: first.byNo, reportedName: first.byName, who: null, doneNo: null, endedAt: null, steps: sorted },
  }
  return sorted.reduce(takeRepairStep, begun)
}

/** What is not allowed there changes nothing. Whether the person might do it was asked where it was done: posts may have changed since. */
function takeRepairStep(order: RepairOrder, { words, byNo, at }: RepairStep): RepairOrder {
  if (words.did === 'report' || refusalOfRepair(order, words.did, { accountNo: byNo, role: null }) !== undefined) return order
  switch (words.did) {
    case 'assign':
      return { ...order, state: 'assigned', who: words.who }
    case 'done':
      return { ...order, state: 'done', who: words.who, doneNo: byNo }
    case 'return':
      return { ...order, state: 'reported', doneNo: null }
    case 'accept':
      return { ...order, state: 'accepted', endedAt: at }
    case 'withdraw':
      return { ...order, state: 'withdrawn', endedAt: at }
  }
}

/** What goes into the duty log of a step; undefined: it stays on the order. */
export function logWordsOf({ label, what, place, fault }: RepairOrder, words: RepairWords): string | undefined {
  const thing = `${what}${place === '' ? '' : `（${place}）`}`
  const note = 'note' in words && words.note !== '' ? `：${words.note}` : ''
  switch (words.did) {
    case 'report':
      return `报障 ${label}：${thing}，${fault}${words.isUrgent ? '，急' : ''}。`
    case 'accept':
      return `报障 ${label} 修好验收：${thing}${note}。`
    case 'return':
      return `报障 ${label} 验收不过，退回重修：${thing}${note}。`
    case 'withdraw':
      return `报障 ${label} 撤回：${thing}${note}。`
    default:
      return undefined
  }
}
