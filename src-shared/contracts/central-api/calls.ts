import { type Static, Type } from 'typebox'
import { roleIds } from '../../domain/account/role'
import { AgentInterval, AgentPhaseSchema, CallRecord, PhoneNumber } from '../call-shapes'
import { Position } from '../case-shapes'
import { AccountNo, Empty, EpochMs, Name, orNull, PageQuery, pageOf, plainText, Role, SeatNo, Uuid } from '../common'
import { RecordingHold, recordingStates } from './recordings'
import { route } from './route'

/** What seats tell of their telephones: records of calls, how people's time was spent, and each agent's state now. */
/** Everybody who can sit at a seat with a telephone. */
const speakers = roleIds.filter((role) => role !== 'collector')
/** Who answers for a shift, and may see how it went. */
export const shiftReaders = ['shiftLead', 'commander', 'supervisor', 'assistant', 'director'] as const

const Words = Type.String({ minLength: 1, maxLength: 120, pattern: plainText })

/** 举手: asks the shift lead to come, with the reason. */
export const RaisedHand = Type.Object({ since: EpochMs, reason: Words }, { additionalProperties: false })
export type RaisedHand = Static<typeof RaisedHand>

/** As the person's own seat says it; who and where are the session's. */
export const AgentNow = Type.Object(
  {
    phase: AgentPhaseSchema,
    since: EpochMs,
    /** A `NotReadyReason`, or what was forced: a fault of `answerability.ts`, `unansweredRing`, `shiftLead`, `absence`. */
    reason: orNull(Type.String({ maxLength: 60, pattern: plainText })),
    isForced: Type.Boolean(),
    callId: orNull(Uuid),
    /** Since when the call is connected; null while it rings, or without one. */
    answeredAt: orNull(EpochMs),
    /** How the call sounds at the seat; left out by seats that do not say. */
    sound: Type.Optional(orNull(Type.Enum(['good', 'poor']))),
    /** The person asks for the shift lead. */
    hand: Type.Optional(orNull(RaisedHand)),
    /** How many words of the shift lead the person has not read; left out by seats that do not say. */
    unread: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    /** Where the call's report puts it, while the call lives; null while nobody has said. */
    place: Type.Optional(orNull(Position)),
  },
  { additionalProperties: false },
)
export type AgentNow = Static<typeof AgentNow>

export const AgentOnBoard = Type.Object({
  ...AgentNow.properties,
  seatNo: SeatNo,
  accountNo: AccountNo,
  name: Name,
  role: Role,
  at: EpochMs,
})
export type AgentOnBoard = Static<typeof AgentOnBoard>

/** What a shift lead tells a seat, at once: not ready with the reason, that again taken back, or a few words for the person alone. */
export const AgentDirection = Type.Union([
  Type.Object({ kind: Type.Literal('notReady'), note: Words }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('release') }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('say'), words: Words }, { additionalProperties: false }),
])
export type AgentDirection = Static<typeof AgentDirection>

export const AgentDirected = Type.Object({
  accountNo: AccountNo,
  byNo: AccountNo,
  byName: Name,
  at: EpochMs,
  direction: AgentDirection,
})
export type AgentDirected = Static<typeof AgentDirected>

/** A call as the centre lists it. `awaited`: its seat has a recording that has not come yet; null: it was not recorded. */
export const CallOnFile = Type.Object(
  {
    ...CallRecord.properties,
    recordingState: orNull(Type.Enum(['awaited', ...recordingStates])),
    /** A dispute needs its recording: it is kept beyond its days. */
    hold: Type.Optional(orNull(RecordingHold)),
  },
  { additionalProperties: false },
)
export type CallOnFile = Static<typeof CallOnFile>

/** One person over a stretch of time. Durations are milliseconds. */
export const AgentTotals = Type.Object({
  accountNo: AccountNo,
  name: Name,
  incoming: Type.Integer(),
  answered: Type.Integer(),
  missed: Type.Integer(),
  outgoing: Type.Integer(),
  /** Of answered calls, both directions. */
  talkMs: Type.Integer(),
  /** From ring to answer, of answered incoming calls. */
  ringMs: Type.Integer(),
  readyMs: Type.Integer(),
  notReadyMs: Type.Integer(),
  /** Not ready through a fault of the seat: kept out of people's scores. */
  faultMs: Type.Integer(),
  wrapUpMs: Type.Integer(),
})
export type AgentTotals = Static<typeof AgentTotals>

