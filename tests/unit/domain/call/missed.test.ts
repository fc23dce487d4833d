import { describe, expect, it } from 'vitest'
import { callBackWithinMs, type MissedSources, openMissed } from '#shared/domain/call/missed'

const minute = 60_000
const number = '13912340826'
const ring = (callId: string, startedAt: number, rest: { number?: string | null; seatNo?: string } = {}) => ({
  ...{ callId, number, startedAt, endedAt: startedAt + 20_000, seatNo: '01' },
  ...rest,
})
const none: MissedSources = { rings: [], spoken: new Map(), tried: new Map(), desks: [], now: 60 * minute }

describe('missed calls of all seats', () => {
  it('are one entry for each number, due half an hour after the first ring', () => {
    const rings = [ring('a', minute), ring('b', 5 * minute, { seatNo: '03' }), ring('c', 2 * minute, { number: '13800000001' })]
    expect(openMissed({ ...none, rings })).toMatchObject([
      { number, callIds: ['b', 'a'], count: 2, seatNos: ['01', '03'], dueAt: minute + 20_000 + callBackWithinMs },
      { number: '13800000001', count: 1 },
    ])
  })
  it('are settled for all by one word with the number, at whichever seat, and open again with the next ring', () => {
    const rings = [ring('a', minute)]
    const spoken = new Map([[number, minute + 10_000]])
    expect(openMissed({ ...none, rings, spoken }), 'taken at the next seat').toEqual([])
    expect(openMissed({ ...none, rings: [...rings, ring('b', 9 * minute)], spoken })).toMatchObject([{ callIds: ['b'] }])
    const desks = [{ key: number, claim: null, settledAt: 5 * minute }]
    expect(openMissed({ ...none, rings, desks })).toEqual([])
  })
  it('say who has taken one on, as long as that holds, and how often it was tried', () => {
    const claim = { accountNo: '0201', name: '林小燕', until: 20 * minute }
    const given = {
      ...{ ...none, rings: [ring('a', 3 * minute)], desks: [{ key: number, claim, settledAt: null }] },
      tried: new Map([[number, [minute, 4 * minute, 8 * minute]]]),
    }
    expect(openMissed({ ...given, now: 19 * minute })).toMatchObject([{ claim, attempts: 2 }])
    expect(openMissed({ ...given, now: 20 * minute })).toMatchObject([{ claim: null }])
  })
  it('without a number stand each by itself and cannot be due', () => {
    const rings = [ring('a', minute, { number: null }), ring('b', 2 * minute, { number: null })]
    expect(openMissed({ ...none, rings }).map(({ key, dueAt }) => [key, dueAt])).toEqual([
      ['call/a', null],
      ['call/b', null],
    ])
  })
})
