import type { EpochMs } from '../../base/clock'
import { err, ok, type Result } from '../../base/result'
import { type Fault, faultWords } from './answerability'

/**
 * The state of the agent at a seat, apart from what the calls do: may the queue send a call here, and if not, why. One value, one table.
 *
 *   signedOut ─signIn▶ notReady ⇄ ready ─rang▶ ringing ─answered▶ talking ─ended▶ wrapUp ─done / time over▶ ready | notReady
 *                         ▲────────── forced: a fault, an unanswered ring, the shift lead ──────────┘
 *
 * During a call the person chooses what comes after it; a fault found during a call shows after it. Whatever is forced keeps its true reason, so
 * that a technical fault is never a person's (peers: Cisco UCCX reason codes).
 */
export const agentPhases = {
  signedOut: { name: '未签入' },
  ready: { name: '示闲' },
  notReady: { name: '示忙' },
  ringing: { name: '振铃' },
  talking: { name: '通话中' },
  wrapUp: { name: '整理' },
} as const

export type AgentPhase = keyof typeof agentPhases

/** Why somebody shows 示忙 by their own choice. `isBreak`: they may leave the seat for it; the others are work at it. */
export const notReadyReasons = {
  signedIn: { name: '刚签入', isChosen: false, isBreak: false },
  rest: { name: '小休', isChosen: true, isBreak: true },
  meal: { name: '用餐', isChosen: true, isBreak: true },
  meeting: { name: '会议', isChosen: true, isBreak: true },
  training: { name: '培训', isChosen: true, isBreak: true },
  callback: { name: '回访外呼', isChosen: true, isBreak: false },
  paperwork: { name: '案卷处理', isChosen: true, isBreak: false },
  handover: { name: '交接班', isChosen: true, isBreak: false },
} as const

export type NotReadyReason = keyof typeof notReadyReasons
export const chosenReasons = (Object.keys(notReadyReasons) as NotReadyReason[]).filter((reason) => notReadyReasons[reason].isChosen)

/** Why the program or somebody else did it. */
export type Forced =
  | { readonly by: 'fault'; readonly faults: readonly Fault[] }
  | { readonly by: 'unansweredRing' }
  | { readonly by: 'shiftLead'; readonly accountNo: string; readonly note: string }
  /** The person left: locked seat, no input for long. */
  | { readonly by: 'absence' }

/** What the person wants when nothing stands against it. */
export type Wish = { readonly phase: 'ready' } | { readonly phase: 'notReady'; readonly reason: NotReadyReason }

export interface AgentState {
  readonly phase: AgentPhase
  readonly since: EpochMs
  readonly wish: Wish
  /** Stands against the wish; null while the wish holds. */
  readonly forced: Forced | null
  /** The call that rings, is spoken or is wrapped up. */
  readonly callId: string | null
  /** End of the wrap-up; null outside it. */
  readonly wrapUpEndsAt: EpochMs | null
  /** The call's code 小结 must be chosen before the wrap-up ends; absent: it need not. */
  readonly isCodeDue?: boolean
}

export interface AgentPolicy {
  readonly wrapUpMs: number
  /** How much one request adds, and how often. */
  readonly wrapUpExtensionMs: number
  readonly wrapUpMostMs: number
  /** Whether a wrap-up lasts until the call has a code. */
  readonly isCodeCompulsory: boolean
  /** Whether a ring that nobody takes makes the seat 示忙. */
  readonly isForcedByUnansweredRing: boolean
}

export const defaultAgentPolicy: AgentPolicy = {
  // Thirty seconds of wrap-up after each call (product.md); the longest keeps a seat from hiding in it.
  wrapUpMs: 30_000,
  wrapUpExtensionMs: 60_000,
  wrapUpMostMs: 600_000,
  isCodeCompulsory: false,
  isForcedByUnansweredRing: true,
}

export type AgentRequest =
  | { readonly type: 'showReady' }
  | { readonly type: 'showNotReady'; readonly reason: NotReadyReason }
  | { readonly type: 'extendWrapUp' }
  | { readonly type: 'finishWrapUp' }
  | { readonly type: 'signOut' }

