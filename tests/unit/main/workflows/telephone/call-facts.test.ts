import { describe, expect, it } from 'vitest'
import type { CallView } from '#main/telephony/sip/user-agent'
import { factsOf, purposeOf } from '#main/workflows/telephone/call-facts'
import { missedOf } from '#main/workflows/telephone/views'
import { beginCall, type Call } from '#shared/domain/call/call'
import { replaceCall } from '#shared/domain/call/telephone'
import { callRecordOf } from '../../../../fixtures/calls'

const now = 1_800_000_000_000
const remote = { number: '13800138000', displayName: null, isWithheld: false }
const callOf = (given: Partial<Call> = {}): Call => ({
  ...beginCall({ callId: 'one', direction: 'outgoing', purpose: 'outgoing', remote, startedAt: now }),
  ...given,
})
const viewOf = (given: Partial<CallView> = {}): CallView =>
  ({ id: 'one', state: 'calling', isHeldByPeer: false, peer: { ...remote, source: 'dialled' }, ...given }) as CallView

describe('what signalling says of a call that is not known yet', () => {
  const established = { state: 'established' } as const
  it.each<[string, Partial<Call>, Partial<CallView>, string[]]>([
    ['nothing new', {}, {}, []],
    ['the far side rings', {}, { state: 'ringing' }, ['progressed']],
    ['it is heard before it answers', {}, { state: 'early' }, ['progressed']],
    ['it rings on', { phase: 'early' }, { state: 'ringing' }, []],
    ['it answers', { phase: 'early' }, established, ['answered']],
    ['it has answered before', { phase: 'talking' }, established, []],
    ['it holds', { phase: 'talking' }, { ...established, isHeldByPeer: true }, ['remoteHeld']],
    ['it holds who holds it', { phase: 'talking', held: 'local' }, { ...established, isHeldByPeer: true }, ['remoteHeld']],
    ['it goes on holding', { phase: 'talking', held: 'both' }, { ...established, isHeldByPeer: true }, []],
    ['it takes back', { phase: 'talking', held: 'both' }, established, ['remoteResumed']],
    ['a hold of this side is no fact', { phase: 'talking', held: 'local' }, { ...established, isHeldHere: false }, []],
    ['it answers and holds at once', { phase: 'early' }, { ...established, isHeldByPeer: true }, ['answered', 'remoteHeld']],
  ])('%s', (_, call, view, facts) => {
    expect(factsOf(callOf(call), viewOf(view), now).map(({ type }) => type)).toEqual(facts)
  })

  it('tells who is there now, but keeps what was dialled', () => {
    const other = { number: '02087654321', displayName: '市政所', isWithheld: false }
    const call = callOf({ phase: 'talking' })
    expect(factsOf(call, viewOf({ ...established, peer: { ...other, source: 'assertedIdentity' } as CallView['peer'] }), now)).toEqual([
      { type: 'remoteChanged', remote: other },
    ])
    expect(factsOf(call, viewOf({ ...established, peer: { ...other, source: 'dialled' } as CallView['peer'] }), now)).toEqual([])
  })

  it('takes everybody for a citizen who is no colleague', () => {
    const extensions = new Set(['1003'])
    expect(purposeOf({ ...remote, number: '1003' }, extensions)).toBe('internal')
    expect(purposeOf({ ...remote, number: '1004' }, extensions)).toBe('hotline')
    expect(purposeOf({ ...remote, number: null, isWithheld: true }, extensions)).toBe('hotline')
  })
})

describe('a call that takes the place of another', () => {
  const first = callOf({
    phase: 'transferring',
    held: 'local',
    transfer: { kind: 'attended', target: '1003' },
    isHoldPending: true,
    isMuted: true,
  })
  const second = callOf({ callId: 'two' })
  it('goes on under its own name, heard and with nothing pending', () => {
    const before = { calls: [first, second], isConference: false, focusId: 'one' }
    const { calls, focusId } = replaceCall(before, 'one', 'new')
    expect(calls[0]).toMatchObject({ callId: 'new', held: 'none', isHoldPending: false, transfer: null, isMuted: true, startedAt: now })
    expect(calls[1]).toBe(second)
    expect(focusId).toBe('new')
  })
  it('leaves the person turned to whom they were turned to', () => {
    const before = { calls: [first, second], isConference: false, focusId: 'two' }
    expect(replaceCall(before, 'one', 'new').focusId).toBe('two')
    expect(replaceCall(before, 'nobody', 'new')).toEqual(before)
  })
})

describe('calls that nobody took', () => {
  const missed = (callId: string, number: string | null, at: number) =>
    callRecordOf({ callId, number, startedAt: at, endedAt: at + 20_000, answeredAt: null, cause: 'abandoned' })

  it('are one entry for a number; the newest tells when and who, the first when it is due', () => {
    const entries = missedOf([missed('c', '111', 3_000_000), missed('b', '222', 2_000_000), missed('a', '111', 1_000_000)], 600_000)
    expect(entries).toMatchObject([
      { number: '111', count: 2, lastCallId: 'c', lastAt: 3_000_000, dueAt: 1_000_000 + 20_000 + 600_000 },
      { number: '222', count: 1, lastCallId: 'b', dueAt: 2_000_000 + 20_000 + 600_000 },
    ])
  })

  it('without a number stay apart and cannot be given back', () => {
    expect(missedOf([missed('b', null, 2_000), missed('a', null, 1_000)], 600_000)).toMatchObject([
      { number: null, count: 1, lastCallId: 'b', dueAt: null },
      { number: null, count: 1, lastCallId: 'a', dueAt: null },
    ])
    expect(missedOf([], 600_000)).toEqual([])
  })
})
