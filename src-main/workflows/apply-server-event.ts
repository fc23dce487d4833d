import type { AgentOnBoard } from '#shared/contracts/central-api/calls'
import type { OnDuty } from '#shared/contracts/central-api/centre'
import type { CollectorNow } from '#shared/contracts/central-api/field'
import type { PassedEvents, ServerEvent } from '#shared/contracts/server-events/table'
import { flowOf } from '#shared/domain/case/case-flow'
import type { CaseChange } from './cases/keep-cases'
import type { SeatContext } from './context'
import { snapshotNames } from './views'

/**
 * Takes one server event into the store: the record and the cursor move in one transaction, so a crash repeats or skips nothing. What it
 * cannot follow (a gap, a reset) it does not apply; the caller then reads the whole state anew.
 *
 * The log has no holes. A seat is sent only what concerns it, and the numbers of what does not (`applyPassed`): what does not connect was lost.
 */
export type Applied = 'applied' | 'known' | 'gap' | 'notStored'

type ApplyContext = Pick<
  SeatContext,
  | 'walls'
  | 'steering'
  | 'cameraStates'
  | 'patrol'
  | 'quality'
  | 'equipment'
  | 'sealer'
  | 'handovers'
  | 'telephone'
  | 'store'
  | 'views'
  | 'now'
  | 'cases'
  | 'locks'
  | 'urgentWatch'
  | 'handWatch'
  | 'session'
>

export function applyServerEvent(seat: ApplyContext, event: ServerEvent): Applied {
  const cursor = seat.store.eventCursor.get()
  if (event.name === 'stream.reset' || cursor === undefined) return 'gap'
  if (event.seq <= cursor) return 'known'
  if (event.seq !== cursor + 1) return 'gap'
  const stored = seat.store.transaction(() => {
    applyToStore(seat, event)
    seat.store.eventCursor.set(event.seq)
  }, 'processDeath')
  if (!stored.ok) return 'notStored'
  show(seat, event)
  return 'applied'
}

function caseChangeOf(event: ServerEvent): CaseChange | undefined {
  if (event.name === 'case.hidden') return { caseId: event.payload.caseId, row: null, byNo: '' }
  if (event.name !== 'case.changed') return undefined
  const { row, byNo } = event.payload
  return { caseId: row.caseId, row, byNo }
}

/** Moves the cursor over events that were for others. */
export function applyPassed({ store }: Pick<SeatContext, 'store'>, { after, upTo }: PassedEvents): Applied {
  const cursor = store.eventCursor.get()
  if (cursor === undefined || after > cursor) return 'gap'
  if (upTo <= cursor) return 'known'
  return store.transaction(() => store.eventCursor.set(upTo), 'processDeath').ok ? 'applied' : 'notStored'
}

function applyToStore({ store, now, cases, sealer, handovers }: ApplyContext, event: ServerEvent): void {
  const change = caseChangeOf(event)
  if (change) {
    cases.store(change)
    store.callers.changed(change.caseId, change.row)
  }
  if (event.name === 'case.changed' && event.payload.from !== undefined) {
    const { action, from, row } = event.payload
    const flows = flowOf({ action, from, to: row.state })
    if (flows.length > 0) store.caseFlow.keep(event.seq, event.at, flows)
  }
  if (event.name === 'dutyLog.appended') {
    store.dutyLog.applyFromCentral(event.payload)
    if (event.payload.seal) sealer.hear(event.payload.seal.stamp)
    store.snapshots.put(snapshotNames.dutyLog, null, now())
  }
  if (event.name === 'call.rated') {
    const record = store.calls.get(event.payload.callId)
    if (record) store.calls.put({ ...record, satisfaction: event.payload.satisfaction })
  }
  if (event.name === 'handover.stepped') handovers.store(event.payload)
  if (event.name === 'agent.changed' || event.name === 'session.opened' || event.name === 'session.closed') {
    const agents = (store.snapshots.get(snapshotNames.agents)?.state ?? []) as readonly AgentOnBoard[]
    const people = (store.snapshots.get(snapshotNames.onDuty)?.state ?? []) as readonly OnDuty[]
    store.snapshots.put(snapshotNames.agents, agentsAfter(agents, people, event), now())
  }
  if (event.name === 'collectors.moved') {
    const held = (store.snapshots.get(snapshotNames.collectors)?.state ?? []) as readonly CollectorNow[]
    store.snapshots.put(snapshotNames.collectors, collectorsAfter(held, event.payload.items), now())
  }
  if (event.name === 'session.opened' || event.name === 'session.closed') {
    const people = (store.snapshots.get(snapshotNames.onDuty)?.state ?? []) as readonly OnDuty[]
    store.snapshots.put(snapshotNames.onDuty, onDutyAfter(people, event), now())
  }
}

