import { err, ok, type Result } from '../../base/result'
import { beginCall, type Call, isConnected, isHeldHere, isLive, type NewCall } from './call'
import {
  type CallEffect,
  type CallFact,
  type CallRefusal,
  type CallRefusalCode,
  type CallRequest,
  decideCall,
  observeCall,
} from './transition'

/**
 * The seat's telephone: at most two calls at one headset 双线, of which at most one is heard, unless they are joined in a conference 三方会议 that is
 * mixed at the seat. Requests name a call; what they do to the other call (hold it first, drop the consultation) is decided here and nowhere else.
 */
export interface Telephone {
  /** In the order in which they began; ended calls leave. */
  readonly calls: readonly Call[]
  /** Both calls hear each other and the seat. Only with two connected calls. */
  readonly isConference: boolean
  /** The call the person turned to last: dialled, answered or resumed. */
  readonly focusId: string | null
}

export const idleTelephone: Telephone = { calls: [], isConference: false, focusId: null }

export const mostCalls = 2

export type TelephoneRequest =
  | (CallRequest & { readonly callId: string })
  | { readonly type: 'dial'; readonly call: NewCall }
  /** Hears the other call; the one heard now is held 切换. */
  | { readonly type: 'swap' }
  | { readonly type: 'join' }
  | { readonly type: 'split' }
  /** Connects the held call with the consulted one and leaves 转接 after 咨询. */
  | { readonly type: 'completeTransfer' }

export type TelephoneRefusalCode = CallRefusalCode | 'call/unknown' | 'call/bothLinesBusy' | 'call/needsTwoCalls' | 'call/inConference'

export interface TelephoneRefusal {
  readonly code: TelephoneRefusalCode
  readonly detail?: CallRefusal['detail']
}

export type TelephoneEffect =
  | { readonly callId: string; readonly effect: CallEffect }
  | { readonly type: 'dial'; readonly call: Call }
  | MixEffect
/** Starts or stops mixing both calls at the seat; nothing is said to the exchange. */
export interface MixEffect {
  readonly type: 'mix'
  readonly callIds: readonly string[]
}

export interface TelephoneStep {
  readonly telephone: Telephone
  readonly effects: readonly TelephoneEffect[]
}

export type Decision = Result<TelephoneStep, TelephoneRefusal>

const refuse = (code: TelephoneRefusalCode): Decision => err({ code })

/** The call that the keys mean: the one the person turned to, else the one that rings. */
export const foremost = ({ calls, focusId }: Telephone): Call | undefined =>
  calls.find(({ callId }) => callId === focusId) ?? calls.find(({ phase }) => phase === 'ringing') ?? calls[0]

/**
 * The calls joined to the headset now. Holding is a courtesy of the far side and may be refused or lost on the way; that two calls are never heard
 * at once by accident is decided here.
 */
export function heardCalls(telephone: Telephone): readonly Call[] {
  if (telephone.isConference) return telephone.calls.filter(isConnected)
  const call = foremost(telephone)
  return call && call.phase !== 'ringing' && !isHeldHere(call) ? [call] : []
}

export const ringingCall = ({ calls }: Telephone): Call | undefined => calls.find((call) => call.phase === 'ringing')

/** A call that rings at the seat. A third one is not taken: the exchange is told busy (486) and `undefined` comes back. */
export function offerCall(telephone: Telephone, given: NewCall): TelephoneStep | undefined {
  if (telephone.calls.length >= mostCalls) return undefined
  const call = beginCall(given)
  return {
    telephone: withCalls(telephone, [...telephone.calls, call]),
    effects: [{ callId: call.callId, effect: { type: 'startRinging' } }],
  }
}

export function decideTelephone(telephone: Telephone, request: TelephoneRequest): Decision {
  switch (request.type) {
    case 'dial':
      return dial(telephone, request.call)
    case 'swap':
      return swap(telephone)
    case 'join':
    case 'split':
      return mix(telephone, request.type)
    case 'completeTransfer':
      return completeTransfer(telephone)
    default:
      return decideOne(telephone, request)
  }
}

/** Answering or resuming one call holds the other; in a conference nobody is held, they are split first. */
function decideOne(telephone: Telephone, request: CallRequest & { readonly callId: string }): Decision {
  const call = telephone.calls.find(({ callId }) => callId === request.callId)
  if (!call) return refuse('call/unknown')
  const isTurnedTo = request.type === 'answer' || request.type === 'resume'
  if (telephone.isConference && (request.type === 'hold' || request.type === 'transfer')) return refuse('call/inConference')
  const decided = decideCall(call, request)
  if (!decided.ok) return decided
  const aside = isTurnedTo ? turnTo(telephone, call.callId) : { telephone, effects: [] }
  return ok({
    telephone: withCalls(aside.telephone, replace(aside.telephone.calls, decided.value.call)),
    effects: [...aside.effects, ...named(call.callId, decided.value.effects)],
  })
}

function dial(telephone: Telephone, given: NewCall): Decision {
  if (telephone.calls.length >= mostCalls) return refuse('call/bothLinesBusy')
  const aside = turnTo(telephone, given.callId)
  const call = beginCall(given)
  return ok({
    telephone: withCalls(aside.telephone, [...aside.telephone.calls, call]),
    effects: [...aside.effects, { type: 'dial', call }],
  })
}

function swap(telephone: Telephone): Decision {
  const [one, other] = telephone.calls
  if (!one || !other || !isConnected(one) || !isConnected(other)) return refuse('call/needsTwoCalls')
  if (telephone.isConference) return refuse('call/inConference')
  const next = one.callId === telephone.focusId ? other : one
  return decideOne(telephone, { type: 'resume', callId: next.callId })
}

