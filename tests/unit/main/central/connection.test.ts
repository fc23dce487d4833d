import { describe, expect, it } from 'vitest'
import { type Connection, type ConnectionEvent, connectionAfter, startConnection } from '#main/central/connection'

const measured = (at: number, centreNow: number, roundTripMs: number): ConnectionEvent => ({
  type: 'measured',
  at,
  centreNow,
  roundTripMs,
  serverVersion: '1.0.0',
})
const following = (...events: ConnectionEvent[]): Connection => events.reduce(connectionAfter, startConnection(100))

describe('the connection to the centre', () => {
  it('begins connecting, goes online when heard and offline when lost, and says since when', () => {
    expect(following().view).toMatchObject({ state: 'connecting', since: 100, lastHeardAt: null })
    expect(following({ type: 'heard', at: 200 }).view).toMatchObject({ state: 'online', since: 200, lastHeardAt: 200 })
    const lost = following({ type: 'heard', at: 200 }, { type: 'lost', at: 300, reason: '甲' }, { type: 'lost', at: 400, reason: '乙' })
    expect(lost.view).toMatchObject({ state: 'offline', since: 300, lastHeardAt: 200, reason: '乙' })
    expect(connectionAfter(lost, { type: 'heard', at: 500 }).view).toMatchObject({ state: 'online', since: 500, reason: null })
  })

  it('takes the centre’s clock as half a round trip old', () => {
    expect(following(measured(1_000, 6_000, 80)).view).toMatchObject({ clockOffsetMs: 5_040, roundTripMs: 80, serverVersion: '1.0.0' })
  })

  it('is not moved by one slow answer, and follows a clock that was set at once', () => {
    const steady = [1, 2, 3, 4].map((at) => measured(at * 1_000, at * 1_000 + 500, 20))
    const slow = following(...steady, measured(5_000, 5_500, 9_000))
    expect(slow.view.clockOffsetMs).toBe(510)
    expect(connectionAfter(slow, measured(6_000, 6_000 - 3_600_000, 20)).view.clockOffsetMs).toBe(-3_599_990)
  })
})
