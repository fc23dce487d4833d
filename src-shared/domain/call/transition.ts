import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import { type Call, callPhases, isConnected, isHeldHere, isLive, isWithCitizen, type Transfer } from './call'
import { type EndContext, type EndFacts, endingOf } from './ending'

/**
 * What may be asked of one call, and what becomes of it. Requests come from a person (or a policy) and can be refused with a reason; facts come
 * from the network and are always taken, because the network does not ask. Both return the next value and the effects as data; nothing here
 * sends, plays or waits. How two calls share the headset is in `telephone.ts`.
 */
export type CallRequest =
  | { readonly type: 'answer'; readonly by: 'key' | 'headset' | 'policy' }
  | { readonly type: 'reject' }
  /** `pressedMs`: how long the key was held down. */
  | { readonly type: 'hangUp'; readonly pressedMs: number; readonly reason?: string }
  | { readonly type: 'hold' }
  | { readonly type: 'resume' }
  | { readonly type: 'mute'; readonly on: boolean }
  | { readonly type: 'sendDigits'; readonly digits: string }
  | { readonly type: 'transfer'; readonly transfer: Transfer }

export type CallFact =
  /** The far side rings (180), or is heard before it answers (183 with SDP, RFC 3261 §13.2.1; early media RFC 3960). */
  | { readonly type: 'progressed'; readonly at: EpochMs }
  /** The 2xx was acknowledged, or received: speech flows. */
  | { readonly type: 'answered'; readonly at: EpochMs }
  | { readonly type: 'remoteHeld' }
  | { readonly type: 'remoteResumed' }
  | { readonly type: 'holdConfirmed'; readonly isHeld: boolean }
  | { readonly type: 'holdFailed' }
  /** The target of a REFER answered with 2xx (RFC 3515 §2.4.4). */
  | { readonly type: 'transferDone' }
  | { readonly type: 'transferFailed' }
  | { readonly type: 'interrupted' }
  | { readonly type: 'restored' }
  /** The far side changed who speaks (UPDATE or re-INVITE after an attended transfer). */
  | { readonly type: 'remoteChanged'; readonly remote: Call['remote'] }
  | { readonly type: 'ended'; readonly at: EpochMs; readonly facts: EndFacts; readonly wanted?: EndContext['wanted'] }

export type CallEffect =
  | { readonly type: 'startRinging' | 'stopRinging' }
  | { readonly type: 'acceptSession' | 'rejectSession' | 'cancelSession' | 'endSession'; readonly reason?: string }
  | { readonly type: 'holdSession' | 'resumeSession' }
  | { readonly type: 'muteMicrophone'; readonly on: boolean }
  | { readonly type: 'sendDigits'; readonly digits: string }
  | { readonly type: 'referSession'; readonly transfer: Transfer }
  /** A log row is due: the call is over. */
  | { readonly type: 'keepRecord' }

export interface Step {
  readonly call: Call
  readonly effects: readonly CallEffect[]
}

export type CallRefusalCode =
  | 'call/notRinging'
  | 'call/notConnected'
  | 'call/ended'
  | 'call/held'
  | 'call/notHeld'
  | 'call/holdPending'
  | 'call/transferring'
  | 'call/citizenStillThere'
  | 'call/badDigits'
  | 'call/notCitizen'

export interface CallRefusal {
  readonly code: CallRefusalCode
  readonly detail?: Readonly<Record<string, unknown>>
}

/** The key is held down this long while the citizen is still there (seed 001: 来电市民尚未挂机不得抢先挂机). */
export const hangUpPressMs = 1000

const refuse = (code: CallRefusalCode, detail?: CallRefusal['detail']): Result<Step, CallRefusal> =>
  err({ code, ...(detail && { detail }) })
const step = (call: Call, ...effects: CallEffect[]): Step => ({ call, effects })

