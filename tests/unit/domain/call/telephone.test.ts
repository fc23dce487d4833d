import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isConnected, isHeldHere, isLive, isSpeaking, type NewCall } from '#shared/domain/call/call'
import {
  decideTelephone,
  foremost,
  heardCalls,
  idleTelephone,
  mostCalls,
  observeTelephone,
  offerCall,
  type Telephone,
  type TelephoneEffect,
  type TelephoneRequest,
} from '#shared/domain/call/telephone'
import type { CallFact } from '#shared/domain/call/transition'

const call = (callId: string, change: Partial<NewCall> = {}): NewCall => ({
  callId,
  direction: 'incoming',
  purpose: 'hotline',
  remote: { number: '+8613800138000', displayName: null, isWithheld: false },
  startedAt: 1000,
  ...change,
})
const dialled = (callId: string) => call(callId, { direction: 'outgoing', purpose: 'consult' })
const endedByPeer = { type: 'ended', at: 9000, facts: { endedBy: 'peer', how: 'bye', sipCause: null, q850Cause: 16 } } as const

/** Requests and facts one after the other; a refusal stops the test. */
function run(steps: readonly (readonly [string, CallFact] | TelephoneRequest | { readonly offer: NewCall })[]) {
  let telephone: Telephone = idleTelephone
  let effects: readonly TelephoneEffect[] = []
  for (const one of steps) {
    if ('offer' in one) {
      const offered = offerCall(telephone, one.offer)
      if (!offered) throw new Error('busy')
      ;({ telephone, effects } = offered)
    } else if (Array.isArray(one)) ({ telephone, effects } = observeTelephone(telephone, one[0] as string, one[1] as CallFact))
    else {
      const decided = decideTelephone(telephone, one as TelephoneRequest)
      if (!decided.ok) throw new Error(decided.error.code)
      ;({ telephone, effects } = decided.value)
    }
  }
  return { telephone, effects }
}

const answered = (at: number): CallFact => ({ type: 'answered', at })
const talking = [{ offer: call('a') }, { type: 'answer', callId: 'a', by: 'key' }, ['a', answered(2000)]] as const
const consulting = [
  ...talking,
  { type: 'dial', call: dialled('b') },
  ['a', { type: 'holdConfirmed', isHeld: true }],
  ['b', answered(3000)],
] as const

describe('one call', () => {
  it('rings, is answered and ends with who ended it', () => {
    const { telephone } = run(talking)
    expect(telephone.calls.map(({ phase, answeredAt }) => ({ phase, answeredAt }))).toEqual([{ phase: 'talking', answeredAt: 2000 }])
    const { telephone: after, ended, effects } = observeTelephone(telephone, 'a', endedByPeer)
    expect(after).toEqual(idleTelephone)
    expect(ended[0]?.ending).toEqual({ endedBy: 'caller', cause: 'answered', sipStatus: null, q850: 16 })
    expect(effects).toEqual([{ callId: 'a', effect: { type: 'keepRecord' } }])
  })

  it('lets the citizen hang up first: a short press is refused, a long one or a reason is not', () => {
    const { telephone } = run(talking)
    const hangUp = (pressedMs: number, reason?: string) =>
      decideTelephone(telephone, { type: 'hangUp', callId: 'a', pressedMs, ...(reason && { reason }) })
    expect(hangUp(999)).toMatchObject({ ok: false, error: { code: 'call/citizenStillThere', detail: { seconds: 1 } } })
    expect(hangUp(1000)).toMatchObject({ ok: true, value: { effects: [{ callId: 'a', effect: { type: 'endSession' } }] } })
    expect(hangUp(0, '骚扰')).toMatchObject({ ok: true })
  })

  it('ends a call to a colleague, and an attempt, with one press', () => {
    const { telephone } = run([{ type: 'dial', call: dialled('b') }])
    expect(decideTelephone(telephone, { type: 'hangUp', callId: 'b', pressedMs: 0 })).toMatchObject({
      ok: true,
      value: { effects: [{ callId: 'b', effect: { type: 'cancelSession' } }] },
    })
    const connected = observeTelephone(telephone, 'b', answered(2000)).telephone
    expect(decideTelephone(connected, { type: 'hangUp', callId: 'b', pressedMs: 0 }).ok).toBe(true)
  })

  it('shows hold only when the far side has confirmed it, and both holds together', () => {
    const { telephone } = run([...talking, { type: 'hold', callId: 'a' }])
    expect(foremost(telephone)).toMatchObject({ held: 'none', isHoldPending: true })
    expect(decideTelephone(telephone, { type: 'resume', callId: 'a' })).toMatchObject({ ok: false, error: { code: 'call/holdPending' } })
    const held = observeTelephone(telephone, 'a', { type: 'holdConfirmed', isHeld: true }).telephone
    expect(heardCalls(held)).toEqual([])
    const both = observeTelephone(held, 'a', { type: 'remoteHeld' }).telephone
    expect(both.calls[0]?.held).toBe('both')
    expect(observeTelephone(both, 'a', { type: 'remoteResumed' }).telephone.calls[0]?.held).toBe('local')
    expect(observeTelephone(telephone, 'a', { type: 'holdFailed' }).telephone.calls[0]).toMatchObject({
      held: 'none',
      isHoldPending: false,
    })
  })

  it('goes back to talking when a transfer fails, and ends when it is done', () => {
    const { telephone } = run([...talking, { type: 'transfer', callId: 'a', transfer: { kind: 'blind', target: '8005' } }])
    expect(telephone.calls[0]?.phase).toBe('transferring')
    expect(observeTelephone(telephone, 'a', { type: 'transferFailed' }).telephone.calls[0]).toMatchObject({
      phase: 'talking',
      transfer: null,
    })
    expect(observeTelephone(telephone, 'a', { type: 'transferDone' }).effects).toEqual([{ callId: 'a', effect: { type: 'endSession' } }])
  })
})