export type AgentFact =
  | { readonly type: 'signedIn' }
  | { readonly type: 'rang'; readonly callId: string }
  /** A call the person made counts as talking from its first moment: the queue sends nothing. */
  | { readonly type: 'dialled' | 'answered'; readonly callId: string }
  | {
      readonly type: 'ended'
      readonly callId: string
      readonly wasAnswered: boolean
      readonly isCitizen: boolean
      readonly isMissed: boolean
    }
  /** The person is busy with another call from now on: the one that remained, or the one that took its place. */
  | { readonly type: 'moved'; readonly callId: string; readonly isRinging: boolean }
  /** The call was given its code. */
  | { readonly type: 'coded'; readonly callId: string }
  | { readonly type: 'faultsFound'; readonly faults: readonly Fault[] }
  | { readonly type: 'faultsGone' }
  | { readonly type: 'forcedByLead'; readonly accountNo: string; readonly note: string }
  | { readonly type: 'releasedByLead' }
  | { readonly type: 'left' }
  | { readonly type: 'came' }
  | { readonly type: 'tick' }

export interface AgentRefusal {
  readonly code:
    | 'agent/cannotAnswer'
    | 'agent/forcedByLead'
    | 'agent/notInWrapUp'
    | 'agent/codeNeeded'
    | 'agent/wrapUpTooLong'
    | 'agent/inCall'
    | 'agent/signedOut'
  readonly detail?: Readonly<Record<string, unknown>>
}

export const signedOutAgent = (at: EpochMs): AgentState => ({
  phase: 'signedOut',
  since: at,
  wish: { phase: 'notReady', reason: 'signedIn' },
  forced: null,
  callId: null,
  wrapUpEndsAt: null,
})

const refuse = (code: AgentRefusal['code'], detail?: AgentRefusal['detail']): Result<AgentState, AgentRefusal> =>
  err({ code, ...(detail && { detail }) })

const isInCall = ({ phase }: AgentState): boolean => phase === 'ringing' || phase === 'talking'

/** Decides what the person asks for. During a call and the wrap-up, ready and not ready choose what comes after. */
export function decideAgent(state: AgentState, request: AgentRequest, policy: AgentPolicy, now: EpochMs): Result<AgentState, AgentRefusal> {
  if (state.phase === 'signedOut') return refuse('agent/signedOut')
  switch (request.type) {
    case 'showReady':
      return showReady(state, now)
    case 'showNotReady': {
      const wish = { phase: 'notReady', reason: request.reason } as const
      if (isInCall(state) || state.phase === 'wrapUp') return ok({ ...state, wish })
      return ok(rest({ ...state, wish, forced: state.forced?.by === 'unansweredRing' ? null : state.forced }, now))
    }
    case 'extendWrapUp':
      return extendWrapUp(state, policy)
    case 'finishWrapUp':
      if (state.phase !== 'wrapUp') return refuse('agent/notInWrapUp')
      return state.isCodeDue ? refuse('agent/codeNeeded') : ok(rest(state, now))
    case 'signOut':
      return isInCall(state) ? refuse('agent/inCall') : ok(signedOutAgent(now))
  }
}

function showReady(state: AgentState, now: EpochMs): Result<AgentState, AgentRefusal> {
  const wished: AgentState = { ...state, wish: { phase: 'ready' } }
  if (isInCall(state)) return ok(wished)
  if (state.forced?.by === 'shiftLead') return refuse('agent/forcedByLead', { note: state.forced.note })
  if (state.forced?.by === 'fault')
    return refuse('agent/cannotAnswer', { faults: state.forced.faults.map((fault) => faultWords[fault].name).join('、') })
  if (state.phase === 'wrapUp') return ok(wished)
  return ok(rest({ ...wished, forced: null }, now))
}

function extendWrapUp(state: AgentState, policy: AgentPolicy): Result<AgentState, AgentRefusal> {
  if (state.phase !== 'wrapUp' || state.wrapUpEndsAt === null) return refuse('agent/notInWrapUp')
  const endsAt = state.wrapUpEndsAt + policy.wrapUpExtensionMs
  if (endsAt - state.since > policy.wrapUpMostMs) return refuse('agent/wrapUpTooLong', { minutes: policy.wrapUpMostMs / 60_000 })
  return ok({ ...state, wrapUpEndsAt: endsAt })
}

