import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultProofLimits, findFaults, type Proof } from '#shared/domain/agent/answerability'
import {
  type AgentFact,
  type AgentRequest,
  type AgentState,
  decideAgent,
  observeAgent,
  defaultAgentPolicy as policy,
  signedOutAgent,
} from '#shared/domain/agent/state'

const signedIn = observeAgent(signedOutAgent(0), { type: 'signedIn' }, policy, 1000)
const fact = (state: AgentState, one: AgentFact, now = 2000) => observeAgent(state, one, policy, now)
function ask(state: AgentState, request: AgentRequest, now = 2000): AgentState {
  const decided = decideAgent(state, request, policy, now)
  if (!decided.ok) throw new Error(decided.error.code)
  return decided.value
}
const ready = ask(signedIn, { type: 'showReady' })
const rang = fact(ready, { type: 'rang', callId: 'a' })
const talking = fact(rang, { type: 'answered', callId: 'a' })
const endedWell = { type: 'ended', callId: 'a', wasAnswered: true, isCitizen: true, isMissed: false } as const
const unanswered = { type: 'ended', callId: 'a', wasAnswered: false, isCitizen: true, isMissed: true } as const

describe('the agent’s state', () => {
  it('begins not ready, takes a call, wraps up and is ready again', () => {
    expect([signedIn.phase, ready.phase, rang.phase, talking.phase]).toEqual(['notReady', 'ready', 'ringing', 'talking'])
    const wrap = fact(talking, endedWell, 5000)
    expect(wrap).toMatchObject({ phase: 'wrapUp', since: 5000, wrapUpEndsAt: 5000 + policy.wrapUpMs })
    expect(fact(wrap, { type: 'tick' }, 5000 + policy.wrapUpMs - 1).phase).toBe('wrapUp')
    expect(fact(wrap, { type: 'tick' }, 5000 + policy.wrapUpMs)).toMatchObject({ phase: 'ready', callId: null })
    expect(ask(wrap, { type: 'finishWrapUp' }).phase).toBe('ready')
  })

  it('does not end a wrap-up without the code where the centre wants one', () => {
    const strict = { ...policy, isCodeCompulsory: true }
    const wrap = observeAgent(talking, endedWell, strict, 5000)
    const late = 5000 + policy.wrapUpMs + 1
    expect(observeAgent(wrap, { type: 'tick' }, strict, late)).toBe(wrap)
    expect(decideAgent(wrap, { type: 'finishWrapUp' }, strict, 6000)).toMatchObject({ ok: false, error: { code: 'agent/codeNeeded' } })
    // Another call's code is not this one's.
    expect(observeAgent(wrap, { type: 'coded', callId: 'b' }, strict, 6000)).toBe(wrap)
    const coded = observeAgent(wrap, { type: 'coded', callId: 'a' }, strict, 6000)
    expect(ask(coded, { type: 'finishWrapUp' })).toMatchObject({ phase: 'ready', isCodeDue: false })
    expect(observeAgent(coded, { type: 'tick' }, strict, late).phase).toBe('ready')
  })

  it('keeps a break that was asked for during the call until the call is over', () => {
    const asked = ask(talking, { type: 'showNotReady', reason: 'meal' })
    expect(asked.phase).toBe('talking')
    const after = ask(fact(asked, endedWell), { type: 'finishWrapUp' })
    expect(after).toMatchObject({ phase: 'notReady', wish: { phase: 'notReady', reason: 'meal' }, forced: null })
  })

  it('extends the wrap-up, but not without end', () => {
    let wrap = fact(talking, endedWell, 0)
    let times = 0
    for (;;) {
      const decided = decideAgent(wrap, { type: 'extendWrapUp' }, policy, 1)
      if (!decided.ok) {
        expect(decided.error).toEqual({ code: 'agent/wrapUpTooLong', detail: { minutes: 10 } })
        break
      }
      wrap = decided.value
      times += 1
    }
    expect(times).toBe(9)
  })

  it('shows a headset that was pulled out as the fault it is, and goes back by itself', () => {
    const pulled = fact(ready, { type: 'faultsFound', faults: ['noHeadset'] }, 3000)
    expect(pulled).toMatchObject({
      phase: 'notReady',
      since: 3000,
      forced: { by: 'fault', faults: ['noHeadset'] },
      wish: { phase: 'ready' },
    })
    expect(decideAgent(pulled, { type: 'showReady' }, policy, 3500)).toMatchObject({
      ok: false,
      error: { code: 'agent/cannotAnswer', detail: { faults: '没有耳机' } },
    })
    expect(fact(pulled, { type: 'faultsGone' }, 4000)).toMatchObject({ phase: 'ready', since: 4000, forced: null })
    const during = fact(talking, { type: 'faultsFound', faults: ['noHeadset'] })
    expect(during.phase).toBe('talking')
    expect(ask(fact(during, endedWell), { type: 'finishWrapUp' }).phase).toBe('notReady')
  })

  it('is not ready after a ring that nobody took, until the person says so', () => {
    const missed = fact(rang, unanswered, 3000)
    expect(missed).toMatchObject({ phase: 'notReady', forced: { by: 'unansweredRing' } })
    expect(fact(missed, { type: 'faultsGone' }).phase).toBe('notReady')
    expect(ask(missed, { type: 'showReady' })).toMatchObject({ phase: 'ready', forced: null })
    // A caller who gave up at once, or a colleague who took it, is no fault of the seat: the exchange says whether it was missed.
    expect(fact(rang, { ...unanswered, isMissed: false }).phase).toBe('ready')
  })

  it('obeys the shift lead, above a fault, until released', () => {
    const forced = fact(ready, { type: 'forcedByLead', accountNo: '0101', note: '请到大屏席' })
    expect(decideAgent(forced, { type: 'showReady' }, policy, 1)).toMatchObject({ ok: false, error: { code: 'agent/forcedByLead' } })
    expect(fact(forced, { type: 'faultsFound', faults: ['noHeadset'] }).forced).toMatchObject({ by: 'shiftLead' })
    expect(fact(forced, { type: 'releasedByLead' }).phase).toBe('ready')
  })

  it('lets nobody sign out of a call', () => {
    expect(decideAgent(talking, { type: 'signOut' }, policy, 1)).toMatchObject({ ok: false, error: { code: 'agent/inCall' } })
    expect(ask(ready, { type: 'signOut' }).phase).toBe('signedOut')
  })
})