describe('two calls', () => {
  it('holds the citizen while a colleague is asked, and connects them', () => {
    const { telephone } = run(consulting)
    expect(heardCalls(telephone).map(({ callId }) => callId)).toEqual(['b'])
    const decided = decideTelephone(telephone, { type: 'completeTransfer' })
    expect(decided.ok && decided.value.effects).toEqual([
      {
        callId: 'a',
        effect: { type: 'referSession', transfer: { kind: 'attended', target: '+8613800138000', consultCallId: 'b' } },
      },
    ])
  })

  it('passes a citizen to the announcement, and no colleague', () => {
    const { telephone } = run(talking)
    const asked = { type: 'transfer', callId: 'a', transfer: { kind: 'satisfaction', target: '*45' } } as const
    expect(decideTelephone(telephone, asked)).toMatchObject({ ok: true, value: { effects: [{ effect: { type: 'referSession' } }] } })
    const inHouse = { ...telephone, calls: telephone.calls.map((call) => ({ ...call, purpose: 'internal' as const })) }
    expect(decideTelephone(inHouse, asked)).toMatchObject({ ok: false, error: { code: 'call/notCitizen' } })
  })

  it('makes a blind transfer of a consultation that still rings', () => {
    const { telephone } = run([...talking, { type: 'dial', call: dialled('b') }, ['b', { type: 'progressed', at: 2500 }]])
    const decided = decideTelephone(telephone, { type: 'completeTransfer' })
    expect(decided.ok && decided.value.effects.map((one) => 'effect' in one && one.effect.type)).toEqual(['cancelSession', 'referSession'])
  })

  it.each([
    ['rings', [{ offer: call('b') }]],
    ['is just being answered', [{ offer: call('b') }, { type: 'answer', callId: 'b', by: 'key' }]],
  ] as const)('gives nobody to a second caller whose call %s: nobody consulted them', (_, second) => {
    const { telephone } = run([...talking, ...second])
    expect(decideTelephone(telephone, { type: 'completeTransfer' })).toEqual({ ok: false, error: { code: 'call/needsTwoCalls' } })
  })

  it('swaps whom the seat hears', () => {
    const { telephone, effects } = run([...consulting, { type: 'swap' }])
    expect(effects.map((one) => 'effect' in one && [one.callId, one.effect.type])).toEqual([
      ['b', 'holdSession'],
      ['a', 'resumeSession'],
    ])
    expect(heardCalls(observeTelephone(telephone, 'a', { type: 'holdConfirmed', isHeld: false }).telephone)[0]?.callId).toBe('a')
  })

  it('joins both in a conference that ends when one leaves', () => {
    const { telephone, effects } = run([...consulting, { type: 'join' }])
    expect(effects.at(-1)).toEqual({ type: 'mix', callIds: ['a', 'b'] })
    expect(heardCalls(telephone)).toHaveLength(2)
    const left = observeTelephone(telephone, 'b', endedByPeer)
    expect(left.telephone).toMatchObject({ isConference: false, calls: [{ callId: 'a' }] })
    expect(left.effects[0]).toEqual({ type: 'mix', callIds: [] })
  })

  it('takes no third call, and dials none', () => {
    const { telephone } = run(consulting)
    expect(offerCall(telephone, call('c'))).toBeUndefined()
    expect(decideTelephone(telephone, { type: 'dial', call: dialled('c') })).toMatchObject({
      ok: false,
      error: { code: 'call/bothLinesBusy' },
    })
  })
})