/** Takes a fact; what does not fit changes nothing. */
export function observeAgent(state: AgentState, fact: AgentFact, policy: AgentPolicy, now: EpochMs): AgentState {
  if (fact.type === 'signedIn') return state.phase === 'signedOut' ? { ...signedOutAgent(now), phase: 'notReady' } : state
  if (state.phase === 'signedOut') return state
  switch (fact.type) {
    case 'rang':
      return isInCall(state) ? state : move(state, 'ringing', now, fact.callId)
    case 'dialled':
    case 'answered':
      return state.phase === 'talking' ? state : move(state, 'talking', now, fact.callId)
    case 'ended':
      return endCall(state, fact, policy, now)
    case 'moved':
      return moveToCall(state, fact, now)
    case 'coded':
      return state.phase === 'wrapUp' && state.callId === fact.callId && state.isCodeDue ? { ...state, isCodeDue: false } : state
    case 'faultsFound':
      return force(state, { by: 'fault', faults: fact.faults }, now)
    case 'faultsGone':
      return state.forced?.by === 'fault' ? force(state, null, now) : state
    case 'forcedByLead':
      return force(state, { by: 'shiftLead', accountNo: fact.accountNo, note: fact.note }, now)
    case 'releasedByLead':
      return state.forced?.by === 'shiftLead' ? force(state, null, now) : state
    case 'left':
      // A ring that nobody took came before: now it is known why.
      return (state.forced && state.forced.by !== 'unansweredRing') || isOnBreak(state) ? state : turned(state, { by: 'absence' }, now)
    case 'came':
      return state.forced?.by === 'absence' ? turned(state, null, now) : state
    case 'tick':
      // Without the code that is due the time runs over, and everybody sees it: the queue is never told ready for a call that was not closed.
      return state.phase === 'wrapUp' && state.wrapUpEndsAt !== null && now >= state.wrapUpEndsAt && !state.isCodeDue
        ? rest(state, now)
        : state
  }
}

function endCall(state: AgentState, fact: Extract<AgentFact, { type: 'ended' }>, policy: AgentPolicy, now: EpochMs): AgentState {
  if (!isInCall(state) || state.callId !== fact.callId) return state
  if (fact.wasAnswered && fact.isCitizen)
    return {
      ...move(state, 'wrapUp', now, fact.callId),
      wrapUpEndsAt: now + policy.wrapUpMs,
      isCodeDue: policy.isCodeCompulsory,
    }
  const isUnanswered = fact.isMissed && !fact.wasAnswered && policy.isForcedByUnansweredRing && state.forced === null
  return rest(isUnanswered ? { ...state, forced: { by: 'unansweredRing' } } : state, now)
}

function moveToCall(state: AgentState, { callId, isRinging }: Extract<AgentFact, { type: 'moved' }>, now: EpochMs): AgentState {
  const phase = isRinging ? 'ringing' : 'talking'
  // The time in the conversation runs on when a call takes the place of another.
  return state.phase === phase ? { ...state, callId } : move(state, phase, now, callId)
}

/** What somebody else or a fault imposes is shown at once when nothing goes on, and after the call otherwise. The shift lead's word outranks a fault's. */
function force(state: AgentState, forced: Forced | null, now: EpochMs): AgentState {
  if (state.forced?.by === 'shiftLead' && forced?.by === 'fault') return state
  const next = { ...state, forced }
  return isInCall(state) || state.phase === 'wrapUp' ? next : rest(next, now)
}

/** A break that was said before is no leaving of the post (登记的休息): it goes on behind the lock under its own name. */
export function isOnBreak({ phase, wish, forced }: Pick<AgentState, 'phase' | 'wish' | 'forced'>): boolean {
  return phase === 'notReady' && forced === null && wish.phase === 'notReady' && notReadyReasons[wish.reason].isBreak
}

/** Going and coming begin a time of their own, also where the seat was not ready before. */
function turned(state: AgentState, forced: Forced | null, now: EpochMs): AgentState {
  const next = force(state, forced, now)
  return next.phase === 'notReady' ? { ...next, since: now } : next
}

/** Between calls: the wish, unless something stands against it. The time in a phase goes on when nothing visible changed. */
function rest(state: AgentState, now: EpochMs): AgentState {
  const phase = state.forced || state.wish.phase === 'notReady' ? 'notReady' : 'ready'
  if (phase === state.phase) return { ...state, callId: null, wrapUpEndsAt: null, isCodeDue: false }
  return move(state, phase, now, null)
}

const move = (state: AgentState, phase: AgentPhase, now: EpochMs, callId: string | null): AgentState => ({
  ...state,
  phase,
  since: now,
  callId,
  wrapUpEndsAt: null,
  isCodeDue: false,
})
