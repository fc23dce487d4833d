import type { EpochMs } from '../../base/clock'
import type { Limit } from '../clock/limit'
import type { ActionId } from './actions'
import type { CaseFacts } from './facts'
import { type CaseActor, type CaseBeginning, doneAt, type HistoryEntry } from './history'
import type { ActionInput, FollowUpOutcome, OversightLevel } from './inputs'
import type { RequestKind } from './profile'
import type { Reply } from './reply'
import { type CaseState, isEnd } from './states'

/**
 * Where a case stands, folded from its history alone. The order in which the entries are given does not matter: they carry their place. A step that
 * was taken back is left out together with the step that took it back.
 */
export interface CaseProgress {
  readonly state: CaseState
  /** Of the last entry; what `If-Match` compares. */
  readonly version: number
  readonly facts: CaseFacts
  readonly beganAt: EpochMs
  readonly enteredAt: EpochMs
  readonly lastEntry: HistoryEntry
  /** How long each state held the case, in order; the last one is open until an end. */
  readonly nodes: readonly Node[]
  readonly task: CollectorTask | null
  /** Who reported it from the field, or has or had a task in it. */
  readonly collectors: readonly string[]
  readonly verification: { readonly conclusion: NonNullable<ActionInput['conclusion']>; readonly at: EpochMs; readonly by: string } | null
  readonly check: { readonly solved: boolean; readonly at: EpochMs } | null
  /** Intake's advice to the shift lead. */
  readonly proposal: 'file' | 'decline' | null
  readonly rounds: readonly DispatchRound[]
  readonly requests: readonly CaseRequest[]
  /** In the order in which they were made. */
  readonly followUps: readonly { readonly at: EpochMs; readonly by: string; readonly outcome: FollowUpOutcome }[]
  /** What its source is told of it; null while nobody has written anything. */
  readonly reply: Reply | null
  readonly photoIds: readonly string[]
  readonly registeredBy: CaseActor
  readonly preFiledBy: string | null
  readonly filedBy: string | null
  readonly filedAt: EpochMs | null
  readonly isWithoutCheck: boolean
  readonly counts: {
    readonly reworks: number
    readonly sentBacks: number
    readonly urges: number
    readonly oversights: number
    readonly reopenings: number
  }
  /** Latest 督办: until when somebody above wants it done. */
  readonly overseenUntil: EpochMs | null
  /** The highest that was reached; null while nobody oversees it. */
  readonly oversightLevel: OversightLevel | null
  readonly lastUrgedAt: EpochMs | null
  readonly relatedTo: readonly string[]
  readonly mergedInto: string | null
}

export interface Node {
  readonly state: CaseState
  readonly from: EpochMs
  readonly until: EpochMs | null
  /** Who ended it. */
  readonly endedBy: CaseActor | null
}

export interface CollectorTask {
  readonly kind: 'verification' | 'check'
  readonly collectorNo: string
  readonly requirement: string
  readonly at: EpochMs
}

/** One dispatch to one department: from sending until the department is done with it, one way or another. */
export interface DispatchRound {
  readonly departmentCode: string
  readonly departmentName: string
  readonly cooperating: readonly { readonly code: string; readonly name: string }[]
  readonly limit: Limit
  /** Granted extensions, in the unit of `limit`. */
  readonly extraValue: number
  readonly dispatchedAt: EpochMs
  readonly dispatchedBy: string
  readonly arrivedAt: EpochMs | null
  readonly pauses: readonly { readonly from: EpochMs; readonly until: EpochMs | null }[]
  readonly endedAt: EpochMs | null
  readonly endedBy: 'handled' | 'sentBack' | 'voided' | 'withoutCheck' | null
}

export interface CaseRequest {
  /** `seq` of the entry that asked, as text: unique within the case. */
  readonly requestId: string
  readonly kind: RequestKind
  readonly by: CaseActor
  readonly at: EpochMs
  readonly input: ActionInput
  /** `reviewed`: a void that the first of two people agreed to. */
  readonly state: 'pending' | 'reviewed' | 'approved' | 'refused' | 'withdrawn'
  readonly reviewedBy: string | null
  readonly decidedBy: CaseActor | null
  readonly decidedAt: EpochMs | null
}

