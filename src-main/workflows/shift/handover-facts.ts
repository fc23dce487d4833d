import type { EpochMs } from '#shared/base/clock'
import type { OnDuty } from '#shared/contracts/central-api/centre'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { StateOfTopic, TopicName } from '#shared/contracts/seat-api/table'
import { roles } from '#shared/domain/account/role'
import { queues } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import type { SealedEntry } from '#shared/domain/duty-log/seal'
import { isOpenRepair, type RepairOrder, repairStates } from '#shared/domain/equipment/repair'
import { type Cut, cutBehind, entriesBetween, noCut } from '#shared/domain/shift/cut-off'
import type { Handover } from '#shared/domain/shift/handover'
import { type CaseColumn, carryOver, type HandoverFacts, type HandoverForm, type HandoverItem } from '#shared/domain/shift/handover-facts'
import type { SeatContext } from '../context'
import { snapshotNames } from '../views'

/**
 * Fills in a handover from what this seat knows at this moment, with or without the centre: the duty log behind the last handover's cut, the cases of its
 * post, who is at work, what is faulty, what has to be called back. People change no fact; what they know beside it they write as an open item.
 */
export type FactsContext = Pick<SeatContext, 'store' | 'now' | 'cases' | 'outbox'> & {
  readonly isOnline: () => boolean
  /** Repair orders as this seat knows them. */
  readonly repairs: () => readonly RepairOrder[]
  /** What windows are shown now. */
  readonly look: <N extends TopicName>(topic: N) => StateOfTopic<N> | undefined
}

/** So far back the log is read: later than that nothing can arrive that belongs into a new handover of this seat's shift. */
const logReachMs = 45 * 86_400_000
const missedReachMs = 3 * 86_400_000
const mostCases = 40

export function gatherFacts(seat: FactsContext, me: Me, form: HandoverForm, previous: Handover | undefined): HandoverFacts {
  const at = seat.now()
  const rows = seat.store.dutyLog.sealedSince(at - logReachMs)
  const before = previous?.facts.cut ?? firstCut(rows, me.shift?.startsAt ?? at - 12 * 3_600_000)
  const cut = cutBehind(rows, before, at, seat.store.eventCursor.get() ?? null)
  const entries = entriesBetween(rows, before, cut)
  const own = form === 'lead' ? entries : entries.filter(({ words }) => words.seatNo === me.seatNo || words.authorNo === me.accountNo)
  const urgent = seat.cases.mostUrgent(mostCases)
  const items: readonly HandoverItem[] = [
    ...(form === 'lead' ? attendance(seat) : []),
    ...(form === 'lead' ? equipment(seat, own, at) : []),
    ...own.filter(({ words }) => words.kind !== 'equipment').map(logItem),
    ...urgent.filter(({ isUrgent }) => isUrgent).map((row) => caseItem(row, 'special', at)),
    ...urgent.filter((row) => !row.isUrgent && isPressing(row, at)).map((row) => caseItem(row, 'openItems', at)),
    ...missedCalls(seat, at),
    ...offlineWork(seat),
  ]
  return { cut, cases: caseTable(seat, previous), items: carried(seat, previous, items) }
}

/** Without a handover before it: what was written before this shift began, and what of a chain is not known here at all, is not of this shift. */
function firstCut(rows: readonly SealedEntry[], startsAt: EpochMs): Cut {
  const log: Record<string, number> = {}
  for (const { words, seal } of rows) {
    if (words.writtenAt >= startsAt) log[seal.keyId] = Math.min(log[seal.keyId] ?? Number.MAX_SAFE_INTEGER, seal.position - 1)
  }
  return { ...noCut, at: startsAt, log }
}

function carried(seat: FactsContext, previous: Handover | undefined, items: readonly HandoverItem[]): readonly HandoverItem[] {
  // A case that this post no longer holds was seen to by somebody; while the lists were never read, nothing is known of it.
  const isOver = ({ itemId }: HandoverItem) => itemId.startsWith('case/') && seat.cases.holdsForViewer() && !seat.cases.row(itemId.slice(5))
  return carryOver(previous?.facts.items ?? [], items, isOver)
}

function attendance({ store }: FactsContext): readonly HandoverItem[] {
  const people = (store.snapshots.get(snapshotNames.onDuty)?.state ?? []) as readonly OnDuty[]
  return people.map((person) => ({
    ...blank('attendance', `onDuty/${person.accountNo}`),
    tone: 'green',
    title: `${person.name} ${roles[person.role]}`,
    detail: `坐席 ${person.seatNo}`,
    ownerName: person.name,
    since: person.since,
  }))
}

