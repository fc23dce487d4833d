import type { AppError } from '#shared/base/app-error'
import type { EpochMs, Ids } from '#shared/base/clock'
import { err, ok, type Result } from '#shared/base/result'
import type { AgentInterval } from '#shared/contracts/call-shapes'
import { appError } from '#shared/contracts/errors'
import type { Fault } from '#shared/domain/agent/answerability'
import {
  type AgentFact,
  type AgentPolicy,
  type AgentRequest,
  type AgentState,
  decideAgent,
  observeAgent,
  signedOutAgent,
} from '#shared/domain/agent/state'

/**
 * Holds the state of the agent at this seat: asks the domain what becomes of it, keeps it over a restart, and cuts the time into intervals for the
 * statistics of the shift. It knows of calls only what it is told.
 */
export interface AgentDesk {
  state(): AgentState
  /** Found now, whether or not they count against the person. */
  faults(): readonly Fault[]
  ask(request: AgentRequest): Result<void, AppError>
  observe(fact: AgentFact): void
  /** Told every second what stands against answering; empty: nothing. */
  judge(faults: readonly Fault[]): void
  /** Somebody sits down. `liveCallId`: the call that goes on from before a restart. */
  signIn(accountNo: string, liveCallId: string | null): void
  /** Gone, whatever went on. */
  signOut(): void
}

export interface AgentDeskParts {
  readonly ids: Ids
  readonly now: () => EpochMs
  readonly seatNo: string
  /** As the centre's settings have it now. */
  readonly policy: () => AgentPolicy
  readonly read: () => unknown
  /** Keeps the state for the next process, and the interval that ended with it, if one did. */
  readonly keep: (kept: KeptAgent | null, ended: AgentInterval | null) => void
  readonly onChanged: () => void
}

/** As it is stored. */
export interface KeptAgent {
  readonly accountNo: string
  readonly state: AgentState
  /** Start of the interval that is running. */
  readonly since: EpochMs
}

export function createAgentDesk({ ids, now, seatNo, policy, read, keep, onChanged }: AgentDeskParts): AgentDesk {
  let kept: KeptAgent | null = null
  let idle = signedOutAgent(now())
  let faults: readonly Fault[] = []

  const state = (): AgentState => kept?.state ?? idle

  function intervalOf({ accountNo, state: then, since }: KeptAgent, endedAt: EpochMs): AgentInterval | null {
    // A clock set back by the centre must not make an interval that ends before it begins.
    if (endedAt <= since) return null
    const { reason, isForced } = reasonOf(then)
    return {
      intervalId: ids.uuid(),
      seatNo,
      accountNo,
      phase: then.phase,
      reason,
      isForced,
      callId: then.callId,
      startedAt: since,
      endedAt,
    }
  }

  function become(next: AgentState): void {
    if (!kept || next === kept.state) return
    const at = now()
    const isNewInterval = intervalKey(next) !== intervalKey(kept.state)
    const ended = isNewInterval ? intervalOf(kept, at) : null
    kept = { ...kept, state: next, since: isNewInterval ? at : kept.since }
    keep(kept, ended)
    onChanged()
  }

  return {
    state,
    faults: () => faults,
    ask(request) {
      const decided = decideAgent(state(), request, policy(), now())
      if (!decided.ok) return err(appError(decided.error.code, decided.error.detail))
      become(decided.value)
      return ok(undefined)
    },
    observe: (fact) => become(observeAgent(state(), fact, policy(), now())),
    judge(found) {
      const isNews = found.join() !== faults.join()
      faults = found
      const { forced } = state()
      const isForcedByThese = forced?.by === 'fault' && forced.faults.join() === found.join()
      if (found.length > 0 && !isForcedByThese) become(observeAgent(state(), { type: 'faultsFound', faults: found }, policy(), now()))
      else if (found.length === 0 && forced?.by === 'fault') become(observeAgent(state(), { type: 'faultsGone' }, policy(), now()))
      else if (isNews) onChanged()
    },
    signIn(accountNo, liveCallId) {
      const before = read() as KeptAgent | null | undefined
      const at = now()
      const own = before && before.accountNo === accountNo ? before : null
      const next = own ? resumed(own.state, liveCallId, at) : observeAgent(signedOutAgent(at), { type: 'signedIn' }, policy(), at)
      // What ran when the program died ended at a time that nobody measured: it is counted until now only if it goes on.
      const goesOn = own !== null && intervalKey(own.state) === intervalKey(next)
      kept = { accountNo, state: next, since: goesOn && own ? own.since : at }
      keep(kept, null)
      onChanged()
    },
    signOut() {
      const at = now()
      const ended = kept && intervalOf(kept, at)
      kept = null
      idle = signedOutAgent(at)
      keep(null, ended)
      onChanged()
    },
  }
}

/**
 * After a restart the person wants what they wanted. A call that goes on is still spoken, a wrap-up still runs; everything else waits until the seat
 * has proved again that it can answer.
 */
function resumed(state: AgentState, liveCallId: string | null, at: EpochMs): AgentState {
  if (liveCallId !== null)
    return { ...state, phase: 'talking', callId: liveCallId, wrapUpEndsAt: null, since: state.phase === 'talking' ? state.since : at }
  if (state.phase === 'wrapUp' && state.wrapUpEndsAt !== null && (state.isCodeDue || state.wrapUpEndsAt > at)) return state
  const forced = state.forced?.by === 'shiftLead' ? state.forced : ({ by: 'fault', faults: ['notRegistered'] } as const)
  return { ...state, phase: 'notReady', forced, callId: null, wrapUpEndsAt: null, since: at }
}

/** Why somebody shows not ready: what was imposed goes before what was chosen. */
export function reasonOf({ phase, forced, wish }: AgentState): { readonly reason: string | null; readonly isForced: boolean } {
  if (phase !== 'notReady') return { reason: null, isForced: false }
  if (forced) return { reason: forced.by === 'fault' ? (forced.faults[0] ?? 'fault') : forced.by, isForced: true }
  return { reason: wish.phase === 'notReady' ? wish.reason : null, isForced: false }
}

const intervalKey = (state: AgentState): string => [state.phase, reasonOf(state).reason, state.callId].join('/')