/** Decides a request. The refusal is what a greyed key says on hover. */
export function decideCall(call: Call, request: CallRequest): Result<Step, CallRefusal> {
  if (!isLive(call)) return refuse('call/ended')
  switch (request.type) {
    case 'answer':
      if (call.phase !== 'ringing') return refuse('call/notRinging')
      return ok(step({ ...call, phase: 'answering', answeredBy: request.by }, { type: 'stopRinging' }, { type: 'acceptSession' }))
    case 'reject':
      if (call.phase !== 'ringing') return refuse('call/notRinging')
      return ok(step(call, { type: 'stopRinging' }, { type: 'rejectSession' }))
    case 'hangUp':
      return hangUp(call, request)
    case 'mute':
      if (!isConnected(call)) return refuse('call/notConnected', phaseOf(call))
      return ok(step({ ...call, isMuted: request.on }, { type: 'muteMicrophone', on: request.on }))
    case 'sendDigits':
      if (!isConnected(call) && call.phase !== 'early') return refuse('call/notConnected', phaseOf(call))
      if (!/^[0-9*#A-D]{1,32}$/.test(request.digits)) return refuse('call/badDigits')
      return ok(step(call, { type: 'sendDigits', digits: request.digits }))
    case 'hold':
    case 'resume':
      return changeHold(call, request.type)
    case 'transfer':
      if (!isConnected(call)) return refuse('call/notConnected', phaseOf(call))
      if (call.phase === 'transferring') return refuse('call/transferring')
      if (request.transfer.kind === 'satisfaction' && !isWithCitizen(call)) return refuse('call/notCitizen')
      return ok(step({ ...call, phase: 'transferring', transfer: request.transfer }, { type: 'referSession', transfer: request.transfer }))
  }
}

const phaseOf = (call: Call) => ({ phase: callPhases[call.phase].name })

/** While a citizen is there, only a long press or a reason ends the call; whoever waits for an answer may always give up. */
function hangUp(call: Call, { pressedMs, reason }: Extract<CallRequest, { type: 'hangUp' }>): Result<Step, CallRefusal> {
  if (call.phase === 'ringing') return ok(step(call, { type: 'stopRinging' }, { type: 'rejectSession', ...(reason && { reason }) }))
  if (call.phase === 'dialing' || call.phase === 'early') return ok(step(call, { type: 'cancelSession' }))
  if (isWithCitizen(call) && pressedMs < hangUpPressMs && !reason)
    return refuse('call/citizenStillThere', { seconds: hangUpPressMs / 1000 })
  return ok(step(call, { type: 'endSession', ...(reason && { reason }) }))
}

function changeHold(call: Call, wanted: 'hold' | 'resume'): Result<Step, CallRefusal> {
  if (!isConnected(call)) return refuse('call/notConnected', phaseOf(call))
  if (call.phase === 'transferring') return refuse('call/transferring')
  if (call.isHoldPending) return refuse('call/holdPending')
  if (isHeldHere(call) === (wanted === 'hold')) return refuse(wanted === 'hold' ? 'call/held' : 'call/notHeld')
  const effect: CallEffect = { type: wanted === 'hold' ? 'holdSession' : 'resumeSession' }
  return ok(step({ ...call, isHoldPending: true }, effect))
}

/** Takes a fact. A fact that no longer fits (an answer that crossed a CANCEL, a hold after the end) changes nothing. */
export function observeCall(call: Call, fact: CallFact): Step {
  if (!isLive(call)) return step(call)
  switch (fact.type) {
    case 'progressed':
      return step(call.phase === 'dialing' ? { ...call, phase: 'early' } : call)
    case 'answered':
      return step(isConnected(call) || call.phase === 'ringing' ? call : { ...call, phase: 'talking', answeredAt: fact.at })
    case 'remoteHeld':
      return step({ ...call, held: isHeldHere(call) ? 'both' : 'remote' })
    case 'remoteResumed':
      return step({ ...call, held: isHeldHere(call) ? 'local' : 'none' })
    case 'holdConfirmed':
      return step({ ...call, isHoldPending: false, held: heldAs(call, fact.isHeld) })
    case 'holdFailed':
      return step({ ...call, isHoldPending: false })
    case 'transferDone':
      return step(call, ...(call.phase === 'transferring' ? [{ type: 'endSession' } as const] : []))
    case 'transferFailed':
      return step(call.phase === 'transferring' ? { ...call, phase: 'talking', transfer: null } : call)
    case 'interrupted':
      return step({ ...call, isInterrupted: true })
    case 'restored':
      return step({ ...call, isInterrupted: false })
    case 'remoteChanged':
      return step({ ...call, remote: fact.remote })
    case 'ended':
      return end(call, fact)
  }
}

function heldAs(call: Call, isHeld: boolean): Call['held'] {
  const isHeldThere = call.held === 'remote' || call.held === 'both'
  if (isHeld) return isHeldThere ? 'both' : 'local'
  return isHeldThere ? 'remote' : 'none'
}

function end(call: Call, { at, facts, wanted }: Extract<CallFact, { type: 'ended' }>): Step {
  const context = { direction: call.direction, wasAnswered: call.answeredAt !== null, wanted }
  const ended: Call = {
    ...call,
    phase: 'ended',
    held: 'none',
    isMuted: false,
    isHoldPending: false,
    isInterrupted: false,
    endedAt: at,
    ending: endingOf(facts, context),
  }
  return step(ended, ...(call.phase === 'ringing' ? [{ type: 'stopRinging' } as const] : []), { type: 'keepRecord' })
}
