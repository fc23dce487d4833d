import { type Static, Type } from 'typebox'
import { AccountNo, Empty, EpochMs, Name, orNull, plainText, SeatNo, Uuid } from '../common'
import { followUpReaders } from './follow-ups'
import { route } from './route'

/** 未接来电 of all seats, to be worked off by whoever is free: taken on by one, so that no two call at once, and settled for all. */
export const MissedCallOfCentre = Type.Object({
  /** Of the last ring; names the entry. */
  callId: Uuid,
  callIds: Type.Array(Uuid),
  /** With its middle hidden: the whole one comes with the claim. Null: the caller showed none. */
  number: orNull(Type.String()),
  count: Type.Integer(),
  firstAt: EpochMs,
  lastAt: EpochMs,
  seatNos: Type.Array(SeatNo),
  dueAt: orNull(EpochMs),
  attempts: Type.Integer(),
  claim: orNull(Type.Object({ accountNo: AccountNo, name: Name, until: EpochMs })),
})
export type MissedCallOfCentre = Static<typeof MissedCallOfCentre>

export const MissedNote = Type.String({ minLength: 1, maxLength: 500, pattern: plainText })
const ofOne = Type.Object({ callId: Uuid })

export const missedCallRoutes = {
  'missedCalls.list': route({
    method: 'GET',
    path: '/missedCalls',
    tag: 'calls',
    roles: followUpReaders,
    summary: '全中心三天内还没有回拨的未接来电，限期近的在前；号码遮住中间几位',
    response: Type.Object({ items: Type.Array(MissedCallOfCentre) }),
    errors: [],
  }),
  'missedCalls.claim': route({
    method: 'PUT',
    path: '/missedCalls/{callId}/claim',
    tag: 'calls',
    roles: followUpReaders,
    summary: '认领一个未接来电，十分钟内别人不能回拨；给出完整号码并记入审计',
    params: ofOne,
    response: Type.Object({ number: Type.String(), until: EpochMs }),
    errors: ['record/notFound', 'call/claimed', 'call/noNumber'],
  }),
  'missedCalls.settle': route({
    method: 'PUT',
    path: '/missedCalls/{callId}/settlement',
    tag: 'calls',
    roles: followUpReaders,
    summary: '不再回拨，写明原因；全中心的名单里去掉',
    params: ofOne,
    body: Type.Object({ note: MissedNote }, { additionalProperties: false }),
    response: Empty,
    errors: ['record/notFound', 'call/claimed'],
  }),
} as const