export const requestKindOf: Partial<Record<ActionId, RequestKind>> = {
  requestExtend: 'extend',
  requestSuspend: 'suspend',
  requestSendBack: 'sendBack',
  requestVoid: 'void',
  requestCloseWithoutCheck: 'closeWithoutCheck',
}

export const pendingRequest = ({ requests }: CaseProgress): CaseRequest | undefined =>
  requests.find(({ state }) => state === 'pending' || state === 'reviewed')

export const currentRound = ({ rounds }: CaseProgress): DispatchRound | undefined => rounds.at(-1)

/** The entries that count: in order, without what was taken back. */
export function effectiveHistory(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const taken = new Set<number>()
  for (const { action, seq, input } of history) {
    if (action !== 'undo' || input.undoes === undefined) continue
    taken.add(seq)
    taken.add(input.undoes)
  }
  return history.filter(({ seq }) => !taken.has(seq)).sort((a, b) => a.seq - b.seq)
}

/** Undefined for a history without a registration. */
export function progressOf(beginning: CaseBeginning, history: readonly HistoryEntry[]): CaseProgress | undefined {
  const [first, ...rest] = effectiveHistory(history)
  if (first?.action !== 'register') return undefined
  const progress = rest.reduce(apply, beginningOf(beginning, first))
  const version = Math.max(...history.map(({ seq }) => seq))
  return version === progress.version ? progress : { ...progress, version }
}

function beginningOf({ facts, photoIds }: CaseBeginning, entry: HistoryEntry): CaseProgress {
  return {
    state: entry.to,
    version: entry.seq,
    facts,
    beganAt: entry.at,
    enteredAt: entry.at,
    lastEntry: entry,
    nodes: [{ state: entry.to, from: entry.at, until: null, endedBy: null }],
    task: null,
    collectors: entry.by.role === 'collector' ? [entry.by.accountNo] : [],
    verification: null,
    check: null,
    proposal: null,
    rounds: [],
    requests: [],
    followUps: [],
    reply: null,
    photoIds,
    registeredBy: entry.by,
    preFiledBy: null,
    filedBy: null,
    filedAt: null,
    isWithoutCheck: false,
    counts: { reworks: 0, sentBacks: 0, urges: 0, oversights: 0, reopenings: 0 },
    overseenUntil: null,
    oversightLevel: null,
    lastUrgedAt: null,
    relatedTo: [],
    mergedInto: null,
  }
}

/** The case after one more step. It trusts the step: `decide` is where it was judged. */
export function apply(before: CaseProgress, entry: HistoryEntry): CaseProgress {
  const moved = moveTo(before, entry)
  const change = entry.action === 'register' || entry.action === 'undo' ? undefined : effects[entry.action]
  const photos = entry.input.photoIds ?? []
  return {
    ...moved,
    ...(photos.length > 0 && { photoIds: [...moved.photoIds, ...photos] }),
    ...change?.(moved, entry),
  }
}

function moveTo(before: CaseProgress, entry: HistoryEntry): CaseProgress {
  const after = { ...before, version: entry.seq, lastEntry: entry }
  if (entry.to === before.state) return after
  const ended = before.nodes.map((node) => (node.until === null ? { ...node, until: entry.at, endedBy: entry.by } : node))
  const opened = isEnd(entry.to) ? [] : [{ state: entry.to, from: entry.at, until: null, endedBy: null }]
  return { ...after, state: entry.to, enteredAt: entry.at, nodes: [...ended, ...opened] }
}

type Effect = (progress: CaseProgress, entry: HistoryEntry) => Partial<CaseProgress>

const task =
  (kind: CollectorTask['kind']): Effect =>
  ({ collectors }, { input, at }) => {
    const { collectorNo = '', requirement = '' } = input
    return { task: { kind, collectorNo, requirement, at }, collectors: [...new Set([...collectors, collectorNo])] }
  }

const ask: Effect = (progress, { action, seq, by, at, input }) => {
  const kind = action === 'register' || action === 'undo' ? undefined : requestKindOf[action]
  if (!kind) return {}
  const isReviewed = kind === 'void' && input.isReviewed === true
  const state = isReviewed ? 'reviewed' : 'pending'
  const reviewedBy = isReviewed ? by.accountNo : null
  return {
    requests: [...progress.requests, { requestId: String(seq), kind, by, at, input, state, reviewedBy, decidedBy: null, decidedAt: null }],
  }
}

