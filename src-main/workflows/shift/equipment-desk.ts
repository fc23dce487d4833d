import type { AppError } from '#shared/base/app-error'
import { chinaDate } from '#shared/base/china-time'
import { err, ok, type Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import { shiftPosts } from '#shared/contracts/central-api/shift'
import { appError } from '#shared/contracts/errors'
import type { Equipment } from '#shared/domain/equipment/equipment'
import {
  foldRepairs,
  logWordsOf,
  type RepairStep,
  type RepairWords,
  refusalOfRepair,
  repairDeeds,
  repairStates,
} from '#shared/domain/equipment/repair'
import { putDutyLog } from '../append-duty-log'
import type { SeatContext } from '../context'
import { snapshotNames } from '../views'
import type { EquipmentDesk } from './equipment-service'

type DeskParts = Pick<SeatContext, 'store' | 'central' | 'outbox' | 'ids' | 'now' | 'publish' | 'sealer' | 'views'>

interface Held {
  readonly items: readonly Equipment[]
  readonly steps: readonly RepairStep[]
}

export function createEquipmentDesk(parts: DeskParts): EquipmentDesk {
  const { store, central, outbox, ids, now, publish } = parts
  let items = new Map<string, Equipment>()
  let steps = new Map<string, RepairStep>()
  let readAt: number | null = null
  let me: Me | undefined
  let turn = 0

  const orders = () => foldRepairs([...steps.values()])
  const show = () =>
    publish('equipment.changed', {
      items: [...items.values()].sort((a, b) => (a.equipmentNo < b.equipmentNo ? -1 : 1)),
      orders: [...orders()],
      readAt,
    })
  const isReader = (role: Me['role']) => shiftPosts.some((post) => post === role)

  function take({ items: known, steps: taken }: Held): void {
    items = new Map(known.map((item) => [item.equipmentId, item]))
    steps = new Map(taken.map((step) => [step.stepId, step]))
    for (const { kind, body } of store.intents.list())
      if (kind === 'repair.step') steps.set((body as RepairStep).stepId, body as RepairStep)
  }
  function keep(): void {
    const held: Held = { items: [...items.values()], steps: [...steps.values()] }
    store.transaction(() => store.snapshots.put(snapshotNames.equipment, held, readAt ?? now()), 'processDeath')
  }
  async function read(): Promise<void> {
    const mine = turn
    const answer = await central.call('equipment.list', {})
    if (mine !== turn || !answer.ok) return
    readAt = now()
    take(answer.value)
    keep()
    show()
  }

  /** The step, its intent and its entry in the log: all of them, or nothing. */
  function write(author: Me, orderId: string, words: RepairWords): Result<void, AppError> {
    const by = { byNo: author.accountNo, byName: author.name, seatNo: author.seatNo }
    // Clocks of seats differ by moments: a step comes after those that its writer saw.
    const seen = [...steps.values()].flatMap((one) => (one.orderId === orderId ? [one.at + 1] : []))
    const step: RepairStep = { stepId: ids.uuid(), orderId, at: Math.max(now(), ...seen), ...by, words }
    const order = foldRepairs([...steps.values(), step]).find((one) => one.orderId === orderId)
    const said = order && logWordsOf(order, words)
    const written = store.transaction(() => {
      store.intents.append({
        ...{ intentId: ids.uuid(), kind: 'repair.step', subject: `repair/${orderId}`, accountNo: author.accountNo, body: step },
        ...{ createdAt: step.at, state: 'waiting', attempts: 0, nextAttemptAt: null, reason: null },
      })
      if (!order || said === undefined) return
      const links = [{ to: 'repair' as const, id: orderId, label: order.label }]
      putDutyLog(parts, author, { kind: 'equipment', text: said, links }, 'automatic')
    })
    if (!written.ok) return written
    steps.set(step.stepId, step)
    keep()
    show()
    parts.views.showDutyLog()
    outbox.wake()
    return ok(undefined)
  }

  /** The day, the seat, and the count of this seat on this day: told apart without the centre. */
  function labelOf(seatNo: string): string {
    const prefix = `${chinaDate(now()).slice(5).replace('-', '')}-${seatNo}-`
    const used = orders().flatMap(({ label }) => (label.startsWith(prefix) ? [Number(label.slice(prefix.length))] : []))
    return `${prefix}${Math.max(0, ...used) + 1}`
  }

  return {
    entered(next) {
      turn += 1
      me = next
      const held = isReader(next.role) ? store.snapshots.get(snapshotNames.equipment) : undefined
      readAt = held?.readAt ?? null
      take((held?.state as Held | undefined) ?? { items: [], steps: [] })
      show()
      if (isReader(next.role)) void read()
    },
    left() {
      turn += 1
      me = undefined
      readAt = null
      items = new Map()
      steps = new Map()
      show()
    },
    heardStep(step) {
      if (!me || steps.has(step.stepId)) return
      steps.set(step.stepId, step)
      keep()
      show()
    },
    heardItem(item) {
      if (!me) return
      items.set(item.equipmentId, item)
      keep()
      show()
    },
    readAgain() {
      if (me && isReader(me.role)) void read()
    },
    orders,
    commands: {
      'equipment.write': ({ equipmentId = ids.uuid(), equipment }) =>
        central.call('equipment.write', { params: { equipmentId }, body: equipment, idempotencyKey: ids.uuid() }),
      'repairs.report'(input, author) {
        const orderId = ids.uuid()
        const label = labelOf(author.seatNo)
        const written = write(author, orderId, { did: 'report', label, ...input })
        return written.ok ? ok({ orderId, label }) : written
      },
      'repairs.act'({ orderId, deed }, author) {
        const order = orders().find((one) => one.orderId === orderId)
        if (!order) return err(appError('record/notFound'))
        const refusal = refusalOfRepair(order, deed.did, author)
        if (refusal) return err(appError(refusal, { state: repairStates[order.state], deed: repairDeeds[deed.did] }))
        const written = write(author, orderId, deed as RepairWords)
        return written.ok ? ok({}) : written
      },
    },
  }
}