/** Those who moved in the place of what was known of them, by number. */
export function collectorsAfter(held: readonly CollectorNow[], moved: readonly CollectorNow[]): readonly CollectorNow[] {
  const known = new Map(held.map((one) => [one.accountNo, one]))
  for (const one of moved) known.set(one.accountNo, one)
  return [...known.values()].sort((a, b) => (a.accountNo < b.accountNo ? -1 : 1))
}

/** One seat holds one person, and one person sits at one seat: whoever opens a session ends what stood in its way. */
export function onDutyAfter(people: readonly OnDuty[], event: ServerEvent): readonly OnDuty[] {
  if (event.name === 'session.closed') return people.filter((one) => one.sessionId !== event.payload.sessionId)
  if (event.name !== 'session.opened') return people
  const opened = event.payload
  const others = people.filter((one) => one.seatNo !== opened.seatNo && one.accountNo !== opened.accountNo)
  return [...others, opened].sort((a, b) => (a.seatNo < b.seatNo ? -1 : a.seatNo > b.seatNo ? 1 : 0))
}

/** One agent at one seat: whoever opens a session there, or ends theirs, leaves no state behind. `people` as before the event. */
export function agentsAfter(agents: readonly AgentOnBoard[], people: readonly OnDuty[], event: ServerEvent): readonly AgentOnBoard[] {
  if (event.name === 'session.closed') {
    const left = people.find(({ sessionId }) => sessionId === event.payload.sessionId)
    return agents.filter(({ seatNo, accountNo }) => seatNo !== left?.seatNo || accountNo !== left.accountNo)
  }
  if (event.name !== 'agent.changed' && event.name !== 'session.opened') return agents
  const { seatNo, accountNo } = event.payload
  const others = agents.filter((one) => one.seatNo !== seatNo && one.accountNo !== accountNo)
  if (event.name === 'session.opened') return others
  return [...others, event.payload].sort((a, b) => (a.seatNo < b.seatNo ? -1 : a.seatNo > b.seatNo ? 1 : 0))
}

function show(
  {
    views,
    cases,
    locks,
    urgentWatch,
    handWatch,
    session,
    telephone,
    handovers,
    walls,
    steering,
    cameraStates,
    patrol,
    quality,
    equipment,
  }: ApplyContext,
  event: ServerEvent,
): void {
  const { name } = event
  const change = caseChangeOf(event)
  if (change) {
    const before = cases.row(change.caseId)
    cases.shown(change)
    const action = event.name === 'case.changed' ? event.payload.action : ''
    const me = session.current()?.me
    if (me) urgentWatch.follow({ ...change, action, before, after: cases.row(change.caseId) }, me)
  }
  if (event.name === 'agent.directed') telephone.directed(event.payload)
  if (event.name === 'call.handed') telephone.handedOver(event.payload)
  if (event.name === 'call.rated') telephone.rated()
  if (event.name === 'agent.supervised') telephone.supervised(event.payload)
  const me = session.current()?.me
  if (event.name === 'agent.changed' && me) handWatch.follow(event.payload, me)
  if (name === 'case.locked') locks.heard(event.payload.caseId, event.payload.lock)
  if (name === 'collectors.moved') views.showCollectors()
  if (event.name === 'wall.changed') walls.heard(event.payload)
  if (event.name === 'camera.steered') steering.heard(event.payload)
  if (event.name === 'quality.changed') quality.heard(event.payload)
  if (event.name === 'cameras.stated') cameraStates.heard(event.payload.items)
  if (event.name === 'patrol.recorded') patrol.heard(event.payload)
  if (event.name === 'repair.stepped') equipment.heardStep(event.payload)
  if (event.name === 'equipment.changed') equipment.heardItem(event.payload)
  if (name === 'dutyLog.appended') views.showDutyLog()
  if (name === 'handover.stepped') handovers.show()
  if (name === 'session.opened' || name === 'session.closed') views.showOnDuty()
  if (name === 'agent.changed' || name === 'session.opened' || name === 'session.closed') views.showAgents()
}