const callIds = ['a', 'b', 'c'] as const
const requests: fc.Arbitrary<TelephoneRequest> = fc.oneof(
  fc.record({ type: fc.constantFrom('answer' as const), callId: fc.constantFrom(...callIds), by: fc.constant('key' as const) }),
  fc.record({ type: fc.constantFrom('reject' as const, 'hold' as const, 'resume' as const), callId: fc.constantFrom(...callIds) }),
  fc.record({ type: fc.constant('hangUp' as const), callId: fc.constantFrom(...callIds), pressedMs: fc.constantFrom(0, 2000) }),
  fc.record({ type: fc.constant('mute' as const), callId: fc.constantFrom(...callIds), on: fc.boolean() }),
  fc.record({ type: fc.constant('dial' as const), call: fc.constantFrom(...callIds).map(dialled) }),
  fc.constantFrom({ type: 'swap' as const }, { type: 'join' as const }, { type: 'split' as const }, { type: 'completeTransfer' as const }),
)
const facts: fc.Arbitrary<CallFact> = fc.constantFrom<CallFact>(
  answered(2000),
  { type: 'progressed', at: 1500 },
  { type: 'remoteHeld' },
  { type: 'remoteResumed' },
  { type: 'holdConfirmed', isHeld: true },
  { type: 'holdConfirmed', isHeld: false },
  { type: 'holdFailed' },
  { type: 'transferDone' },
  { type: 'transferFailed' },
  { type: 'interrupted' },
  { type: 'restored' },
  endedByPeer,
)
const moves = fc.array(
  fc.oneof(
    requests.map((request) => ({ request })),
    fc.tuple(fc.constantFrom(...callIds), facts).map(([callId, fact]) => ({ callId, fact })),
    fc.constantFrom(...callIds).map((callId) => ({ offer: call(callId) })),
  ),
  { maxLength: 60 },
)

describe('whatever happens, in any order', () => {
  it('never joins two calls to the headset outside a conference, never keeps a third or an ended one, and stays in step', () => {
    fc.assert(
      fc.property(moves, (all) => {
        let telephone: Telephone = idleTelephone
        for (const move of all) {
          const known = telephone.calls.map(({ callId }) => callId)
          if ('offer' in move)
            telephone = known.includes(move.offer.callId) ? telephone : (offerCall(telephone, move.offer)?.telephone ?? telephone)
          else if ('fact' in move) telephone = observeTelephone(telephone, move.callId, move.fact).telephone
          else if (move.request.type !== 'dial' || !known.includes(move.request.call.callId)) {
            const decided = decideTelephone(telephone, move.request)
            if (decided.ok) telephone = decided.value.telephone
          }
          expect(telephone.calls.length).toBeLessThanOrEqual(mostCalls)
          expect(telephone.calls.every(isLive)).toBe(true)
          expect(new Set(telephone.calls.map(({ callId }) => callId)).size).toBe(telephone.calls.length)
          expect(heardCalls(telephone).length).toBeLessThanOrEqual(telephone.isConference ? 2 : 1)
          if (telephone.isConference) expect(telephone.calls.filter(isConnected)).toHaveLength(2)
          for (const one of telephone.calls) {
            expect(one.answeredAt !== null).toBe(isConnected(one))
            expect(isSpeaking(one) && isHeldHere(one)).toBe(false)
          }
        }
      }),
      { numRuns: 400 },
    )
  })
})