const send: Effect = (progress, { input, at, by }) => ({
  rounds: [
    ...progress.rounds,
    {
      departmentCode: input.departmentCode ?? '',
      departmentName: input.departmentName ?? '',
      cooperating: input.cooperating ?? [],
      limit: input.limit ?? { value: 1, unit: 'workingDay' },
      extraValue: 0,
      dispatchedAt: at,
      dispatchedBy: by.accountNo,
      arrivedAt: null,
      pauses: [],
      endedAt: null,
      endedBy: null,
    },
  ],
})

const again: Effect = ({ counts }) => ({
  counts: { ...counts, reworks: counts.reworks + 1 },
  check: null,
  isWithoutCheck: false,
  task: null,
  // The citizen spoke of the work as it was; what is done now is asked about anew.
  followUps: [],
})
const back: Effect = ({ counts, state }) => ({
  counts: { ...counts, sentBacks: counts.sentBacks + 1 },
  ...(state === 'reported' && { proposal: null }),
})

const effects: Partial<Record<ActionId, Effect>> = {
  orderVerification: task('verification'),
  withdrawVerification: () => ({ task: null }),
  reportVerification: (_, { input, at, by }) => ({
    task: null,
    verification: { conclusion: input.conclusion ?? 'notFound', at, by: by.accountNo },
  }),
  preFile: (_, { by }) => ({ proposal: 'file', preFiledBy: by.accountNo }),
  proposeDecline: (_, { by }) => ({ proposal: 'decline', preFiledBy: by.accountNo }),
  file: (_, { by, at }) => ({ filedBy: by.accountNo, filedAt: at }),
  fileUrgent: (_, { by, at }) => ({ filedBy: by.accountNo, filedAt: at }),
  sendBack: back,
  dispatch: send,
  assign: send,
  reportArrival: (progress, entry) =>
    // Written before this dispatch, it tells of an earlier one.
    lastRound(progress, (round) =>
      doneAt(entry) < round.dispatchedAt ? round : { ...round, arrivedAt: round.arrivedAt ?? doneAt(entry) },
    ),
  reportHandled: (progress, { at }) => endRound(progress, at, 'handled'),
  resume: (progress, { at }) =>
    progress.state === 'dispatched'
      ? lastRound(progress, (round) => ({ ...round, pauses: round.pauses.map((p) => (p.until === null ? { ...p, until: at } : p)) }))
      : {},
  rework: again,
  orderCheck: task('check'),
  withdrawCheck: () => ({ task: null }),
  recheck: () => ({ check: null, isWithoutCheck: false }),
  reportCheck: (_, { input, at }) => ({ task: null, check: { solved: input.solved === true, at } }),
  forwardWithoutCheck: () => ({ isWithoutCheck: true }),
  mergeDuplicate: (_, { input }) => ({ mergedInto: input.otherCaseId ?? null }),
  relate: ({ relatedTo }, { input }) => ({ relatedTo: [...new Set([...relatedTo, input.otherCaseId ?? ''])].filter(Boolean) }),
  reopen: ({ counts }, { by, at }) => ({
    counts: { ...counts, reopenings: counts.reopenings + 1 },
    ...{ check: null, isWithoutCheck: false, mergedInto: null, filedBy: by.accountNo, filedAt: at, followUps: [] },
  }),
  requestExtend: ask,
  requestSuspend: ask,
  requestSendBack: ask,
  requestVoid: ask,
  requestCloseWithoutCheck: ask,
  withdrawRequest: (progress, entry) => settle(progress, entry, 'withdrawn'),
  refuseRequest: (progress, entry) => settle(progress, entry, 'refused'),
  approveRequest: grant,
  consentVoid: (progress, entry) => ({ ...settle(progress, entry, 'approved'), ...endRound(progress, entry.at, 'voided') }),
  urge: ({ counts }, { at }) => ({ counts: { ...counts, urges: counts.urges + 1 }, lastUrgedAt: at }),
  oversee: ({ counts, oversightLevel }, { input }) => ({
    counts: { ...counts, oversights: counts.oversights + 1 },
    overseenUntil: input.dueAt ?? null,
    oversightLevel: oversightLevel === 'inspection' ? oversightLevel : (input.oversightLevel ?? 'centre'),
  }),
  followUp: ({ followUps, rounds }, entry) => {
    const at = doneAt(entry)
    // Made before the work as it is now was done, it asked about something else.
    if (at < (rounds.at(-1)?.endedAt ?? 0)) return {}
    const made = { at, by: entry.by.accountNo, outcome: entry.input.outcome ?? 'noAnswer' }
    return { followUps: [...followUps, made].sort((a, b) => a.at - b.at) }
  },
  proposeReply: (_, { input, by, at }) => ({ reply: { ...noReply, text: input.answer ?? '', by, at } }),
  approveReply: (progress, { input, by, at }) =>
    withReply(progress, { state: 'approved', decidedBy: by, decidedAt: at, via: input.replyVia ?? null }),
  returnReply: (progress, { input, by, at }) =>
    withReply(progress, { state: 'returned', decidedBy: by, decidedAt: at, reason: input.reason ?? null }),
  returnToSource: (progress, { input, at }) =>
    withReply(progress, { state: 'delivered', deliveredAt: input.returnedAt ?? at, way: input.replyWay ?? null }),
  deliverReply: (progress, { at }) => withReply(progress, { state: 'delivered', deliveredAt: at }),
  giveUpReply: (progress) => withReply(progress, { isUndelivered: true }),
  amend: ({ facts }, { input }) => ({ facts: { ...facts, ...input.facts } }),
}

