import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { TelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import type { AgentFact } from '#shared/domain/agent/state'
import { beginCall, type Call, isConnected, type NewCall } from '#shared/domain/call/call'
import {
  decideTelephone,
  idleTelephone,
  observeTelephone,
  offerCall,
  replaceCall,
  type Telephone,
  type TelephoneEffect,
  type TelephoneRequest,
} from '#shared/domain/call/telephone'
import type { CallFact } from '#shared/domain/call/transition'
import type { CallView, SipCall, UserAgentEvent } from '../../telephony/sip/user-agent'
import type { AgentDesk } from './agent-desk'
import { type CallNotes, factsOf, type KeptCall, newNotes, partyOf, purposeOf } from './call-facts'
import type { EffectRunner } from './effects'

/**
 * The calls at this seat. Requests and facts go to the domain, which says what becomes of the telephone; its effects are run, the agent is told, and
 * everything is kept before it is shown. It knows no exchange: `line.ts` does.
 */
export interface CallDesk {
  telephone(): Telephone
  notesOf(callId: string): CallNotes
  /** Refused with a reason, or done as far as the exchange answered. */
  ask(request: TelephoneRequest, notes?: Partial<CallNotes>): Promise<Result<void, AppError>>
  observe(callId: string, fact: CallFact): void
  note(callId: string, notes: Partial<CallNotes>): void
  /** The case that this call is about: it travels with a transfer and stands in the record. */
  carry(callId: string, caseNo: string): void
  /** What signalling says. */
  take(event: UserAgentEvent): void
  /** Calls of the process before this one, before anybody was asked about them. */
  restore(kept: readonly KeptCall[]): void
  /** A kept call that cannot go on. */
  lose(callId: string): void
  stop(): void
}

export interface CallDeskParts {
  readonly clock: Clock
  readonly now: () => EpochMs
  readonly log: Log
  readonly agent: Pick<AgentDesk, 'observe' | 'state'>
  readonly run: EffectRunner
  /** Nobody is here to take a call: signed out, or the seat is locked. */
  readonly isAttended: () => boolean
  readonly settings: () => TelephoneSettings
  readonly extensions: () => ReadonlySet<string>
  readonly beep: () => void
  /** Keeps what lives, joins the headset to it, shows it. */
  readonly onChanged: (telephone: Telephone) => void
  readonly onConnected: (call: Call) => void
  /** The call is over: its record is due. */
  readonly onEnded: (call: Call, notes: CallNotes) => void
}

/** The beep comes so long before the call is through: its person looks up. */
const beepAheadMs = 400
/** RFC 3261 §21.4.18: this seat cannot be reached now; the queue tries another. */
const unattendedStatus = 480
/** RFC 3261 §21.4.24 */
const busyStatus = 486

export function createCallDesk(parts: CallDeskParts): CallDesk {
  const { clock, now, log, agent } = parts
  const notes = new Map<string, CallNotes>()
  const timers = new Map<string, Stop>()
  let telephone = idleTelephone

  const callOf = (callId: string): Call | undefined => telephone.calls.find((call) => call.callId === callId)
  const notesOf = (callId: string): CallNotes => notes.get(callId) ?? newNotes
  const annotate = (callId: string, more: Partial<CallNotes>): void => void notes.set(callId, { ...notesOf(callId), ...more })

  /** The agent is told before anything is shown: no window sees a ringing call at a seat that is ready. */
  function become(next: Telephone, ...facts: AgentFact[]): void {
    telephone = next
    for (const fact of facts) agent.observe(fact)
    parts.onChanged(telephone)
  }
  const stopTimer = (callId: string): void => {
    timers.get(callId)?.()
    timers.delete(callId)
  }

  async function runAll(effects: readonly TelephoneEffect[]): Promise<Result<void, AppError>> {
    // All are begun at once: an answer must not wait for the hold of the other call, whose sound is cut here already.
    const outcomes = await Promise.all(effects.map((effect) => parts.run(effect, observe)))
    return outcomes.find((outcome) => !outcome.ok) ?? ok(undefined)
  }

  async function ask(request: TelephoneRequest, more: Partial<CallNotes> = {}): Promise<Result<void, AppError>> {
    const decided = decideTelephone(telephone, request)
    if (!decided.ok) return err(appError(decided.error.code, decided.error.detail))
    const { effects } = decided.value
    for (const effect of effects) if ('effect' in effect) noteWish(effect.callId, effect.effect)
    if (request.type === 'dial') annotate(request.call.callId, more)
    else if ('callId' in request) {
      // Whoever answers first, nobody hears the beep in the middle of the call.
      if (request.type === 'answer') stopTimer(request.callId)
      annotate(request.callId, { ...more, ...(request.type === 'answer' && { answersItselfAt: null }) })
    }
    become(decided.value.telephone, ...(request.type === 'dial' ? [{ type: 'dialled', callId: request.call.callId } as const] : []))
    const outcome = await runAll(effects)
    if (!outcome.ok && request.type === 'dial') forget(request.call.callId)
    return outcome
  }

  /** A call that never left this seat: the person was told, and there is nothing to record. */
  function forget(callId: string): void {
    if (!callOf(callId)) return
    notes.delete(callId)
    const focusId = telephone.focusId === callId ? null : telephone.focusId
    const calls = telephone.calls.filter((call) => call.callId !== callId)
    const [rest] = calls
    const fact: AgentFact = rest
      ? { type: 'moved', callId: rest.callId, isRinging: rest.phase === 'ringing' }
      : { type: 'ended', callId, wasAnswered: false, isCitizen: false, isMissed: false }
    become({ ...telephone, calls, focusId }, fact)
  }

  function noteWish(callId: string, effect: { readonly type: string; readonly reason?: string }): void {
    if (effect.type === 'rejectSession') annotate(callId, { wanted: 'reject', hangUpReason: effect.reason ?? null })
    if (effect.type === 'endSession') annotate(callId, { wanted: 'hangUp', hangUpReason: effect.reason ?? null })
    if (effect.type === 'referSession') annotate(callId, { wanted: 'transferred' })
  }

  function observe(callId: string, fact: CallFact): void {
    const before = callOf(callId)
    if (!before) return
    const { telephone: next, effects, ended } = observeTelephone(telephone, callId, fact)
    if (fact.type === 'transferFailed') annotate(callId, { wanted: null })
    telephone = next
    for (const call of ended) end(call)
    const after = callOf(callId)
    const isAnswered = after !== undefined && !isConnected(before) && isConnected(after)
    become(telephone, ...(isAnswered ? [{ type: 'answered', callId } as const] : []))
    if (isAnswered) parts.onConnected(after)
    void runAll(effects)
  }

  function end(call: Call): void {
    stopTimer(call.callId)
    const [rest] = telephone.calls
    // The other call is what the person is busy with now, unless both leave together in a transfer.
    if (rest && agent.state().callId === call.callId && call.ending?.cause !== 'transferred')
      agent.observe({ type: 'moved', callId: rest.callId, isRinging: rest.phase === 'ringing' })
    const own = notesOf(call.callId)
    notes.delete(call.callId)
    parts.onEnded(call, own)
  }

  function offer(call: SipCall): void {
    const view = call.view()
    const remote = partyOf(view)
    const given: NewCall = {
      callId: call.id,
      direction: 'incoming',
      purpose: purposeOf(remote, parts.extensions()),
      remote,
      startedAt: now(),
      carried: { caseNo: view.data.caseNo, userToUser: view.data.userToUser },
    }
    // Nobody heard it ring, yet a citizen called: somebody gives the call back.
    const refuse = (sipStatus: number, reason: string): void => {
      log.info(`call refused: ${reason}`, { callId: call.id })
      call.reject(sipStatus)
      const ending = { endedBy: 'program', cause: 'missed', sipStatus, q850: null } as const
      const missed: Call = { ...beginCall(given), phase: 'ended', endedAt: now(), ending }
      parts.onEnded(missed, { ...newNotes, calledNumber: view.calledNumber })
    }
    if (!parts.isAttended()) return void refuse(unattendedStatus, 'nobody is at the seat')
    const offered = offerCall(telephone, given)
    if (!offered) return void refuse(busyStatus, 'both lines are busy')
    // RFC 3261 §13.3.1.1: ringing goes out at once; what is painted and looked up comes after.
    call.ring()
    const isAlone = telephone.calls.length === 0
    annotate(call.id, { calledNumber: view.calledNumber, answersItselfAt: isAlone ? answerByItself(call.id) : null })
    become(offered.telephone, { type: 'rang', callId: call.id })
  }

  /** By policy, after a beep, and only a call that finds the seat idle. */
  function answerByItself(callId: string): EpochMs | null {
    const { answersItself, answersItselfAfterMs } = parts.settings()
    if (!answersItself) return null
    const afterMs = Math.max(beepAheadMs, answersItselfAfterMs)
    timers.set(
      callId,
      clock.after(afterMs - beepAheadMs, () => {
        parts.beep()
        timers.set(
          callId,
          clock.after(beepAheadMs, () => void ask({ type: 'answer', callId, by: 'policy' })),
        )
      }),
    )
    return now() + afterMs
  }

  function change(view: CallView): void {
    if (!callOf(view.id)) return
    const before = notesOf(view.id)
    const hasEarlyMedia = view.state === 'early' && view.media !== null
    const calledNumber = view.calledNumber ?? before.calledNumber
    const isResuming = view.isResuming
    const isNews = hasEarlyMedia !== before.hasEarlyMedia || calledNumber !== before.calledNumber || isResuming !== before.isResuming
    if (isNews) annotate(view.id, { hasEarlyMedia, calledNumber, isResuming })
    const call = callOf(view.id)
    // Who calls came from the colleague's seat, and the exchange speaks of the colleague.
    const isKnown = before.handedBy != null
    const facts = call ? factsOf(call, view, now()).filter(({ type }) => !isKnown || type !== 'remoteChanged') : []
    for (const fact of facts) observe(view.id, fact)
    if (isNews && facts.length === 0) parts.onChanged(telephone)
  }

  function take(event: UserAgentEvent): void {
    switch (event.type) {
      case 'callOffered':
        offer(event.call)
        return
      case 'callChanged':
        change(event.call)
        return
      case 'callEnded': {
        const { wanted } = notesOf(event.call.id)
        observe(event.call.id, { type: 'ended', at: now(), facts: event.end, ...(wanted && { wanted }) })
        return
      }
      case 'callReplaced': {
        const before = callOf(event.callId)
        if (!before) return
        notes.set(event.by, { ...notesOf(event.callId), recording: 'off', recordingId: null, wanted: null })
        notes.delete(event.callId)
        become(replaceCall(telephone, event.callId, event.by), { type: 'moved', callId: event.by, isRinging: false })
        const after = callOf(event.by)
        if (after && isConnected(after)) parts.onConnected(after)
        return
      }
      case 'registrationChanged':
      case 'digitReceived':
      case 'transferProgressed':
        return
    }
  }

  return {
    telephone: () => telephone,
    notesOf,
    ask,
    observe,
    note(callId, more) {
      if (!callOf(callId)) return
      annotate(callId, more)
      parts.onChanged(telephone)
    },
    carry(callId, caseNo) {
      const calls = telephone.calls.map((call) => (call.callId === callId ? { ...call, carried: { ...call.carried, caseNo } } : call))
      become({ ...telephone, calls })
    },
    take,
    restore(kept) {
      for (const { call, notes: own } of kept) notes.set(call.callId, { ...own, isResuming: true, wasResumed: true, answersItselfAt: null })
      const calls = kept.map(({ call }) => ({ ...call, isHoldPending: false }))
      become({ calls, isConference: false, focusId: calls.find(({ held }) => held === 'none' || held === 'remote')?.callId ?? null })
    },
    lose(callId) {
      observe(callId, { type: 'ended', at: now(), facts: { endedBy: 'network', how: 'lost', sipCause: null, q850Cause: null } })
    },
    stop() {
      for (const stop of timers.values()) stop()
      timers.clear()
    },
  }
}