/** The queue of the exchange now. No numbers: who waits is nobody's business before somebody answers. */
export const QueueNow = Type.Object({
  /** Since when each caller waits, the longest first. */
  waiting: Type.Array(Type.Object({ since: EpochMs })),
  /** `away`: the telephone is not registered, where the exchange says so. */
  members: Type.Array(Type.Object({ extension: Type.String(), state: Type.Enum(['free', 'busy', 'paused', 'away']) })),
  at: EpochMs,
})
export type QueueNow = Static<typeof QueueNow>

export const callRoutes = {
  'calls.keep': route({
    method: 'PUT',
    path: '/calls/{callId}',
    tag: 'calls',
    roles: speakers,
    summary: '一通电话的记录；小结补记后再送一次',
    idempotent: true,
    params: Type.Object({ callId: Uuid }),
    body: CallRecord,
    response: CallRecord,
    errors: ['record/exists'],
  }),
  'calls.reveal': route({
    method: 'PUT',
    path: '/calls/{callId}/reveals/{revealId}',
    tag: 'calls',
    roles: speakers,
    summary: '坐席显示了来电人的完整号码；记入审计',
    idempotent: true,
    params: Type.Object({ callId: Uuid, revealId: Uuid }),
    body: Type.Object({ at: EpochMs }, { additionalProperties: false }),
    response: Empty,
    errors: [],
  }),
  'calls.list': route({
    method: 'GET',
    path: '/calls',
    tag: 'calls',
    roles: shiftReaders,
    summary: '通话记录，新的在前；号码遮住中间几位',
    query: Type.Object(
      {
        ...PageQuery,
        which: Type.Optional(Type.Enum(['all', 'missed', 'incoming', 'outgoing', 'held'])),
        accountNo: Type.Optional(AccountNo),
        seatNo: Type.Optional(SeatNo),
        number: Type.Optional(PhoneNumber),
        from: Type.Optional(EpochMs),
        until: Type.Optional(EpochMs),
      },
      { additionalProperties: false },
    ),
    response: pageOf(CallOnFile),
    errors: [],
  }),
  'agentIntervals.append': route({
    method: 'POST',
    path: '/agentIntervals',
    tag: 'calls',
    roles: speakers,
    summary: '一段坐席状态，供班次统计',
    status: 201,
    idempotent: true,
    body: AgentInterval,
    response: AgentInterval,
    errors: ['record/exists'],
  }),
  'agents.show': route({
    method: 'PUT',
    path: '/agents/me',
    tag: 'calls',
    roles: speakers,
    summary: '本人此刻的坐席状态',
    body: AgentNow,
    response: Empty,
    errors: [],
  }),
  'agents.list': route({
    method: 'GET',
    path: '/agents',
    tag: 'calls',
    roles: shiftReaders,
    summary: '各坐席此刻的状态',
    response: Type.Object({ items: Type.Array(AgentOnBoard) }),
    errors: [],
  }),
  'agents.direct': route({
    method: 'POST',
    path: '/agents/{accountNo}/directions',
    tag: 'calls',
    roles: ['shiftLead'],
    summary: '值班长置忙、解除、文字提示一名在席人员；只对此刻在席的人',
    params: Type.Object({ accountNo: AccountNo }),
    body: Type.Object({ direction: AgentDirection }, { additionalProperties: false }),
    response: Empty,
    errors: ['agent/notAtSeat'],
  }),
  'agents.total': route({
    method: 'GET',
    path: '/agents/totals',
    tag: 'calls',
    roles: shiftReaders,
    summary: '一段时间内各人的接听与状态时长',
    query: Type.Object({ from: EpochMs, until: EpochMs }, { additionalProperties: false }),
    response: Type.Object({ items: Type.Array(AgentTotals) }),
    errors: [],
  }),
  'queue.get': route({
    method: 'GET',
    path: '/queue',
    tag: 'calls',
    roles: speakers,
    summary: '热线此刻的排队：多少人在等、等了多久，哪些坐席可以接',
    // Null: the centre has no way to the exchange's queue.
    response: Type.Object({ queue: orNull(QueueNow) }),
    errors: ['cti/offline', 'cti/refused'],
  }),
} as const
