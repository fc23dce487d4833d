import type { CallRecord } from '#shared/contracts/call-shapes'
import type { OutputOfCommand, StateOfTopic } from '#shared/contracts/seat-api/table'
import type { MissedCallView } from '#shared/contracts/seat-api/telephone-views'
import { fakeAccountOf, fakeUuid } from './fake-data'

/** A morning's calls for the fake core: invented people, numbers of the range kept for examples. */
const minuteMs = 60_000

/** One call that is over, `minutesAgo` before `at`; anything else may be given. */
export function fakeCall(at: number, index: number, minutesAgo: number, given: Partial<CallRecord> = {}): CallRecord {
  const startedAt = at - minutesAgo * minuteMs
  const me = fakeAccountOf('intake')
  return {
    callId: fakeUuid(6_000 + index),
    ...{ direction: 'incoming', purpose: 'hotline', number: '+8613800138000', displayName: null, isWithheld: false, calledNumber: '12319' },
    ...{ caseNo: null, seatNo: '02', accountNo: me.accountNo, name: me.name },
    ...{ startedAt, answeredAt: startedAt + 6_000, endedAt: startedAt + 141_000, answeredBy: 'key', endedBy: 'caller', cause: 'answered' },
    ...{ sipStatus: null, q850: 16, hangUpReason: null, wasResumed: false, recordingId: fakeUuid(7_000 + index) },
    quality: { mosMean: 4.36, mosWorst: 4.1, lossRatio: 0.002, jitterMs: 4, roundTripMs: 11 },
    ...{ wrapUpCode: null, wrapUpNote: null },
    ...given,
  }
}

const unanswered = { answeredAt: null, answeredBy: null, quality: null, recordingId: null, q850: null } as const

export function fakeCalls(at: number): readonly CallRecord[] {
  return [
    fakeCall(at, 1, 9, {
      number: '+8645186520110',
      displayName: '王先生',
      wrapUpCode: 'registered',
      wrapUpNote: '友协大街 76 号积水，已登记',
      caseNo: '2026-11-0412',
    }),
    fakeCall(at, 2, 26, { ...unanswered, cause: 'abandoned', endedAt: at - 26 * minuteMs + 21_000, number: '+8613900139001' }),
    fakeCall(at, 3, 31, { direction: 'outgoing', purpose: 'callback', number: '+8613700137002', endedBy: 'seat', wrapUpCode: 'followUp' }),
    fakeCall(at, 4, 48, {
      number: null,
      isWithheld: true,
      wrapUpCode: 'silent',
      ...{ accountNo: '0102', name: '沈玉梅' },
      quality: { mosMean: 2.7, mosWorst: 1.9, lossRatio: 0.13, jitterMs: 62, roundTripMs: 240 },
    }),
    fakeCall(at, 5, 55, { purpose: 'internal', number: '1003', displayName: '坐席 03', wrapUpCode: 'internal' }),
    fakeCall(at, 6, 64, {
      ...unanswered,
      direction: 'outgoing',
      purpose: 'outgoing',
      cause: 'busy',
      endedBy: 'exchange',
      sipStatus: 486,
      q850: 17,
      number: '+8645187000001',
    }),
  ]
}

/** The waveform of two people who take turns; its sound is wherever the page is told to find it. */
export function fakeRecording(playId: string, call: CallRecord): OutputOfCommand<'recordings.open'> {
  const durationMs = call.endedAt - (call.answeredAt ?? call.endedAt)
  const turn = (side: 0 | 1) =>
    Array.from({ length: 600 }, (_, at) => (Math.floor(at / 40) % 2 === side ? 0.2 + 0.6 * Math.abs(Math.sin(at * 1.7)) : 0.01))
  return {
    ...{ playId, source: 'seat', startedAt: call.answeredAt ?? call.startedAt, durationMs },
    marks: [
      { kind: 'pause', atMs: Math.round(durationMs * 0.4) },
      { kind: 'resume', atMs: Math.round(durationMs * 0.5) },
      { kind: 'gap', atMs: Math.round(durationMs * 0.8) },
    ],
    peaks: { left: turn(0), right: turn(1) },
  }
}

export const fakeMissed = (at: number): readonly MissedCallView[] => [
  {
    number: '+8613900139001',
    displayName: null,
    count: 2,
    lastCallId: fakeUuid(6_002),
    lastAt: at - 26 * minuteMs,
    dueAt: at + 4 * minuteMs,
    isPromised: false,
  },
  { number: null, displayName: null, count: 1, lastCallId: fakeUuid(6_090), lastAt: at - 70 * minuteMs, dueAt: null, isPromised: false },
]

export const fakeCallLog = (at: number): StateOfTopic<'callLog.changed'> => ({ recent: [...fakeCalls(at)], missed: [...fakeMissed(at)] })
