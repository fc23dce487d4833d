import { describe, expect, it } from 'vitest'
import { type AgentDesk, createAgentDesk, type KeptAgent } from '#main/workflows/telephone/agent-desk'
import type { AgentInterval } from '#shared/contracts/call-shapes'
import { defaultAgentPolicy } from '#shared/domain/agent/state'

/** The agent at one seat, over restarts of the program: what the store keeps lives on. */
function place() {
  let now = 1_000_000
  let made = 0
  let kept: KeptAgent | null = null
  const intervals: AgentInterval[] = []
  const nextId = (): string => {
    made += 1
    return `interval-${made}`
  }
  const pass = (ms: number): void => {
    now += ms
  }
  const start = (): AgentDesk =>
    createAgentDesk({
      ids: { uuid: nextId },
      now: () => now,
      seatNo: '02',
      policy: () => defaultAgentPolicy,
      read: () => kept,
      keep: (next, ended) => {
        kept = next
        if (ended) intervals.push(ended)
      },
      onChanged: () => undefined,
    })
  const spans = () => intervals.map(({ phase, reason, isForced, startedAt, endedAt }) => [phase, reason, isForced, endedAt - startedAt])
  return { start, spans, pass, now: () => now }
}

describe('the agent at a seat', () => {
  it('has their time cut where what they do or why changes, and faults kept apart', () => {
    const { start, spans, pass } = place()
    const desk = start()
    desk.signIn('2001', null)
    pass(1_000)
    desk.ask({ type: 'showNotReady', reason: 'meal' })
    pass(2_000)
    desk.ask({ type: 'showReady' })
    pass(3_000)
    desk.judge(['microphoneSilent'])
    desk.judge(['microphoneSilent'])
    pass(4_000)
    desk.judge([])
    pass(5_000)
    desk.signOut()
    expect(spans()).toEqual([
      ['notReady', 'signedIn', false, 1_000],
      ['notReady', 'meal', false, 2_000],
      ['ready', null, false, 3_000],
      ['notReady', 'microphoneSilent', true, 4_000],
      ['ready', null, false, 5_000],
    ])
  })

  it('is as ready after a restart as before, once the seat is proved again', () => {
    const { start, pass } = place()
    const before = start()
    before.signIn('2001', null)
    before.ask({ type: 'showReady' })
    pass(1_000)
    const after = start()
    after.signIn('2001', null)
    expect(after.state()).toMatchObject({ phase: 'notReady', wish: { phase: 'ready' }, forced: { by: 'fault' } })
    after.judge([])
    expect(after.state().phase).toBe('ready')
  })

  it('goes on talking after a restart in a call, and another person begins anew', () => {
    const { start, pass, now } = place()
    const before = start()
    before.signIn('2001', null)
    before.ask({ type: 'showReady' })
    before.observe({ type: 'rang', callId: 'c' })
    before.observe({ type: 'answered', callId: 'c' })
    const since = now()
    pass(1_000)
    const after = start()
    after.signIn('2001', 'c')
    expect(after.state()).toMatchObject({ phase: 'talking', callId: 'c', since })
    const other = start()
    other.signIn('2002', null)
    expect(other.state()).toMatchObject({ phase: 'notReady', wish: { phase: 'notReady', reason: 'signedIn' }, forced: null })
  })

  it('is busy with the call that remains, and not with its wrap-up', () => {
    const desk = place().start()
    desk.signIn('2001', null)
    desk.observe({ type: 'rang', callId: 'first' })
    desk.observe({ type: 'answered', callId: 'first' })
    desk.observe({ type: 'moved', callId: 'second', isRinging: false })
    desk.observe({ type: 'ended', callId: 'first', wasAnswered: true, isCitizen: true, isMissed: false })
    expect(desk.state()).toMatchObject({ phase: 'talking', callId: 'second' })
  })
})
