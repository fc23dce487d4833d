import { describe, expect, it } from 'vitest'
import type { CallView, SipCall } from '#main/telephony/sip/user-agent'
import { createCallDesk } from '#main/workflows/telephone/call-desk'
import type { CallNotes } from '#main/workflows/telephone/call-facts'
import { ok } from '#shared/base/result'
import { usualTelephoneSettings } from '#shared/contracts/seat-api/telephone-views'
import { type AgentFact, signedOutAgent } from '#shared/domain/agent/state'
import type { Call } from '#shared/domain/call/call'
import type { TelephoneEffect } from '#shared/domain/call/telephone'
import { createFakeClock } from '../../../../fakes/fake-clock'
import { createKeptLog } from '../../../../fakes/kept-log'

const start = 1_800_000_000_000

/** A desk without a line: what it would have signalling do is kept. */
function bench({ isAttended = true, answersItself = false } = {}) {
  const clock = createFakeClock(start)
  const effects: string[] = []
  const told: AgentFact[] = []
  const ended: { call: Call; notes: CallNotes }[] = []
  const done: string[] = []
  const desk = createCallDesk({
    ...{ clock, now: () => clock.now(), log: createKeptLog() },
    agent: { state: () => signedOutAgent(start), observe: (fact) => void told.push(fact) },
    run: async (effect: TelephoneEffect) => {
      effects.push('effect' in effect ? effect.effect.type : effect.type)
      return ok(undefined)
    },
    isAttended: () => isAttended,
    settings: () => ({ ...usualTelephoneSettings, answersItself, answersItselfAfterMs: 2_000 }),
    extensions: () => new Set(['1003']),
    beep: () => void effects.push('beep'),
    onChanged: () => undefined,
    onConnected: () => undefined,
    onEnded: (call, notes) => void ended.push({ call, notes }),
  })
  const offer = (id: string, number = '13800138000') => {
    const view = {
      ...{ id, sipCallId: id, direction: 'incoming', state: 'offered', calledNumber: '12319', isHeldHere: false, isHeldByPeer: false },
      peer: { number, displayName: null, isWithheld: false, source: 'from' },
      ...{ data: { caseNo: null, userToUser: null, extra: {} }, media: null, transfer: 'none', isResuming: false, startedAt: clock.now() },
      ...{ establishedAt: null, end: null },
    } as unknown as CallView
    const say = (what: string) => {
      done.push(`${id} ${what}`)
      return ok(undefined)
    }
    const call = {
      id,
      view: () => view,
      ring: () => say('ring'),
      reject: (status: number) => say(`reject ${status}`),
    } as unknown as SipCall
    desk.take({ type: 'callOffered', call })
  }
  return { clock, desk, effects, told, ended, done, offer }
}

describe('the calls at a seat', () => {
  it('answer themselves by policy, after a beep', async () => {
    const { clock, desk, effects, offer } = bench({ answersItself: true })
    offer('one')
    expect(desk.notesOf('one').answersItselfAt).toBe(start + 2_000)
    await clock.advance(1_500)
    expect(effects).toEqual([])
    await clock.advance(200)
    expect(effects).toEqual(['beep'])
    await clock.advance(400)
    expect(effects).toEqual(['beep', 'stopRinging', 'acceptSession'])
    expect(desk.telephone().calls[0]).toMatchObject({ phase: 'answering', answeredBy: 'policy' })
    expect(desk.notesOf('one').answersItselfAt).toBeNull()
  })

  it('do not beep into a call that the person answered first', async () => {
    const { clock, desk, effects, offer } = bench({ answersItself: true })
    offer('one')
    await desk.ask({ type: 'answer', callId: 'one', by: 'key' })
    await clock.advance(5_000)
    expect(effects).toEqual(['stopRinging', 'acceptSession'])
    expect(desk.telephone().calls[0]?.answeredBy).toBe('key')
    expect(clock.pending()).toBe(0)
  })

  it('do not answer themselves when they are given up, or when the person has somebody else on the line', async () => {
    const { clock, desk, effects, offer } = bench({ answersItself: true })
    offer('one')
    desk.observe('one', {
      ...{ type: 'ended', at: clock.now() },
      facts: { endedBy: 'peer', how: 'cancelled', sipCause: null, q850Cause: null },
    })
    await clock.advance(5_000)
    expect(effects.filter((effect) => effect === 'beep' || effect === 'acceptSession')).toEqual([])
    offer('two')
    await desk.ask({ type: 'answer', callId: 'two', by: 'key' })
    offer('three')
    await clock.advance(5_000)
    expect(desk.telephone().calls.map(({ callId, phase }) => [callId, phase])).toEqual([
      ['two', 'answering'],
      ['three', 'ringing'],
    ])
  })

  it('ring by default until somebody takes them', async () => {
    const { clock, desk, effects, offer } = bench()
    offer('one')
    await clock.advance(60_000)
    expect(effects).toEqual([])
    expect(desk.telephone().calls[0]?.phase).toBe('ringing')
  })

  it('that come to a seat where nobody is are refused, and are missed calls', () => {
    const { desk, ended, done, told, offer } = bench({ isAttended: false })
    offer('one')
    expect(done).toEqual(['one reject 480'])
    expect(desk.telephone().calls).toEqual([])
    expect(told).toEqual([])
    expect(ended).toHaveLength(1)
    expect(ended[0]).toMatchObject({
      call: {
        callId: 'one',
        phase: 'ended',
        answeredAt: null,
        endedAt: start,
        ending: { endedBy: 'program', cause: 'missed', sipStatus: 480 },
      },
      notes: { calledNumber: '12319' },
    })
  })

  it('are two at most: a third is told busy, a colleague is known by the extension', () => {
    const { desk, done, ended, offer } = bench()
    offer('one')
    offer('two', '1003')
    offer('three')
    // It leaves a row, so that somebody calls back.
    expect(ended).toMatchObject([{ call: { callId: 'three', ending: { cause: 'missed', sipStatus: 486 } } }])
    expect(done).toEqual(['one ring', 'two ring', 'three reject 486'])
    expect(desk.telephone().calls.map(({ purpose }) => purpose)).toEqual(['hotline', 'internal'])
  })
})