function mix(telephone: Telephone, wanted: 'join' | 'split'): Decision {
  const connected = telephone.calls.filter(isConnected)
  if (connected.length < mostCalls || telephone.isConference === (wanted === 'join')) return refuse('call/needsTwoCalls')
  if (connected.some(({ isHoldPending }) => isHoldPending)) return refuse('call/holdPending')
  if (wanted === 'split') {
    // The consulted call was begun last: the citizen waits, the seat goes on with the other.
    const first = connected[0]
    const held = first && decideCall(first, { type: 'hold' })
    if (!first || !held?.ok) return refuse('call/needsTwoCalls')
    const parted = { calls: replace(telephone.calls, held.value.call), isConference: false, focusId: connected[1]?.callId ?? null }
    return ok({ telephone: parted, effects: [{ type: 'mix', callIds: [] }, ...named(first.callId, held.value.effects)] })
  }
  const resumed = connected.filter(isHeldHere).map((call) => ({ call, decided: decideCall(call, { type: 'resume' }) }))
  const calls = resumed.reduce((all, { decided }) => (decided.ok ? replace(all, decided.value.call) : all), telephone.calls)
  const effects = resumed.flatMap(({ call, decided }) => (decided.ok ? named(call.callId, decided.value.effects) : []))
  const callIds = connected.map(({ callId }) => callId)
  return ok({ telephone: { ...telephone, calls, isConference: true }, effects: [...effects, { type: 'mix', callIds }] })
}

/** The first call is referred to the second (RFC 5589 §7): the far sides talk, the seat is free. */
function completeTransfer(telephone: Telephone): Decision {
  const [first, second] = telephone.calls
  if (!first || !second || !isConnected(first)) return refuse('call/needsTwoCalls')
  // Somebody who calls here meanwhile was not consulted: the citizen is not given to them, nor is their call rejected for it.
  if (second.direction === 'incoming' && !isConnected(second)) return refuse('call/needsTwoCalls')
  if (telephone.isConference) return refuse('call/inConference')
  // A consultation that still rings becomes a blind transfer: there is no dialog to replace yet.
  const kind = isConnected(second) ? 'attended' : 'blind'
  const transfer = { kind, target: second.remote.number ?? '', consultCallId: second.callId } as const
  const decided = decideCall(first, { type: 'transfer', transfer })
  if (!decided.ok) return decided
  const dropped = kind === 'blind' ? decideCall(second, { type: 'hangUp', pressedMs: 0 }) : undefined
  return ok({
    telephone: withCalls(telephone, replace(telephone.calls, decided.value.call)),
    effects: [...(dropped?.ok ? named(second.callId, dropped.value.effects) : []), ...named(first.callId, decided.value.effects)],
  })
}

export interface Observed extends TelephoneStep {
  /** Calls that ended with this fact, with how; they are no longer on the telephone. */
  readonly ended: readonly Call[]
}

/** A fact about one call. A call that ends leaves the telephone, and a conference of which one has left is an ordinary call again. */
export function observeTelephone(telephone: Telephone, callId: string, fact: CallFact): Observed {
  const call = telephone.calls.find((one) => one.callId === callId)
  if (!call) return { telephone, effects: [], ended: [] }
  const { call: next, effects } = observeCall(call, fact)
  if (isLive(next)) return { telephone: withCalls(telephone, replace(telephone.calls, next)), effects: named(callId, effects), ended: [] }
  const unmixed: readonly TelephoneEffect[] = telephone.isConference ? [{ type: 'mix', callIds: [] }] : []
  const calls = telephone.calls.filter((one) => one.callId !== callId)
  const focusId = telephone.focusId === callId ? null : telephone.focusId
  return { telephone: { calls, isConference: false, focusId }, effects: [...unmixed, ...named(callId, effects)], ended: [next] }
}

/** Another dialog took the place of a call (RFC 3891): the same conversation under another name, and with whoever the far side is now. */
export function replaceCall(telephone: Telephone, callId: string, by: string): Telephone {
  const renamed = (call: Call): Call =>
    call.callId === callId ? { ...call, callId: by, held: 'none', isHoldPending: false, transfer: null } : call
  return {
    ...telephone,
    calls: telephone.calls.map(renamed),
    focusId: telephone.focusId === callId ? by : telephone.focusId,
  }
}

/** Turns to one call: whoever is heard now is held, also when both were. */
function turnTo(telephone: Telephone, callId: string): TelephoneStep {
  let { calls } = telephone
  const effects: TelephoneEffect[] = telephone.isConference ? [{ type: 'mix', callIds: [] }] : []
  for (const call of telephone.calls) {
    if (call.callId === callId || isHeldHere(call)) continue
    const decided = decideCall(call, { type: 'hold' })
    if (!decided.ok) continue
    calls = replace(calls, decided.value.call)
    effects.push(...named(call.callId, decided.value.effects))
  }
  return { telephone: { calls, isConference: false, focusId: callId }, effects }
}

const withCalls = (telephone: Telephone, calls: readonly Call[]): Telephone => ({ ...telephone, calls })
const replace = (calls: readonly Call[], next: Call): readonly Call[] => calls.map((call) => (call.callId === next.callId ? next : call))
const named = (callId: string, effects: readonly CallEffect[]): TelephoneEffect[] => effects.map((effect) => ({ callId, effect }))