function equipment(seat: FactsContext, entries: readonly SealedEntry[], at: EpochMs): readonly HandoverItem[] {
  const centre: HandoverItem = seat.isOnline()
    ? { ...blank('equipment', 'equipment/centre'), tone: 'green', title: '中心', detail: '在线' }
    : { ...blank('equipment', 'equipment/centre'), tone: 'red', title: '中心', detail: '离线，照常办理，恢复后自动并入', since: at }
  const telephone = seat.look('telephone.changed')
  const isReady = telephone?.registration?.state === 'registered' && telephone.faults.length === 0
  const line: HandoverItem = {
    ...blank('equipment', 'equipment/line'),
    tone: isReady ? 'green' : 'amber',
    title: '本席电话',
    detail: isReady ? '正常' : telephone?.line === 'unconfigured' ? '未配置' : '有故障，见电话条',
  }
  // What is still open is told by its order; its entries would say it again.
  const open = seat.repairs().filter(isOpenRepair)
  const openIds = new Set(open.map(({ orderId }) => orderId))
  const written = entries
    .filter(({ words }) => words.kind === 'equipment' && !words.links.some(({ to, id }) => to === 'repair' && openIds.has(id)))
    .map((entry) => ({ ...logItem(entry), section: 'equipment' as const, tone: 'amber' as const }))
  return [centre, line, ...open.map(repairItem), ...written]
}

function repairItem({ orderId, label, what, place, fault, isUrgent, state, who, reportedAt, reportedName }: RepairOrder): HandoverItem {
  const repairer = who === null ? '' : `，${who}`
  return {
    ...blank('equipment', `repair/${orderId}`),
    tone: isUrgent ? 'red' : 'amber',
    title: `${what}${place === '' ? '' : `（${place}）`}：${fault}`.slice(0, 200),
    detail: `报障 ${label}，${repairStates[state]}${repairer}`,
    ownerName: who ?? reportedName,
    since: reportedAt,
  }
}

function logItem({ words, seal }: SealedEntry): HandoverItem {
  return {
    ...blank('dutyLog', `log/${seal.keyId.slice(0, 16)}/${seal.position}`),
    title: words.text.length > 160 ? `${words.text.slice(0, 160)}…` : words.text,
    detail: `${dutyLogKinds[words.kind]}${words.origin === 'automatic' ? '·自动' : ''}${words.corrects === null ? '' : '·更正'}`,
    ownerName: words.authorName,
    since: words.writtenAt,
  }
}

const isPressing = ({ clock }: CaseRow, at: EpochMs): boolean => clock !== null && clock.pausedSince === null && clock.amberAt <= at

function caseItem(row: CaseRow, section: 'special' | 'openItems', at: EpochMs): HandoverItem {
  const dueAt = row.clock?.dueAt ?? null
  return {
    ...blank(section, `case/${row.caseId}`),
    tone: dueAt !== null && dueAt <= at ? 'red' : 'amber',
    title: row.isSensitive ? `${row.caseNo} 敏感件，此处不显示内容` : `${row.subclassName}：${row.address || row.summary}`.slice(0, 160),
    detail: row.caseNo,
    ownerName: row.departmentName ?? '',
    since: row.beganAt,
    dueAt,
  }
}

function missedCalls({ store }: FactsContext, at: EpochMs): readonly HandoverItem[] {
  const byNumber = new Map<string, { readonly startedAt: EpochMs; readonly callId: string }>()
  for (const { number, startedAt, callId } of store.calls.unsettled(at - missedReachMs)) {
    if (number !== null && !byNumber.has(number)) byNumber.set(number, { startedAt, callId })
  }
  return [...byNumber].map(([number, { startedAt, callId }]) => ({
    ...blank('missedCalls', `missed/${callId}`),
    tone: 'amber',
    title: `漏接来电回拨 ${masked(number)}`,
    since: startedAt,
  }))
}

const masked = (number: string): string => (number.length < 8 ? number : `${number.slice(0, 3)}****${number.slice(-4)}`)

function offlineWork({ outbox }: FactsContext): readonly HandoverItem[] {
  const counts = new Map<string, { waiting: number; parked: number }>()
  for (const { title, state } of outbox.view().intents) {
    const count = counts.get(title) ?? { waiting: 0, parked: 0 }
    count[state === 'parked' ? 'parked' : 'waiting'] += 1
    counts.set(title, count)
  }
  return [...counts].map(([title, { waiting, parked }]) => ({
    ...blank('offline', `outbox/${title}`),
    tone: parked > 0 ? 'red' : 'amber',
    title,
    detail: `${waiting} 条待发送${parked > 0 ? `，${parked} 条未被接受` : ''}`,
  }))
}

function caseTable(seat: FactsContext, previous: Handover | undefined): readonly CaseColumn[] {
  return (seat.look('queues.changed')?.queues ?? []).map(({ queue, count, amber, red }) => ({
    ...{ queue, title: queues[queue].title, amber, red, now: count },
    before: previous?.facts.cases.find((column) => column.queue === queue)?.now ?? null,
  }))
}

const blank = (section: HandoverItem['section'], itemId: string): HandoverItem => ({
  ...{ itemId, section, tone: 'none', title: '', detail: '', ownerName: '', since: null, dueAt: null, carried: 0 },
})
