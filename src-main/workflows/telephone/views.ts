import type { CallQuality, CallRecord } from '#shared/contracts/call-shapes'
import type { AgentView, MissedCallView, TelephoneCallView } from '#shared/contracts/seat-api/telephone-views'
import type { AgentState } from '#shared/domain/agent/state'
import { type Call, isWithCitizen } from '#shared/domain/call/call'
import type { CallTotal } from '../../telephony/media/media'
import type { RegistrationView } from '../../telephony/sip/user-agent'
import type { CallNotes, SupervisionNote } from './call-facts'

/** From the domain's values to what windows and the log show; nothing is decided here. */
export function callView(call: Call, notes: CallNotes, hidesNumbers: boolean): TelephoneCallView {
  const { callId, direction, purpose, phase, held, isHoldPending, isMuted, startedAt, answeredAt, isInterrupted } = call
  const { calledNumber, isResuming, wasResumed, hasEarlyMedia, recording, answersItselfAt, supervision } = notes
  return {
    ...{ callId, direction, purpose, phase, held, isHoldPending, isMuted, startedAt, answeredAt, isInterrupted },
    ...{ calledNumber, isResuming, wasResumed, hasEarlyMedia, recording, answersItselfAt },
    number: call.remote.number,
    displayName: cut(call.remote.displayName),
    isWithheld: call.remote.isWithheld,
    caseNo: cut(call.carried.caseNo),
    isNumberHidden: hidesNumbers && isWithCitizen(call) && call.remote.number !== null && !notes.isNumberShown,
    handedBy: notes.handedBy ?? null,
    supervision: supervision && call.purpose === 'supervision' ? partView(supervision) : null,
    transfer: call.transfer && { kind: call.transfer.kind, target: call.transfer.target },
  }
}

const partView = ({ mode, accountNo, name, seatNo }: SupervisionNote) => ({ mode, accountNo, name, seatNo })

export function agentView({ phase, since, wish, forced, callId, wrapUpEndsAt, isCodeDue = false }: AgentState): AgentView {
  return {
    ...{ phase, since, wish, callId, wrapUpEndsAt, isCodeDue },
    forced: forced?.by === 'fault' ? { by: 'fault', faults: [...forced.faults] } : forced,
  }
}

/** Times of signalling are this PC's; those on screen are the centre's. */
export function registrationView(view: RegistrationView, offsetMs: number) {
  const shifted = (at: number | null) => (at === null ? null : Math.round(at + offsetMs))
  const { state, since, status, reason, nextTryAt, expiresAt, isAnswering, roundTripMs, transport, localAddress } = view
  return {
    ...{ state, status, reason: cut(reason), isAnswering, transport, localAddress },
    roundTripMs: roundTripMs === null ? null : Math.round(roundTripMs),
    since: Math.round(since + offsetMs),
    nextTryAt: shifted(nextTryAt),
    expiresAt: shifted(expiresAt),
  }
}

export interface Author {
  readonly seatNo: string
  readonly accountNo: string | null
  readonly name: string | null
}

export function recordOf(call: Call, notes: CallNotes, author: Author, quality: CallQuality | null): CallRecord | null {
  const { ending, endedAt } = call
  if (!ending || endedAt === null) return null
  const { callId, direction, purpose, startedAt, answeredAt, answeredBy } = call
  return {
    ...{ callId, direction, purpose, startedAt, answeredAt, answeredBy, ...author },
    number: cut(call.remote.number, 64),
    displayName: line(call.remote.displayName, 120),
    isWithheld: call.remote.isWithheld,
    calledNumber: line(notes.calledNumber, 64),
    caseNo: line(call.carried.caseNo, 60),
    endedAt: Math.max(endedAt, startedAt),
    ...{ endedBy: ending.endedBy, cause: ending.cause, sipStatus: ending.sipStatus, q850: ending.q850 },
    hangUpReason: notes.hangUpReason,
    wasResumed: notes.wasResumed,
    quality,
    recordingId: notes.recordingId,
    wrapUpCode: null,
    wrapUpNote: null,
    satisfaction: call.transfer?.kind === 'satisfaction' && ending.cause === 'transferred' ? 'awaited' : null,
  }
}

export function qualityOf(total: CallTotal): CallQuality {
  return {
    mosMean: total.scoreMean,
    mosWorst: total.scoreWorst,
    lossRatio: total.lossRatio,
    jitterMs: total.jitterMeanMs,
    roundTripMs: total.roundTripMeanMs,
    seat: total.page,
  }
}

/** Calls of one number are one entry, the newest telling. `records` newest first. */
export function missedOf(records: readonly CallRecord[], callBackWithinMs: number): MissedCallView[] {
  const byNumber = new Map<string, MissedCallView>()
  for (const { number, displayName, callId, startedAt, endedAt } of records) {
    const key = number ?? callId
    const first = byNumber.get(key)
    if (first) byNumber.set(key, { ...first, count: first.count + 1, dueAt: number === null ? null : endedAt + callBackWithinMs })
    else
      byNumber.set(key, {
        ...{ number, displayName, count: 1, lastCallId: callId, lastAt: startedAt, isPromised: false },
        dueAt: number === null ? null : endedAt + callBackWithinMs,
      })
  }
  return [...byNumber.values()]
}

/** Each promise stands by itself, the next one first. */
export function promisedOf(records: readonly CallRecord[]): MissedCallView[] {
  const promises = records.flatMap(({ number, displayName, callId, startedAt, callBackAt }): MissedCallView[] =>
    callBackAt === null || callBackAt === undefined
      ? []
      : [{ number, displayName, count: 1, lastCallId: callId, lastAt: startedAt, dueAt: callBackAt, isPromised: true }],
  )
  return promises.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0))
}

const cut = (text: string | null, most = 200): string | null => (text === null ? null : text.slice(0, most))
/** Text from outside may hold anything; a record holds one plain line. */
const line = (text: string | null, most: number): string | null => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  const plain = text?.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim()
  return plain ? plain.slice(0, most) : null
}
