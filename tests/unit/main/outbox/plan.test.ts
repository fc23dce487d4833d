import { describe, expect, it } from 'vitest'
import { plan, type Situation } from '#main/outbox/plan'
import { intent } from './outbox-bench'

const situation: Situation = { now: 100, sending: new Set(), pausedAccounts: new Set(), woken: new Set(), inFlightLimit: 4 }
const later = (text: string, nextAttemptAt: number) => intent(text, { nextAttemptAt, attempts: 1 })
const idsOf = ({ toSend, nextAt }: ReturnType<typeof plan>) => [toSend.map(({ intentId }) => intentId), nextAt]

describe('the plan', () => {
  it('looks again at the earliest end of a back-off, and at nothing when only an event can help', () => {
    expect(idsOf(plan([later('a', 300), later('b', 200), later('c', 100)], situation))).toEqual([['id-c'], 200])
    expect(idsOf(plan([intent('a', { state: 'parked' })], situation))).toEqual([[], null])
    expect(idsOf(plan([later('a', 300)], { ...situation, pausedAccounts: new Set(['A01']) }))).toEqual([[], null])
  })

  it('sends what was woken whatever its back-off says', () => {
    expect(idsOf(plan([later('a', 300), later('b', 200)], { ...situation, woken: new Set(['id-a']) }))).toEqual([['id-a'], 200])
  })

  it('leaves room for what is already in flight, and never counts below none', () => {
    const waiting = ['a', 'b', 'c'].map((text) => intent(text))
    expect(idsOf(plan(waiting, { ...situation, sending: new Set(['x', 'y']) }))).toEqual([['id-a', 'id-b'], null])
    expect(idsOf(plan(waiting, { ...situation, sending: new Set(['v', 'w', 'x', 'y', 'z']) }))).toEqual([[], null])
  })

  it('keeps a subject in order even when its first intent waits for another account', () => {
    const [first, second] = [intent('a', { subject: 's', accountNo: 'B02' }), intent('b', { subject: 's' })]
    expect(idsOf(plan([first, second], { ...situation, pausedAccounts: new Set(['B02']) }))).toEqual([[], null])
  })
})