const noReply: Omit<Reply, 'text' | 'by' | 'at'> = {
  ...{ state: 'proposed', decidedBy: null, decidedAt: null, reason: null, via: null },
  ...{ isUndelivered: false, deliveredAt: null, way: null },
}

const withReply = ({ reply }: CaseProgress, change: Partial<Reply>): Partial<CaseProgress> =>
  reply ? { reply: { ...reply, ...change } } : {}

function lastRound({ rounds }: CaseProgress, change: (round: DispatchRound) => DispatchRound): Partial<CaseProgress> {
  const last = rounds.at(-1)
  return last ? { rounds: [...rounds.slice(0, -1), change(last)] } : {}
}

function endRound(progress: CaseProgress, at: EpochMs, endedBy: NonNullable<DispatchRound['endedBy']>): Partial<CaseProgress> {
  return lastRound(progress, (round) =>
    round.endedAt === null
      ? { ...round, endedAt: at, endedBy, pauses: round.pauses.map((p) => (p.until === null ? { ...p, until: at } : p)) }
      : round,
  )
}

function settle(progress: CaseProgress, { by, at, input }: HistoryEntry, state: CaseRequest['state']): Partial<CaseProgress> {
  return {
    requests: progress.requests.map((request) =>
      request.requestId === input.requestId ? { ...request, state, decidedBy: by, decidedAt: at } : request,
    ),
  }
}

/** What an approval does besides settling the request; where the case goes is in the entry (`grantedState`). */
function grant(progress: CaseProgress, entry: HistoryEntry): Partial<CaseProgress> {
  const { by, at, input } = entry
  const request = progress.requests.find(({ requestId }) => requestId === input.requestId)
  if (!request) return {}
  if (request.kind === 'void') {
    const requests = progress.requests.map((one) =>
      one === request ? { ...one, state: 'reviewed' as const, reviewedBy: by.accountNo } : one,
    )
    return { requests }
  }
  const settled = settle(progress, entry, 'approved')
  switch (request.kind) {
    case 'extend': {
      const extra = input.extraValue ?? request.input.extraValue ?? 0
      return { ...settled, ...lastRound(progress, (round) => ({ ...round, extraValue: round.extraValue + extra })) }
    }
    case 'suspend':
      return { ...settled, ...lastRound(progress, (round) => ({ ...round, pauses: [...round.pauses, { from: at, until: null }] })) }
    case 'sendBack':
      return { ...settled, ...endRound(progress, at, 'sentBack'), counts: { ...progress.counts, sentBacks: progress.counts.sentBacks + 1 } }
    case 'closeWithoutCheck':
      return { ...settled, ...endRound(progress, at, 'withoutCheck'), isWithoutCheck: true }
  }
}

/** Where an approved request leads; undefined: the case stays where it is. */
export const grantedState: Readonly<Record<RequestKind, CaseState | undefined>> = {
  extend: undefined,
  suspend: 'suspended',
  sendBack: 'filed',
  // The second person's consent voids it.
  void: undefined,
  closeWithoutCheck: 'checked',
}