const anyFact = fc.constantFrom<AgentFact>(
  { type: 'signedIn' },
  { type: 'rang', callId: 'a' },
  { type: 'answered', callId: 'a' },
  { type: 'dialled', callId: 'b' },
  endedWell,
  unanswered,
  { ...endedWell, callId: 'b', isCitizen: false },
  { type: 'faultsFound', faults: ['notRegistered'] },
  { type: 'faultsGone' },
  { type: 'forcedByLead', accountNo: '0101', note: '' },
  { type: 'releasedByLead' },
  { type: 'left' },
  { type: 'came' },
  { type: 'tick' },
)
const anyRequest = fc.constantFrom<AgentRequest>(
  { type: 'showReady' },
  { type: 'showNotReady', reason: 'rest' },
  { type: 'extendWrapUp' },
  { type: 'finishWrapUp' },
  { type: 'signOut' },
)

describe('whatever happens, in any order', () => {
  it('is ready only when it is wished and nothing stands against it, and knows its call exactly while there is one', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anyFact, anyRequest), { maxLength: 60 }), (all) => {
        let state = signedOutAgent(0)
        let now = 0
        for (const one of all) {
          now += 1000
          const decided = decideAgent(state, one as AgentRequest, policy, now)
          if (decided?.ok) state = decided.value
          else if (decided === undefined) state = observeAgent(state, one as AgentFact, policy, now)
          if (state.phase === 'ready') expect([state.wish.phase, state.forced]).toEqual(['ready', null])
          if (state.phase === 'notReady') expect(state.wish.phase === 'notReady' || state.forced !== null).toBe(true)
          expect(state.callId !== null).toBe(['ringing', 'talking', 'wrapUp'].includes(state.phase))
          expect(state.wrapUpEndsAt !== null).toBe(state.phase === 'wrapUp')
          expect(state.since).toBeLessThanOrEqual(now)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('whether the seat can answer', () => {
  const good: Proof = {
    ...{ isRegistered: true, registeredUntil: 100_000, exchangeAnsweredAt: 9000, microphone: 'present' },
    ...{ microphoneHeardAt: 9000, isSoundPathUp: true, isSpeakerAlive: true },
  }
  const at = 10_000
  it.each([
    ['all proved', {}, []],
    ['never registered', { isRegistered: false }, ['notRegistered']],
    ['registration ran out', { registeredUntil: at }, ['notRegistered']],
    ['the exchange says nothing', { exchangeAnsweredAt: at - defaultProofLimits.exchangeSilentMs - 1 }, ['exchangeSilent']],
    ['headset pulled out', { microphone: 'absent', isSpeakerAlive: false, isSoundPathUp: false }, ['noHeadset']],
    ['microphone refused by the system', { microphone: 'denied' }, ['microphoneDenied', 'speakerLost'].slice(0, 1)],
    ['path down', { isSoundPathUp: false }, ['soundPathDown']],
    ['microphone switched off at the cable', { microphoneHeardAt: at - defaultProofLimits.microphoneSilentMs - 1 }, ['microphoneSilent']],
    ['earpiece lost', { isSpeakerAlive: false }, ['speakerLost']],
    ['two at once', { isRegistered: false, isSoundPathUp: false }, ['notRegistered', 'soundPathDown']],
  ] as const)('%s', (_name, change, faults) => {
    expect(findFaults({ ...good, ...(change as Partial<Proof>) }, at)).toEqual(faults)
  })
})
