import { beforeEach, describe, expect, it } from 'vitest'
import { type ConnectionMonitor, createConnectionMonitor } from '#main/central/monitor'
import { err, ok } from '#shared/base/result'
import type { Centre } from '#shared/contracts/central-api/centre'
import { appError } from '#shared/contracts/errors'
import { createFakeClock, type FakeClock, settle } from '../../../fakes/fake-clock'

describe('watching the connection', () => {
  let clock: FakeClock
  let monitor: ConnectionMonitor
  let isUp: boolean
  let asked: number[]
  let centreAheadMs: number

  beforeEach(() => {
    clock = createFakeClock(1_000_000)
    isUp = true
    asked = []
    centreAheadMs = 0
    monitor = createConnectionMonitor({
      clock,
      random: () => 0.999_999,
      onChanged: () => {},
      onCentre: () => {},
      ask: async () => {
        asked.push(clock.now() - 1_000_000)
        const centre: Centre = {
          name: '中心',
          demonstration: false,
          version: '1.0.0',
          now: clock.now() + centreAheadMs,
          seats: [],
          shiftPatternId: 'twoShift',
          shifts: [],
        }
        return isUp ? ok(centre) : err(appError('central/offline'))
      },
    })
  })

  it('asks every 10 s alone, and every 30 s beside the event stream', async () => {
    monitor.start()
    await clock.advance(21_000)
    expect(asked).toEqual([0, 1_000, 11_000, 21_000])
    monitor.setListening(true)
    await clock.advance(60_000)
    expect(asked).toEqual([0, 1_000, 11_000, 21_000, 51_000, 81_000])
  })

  it('measures again a second after the line opened, because the first answer paid for opening it', async () => {
    isUp = false
    monitor.start()
    await settle()
    isUp = true
    await clock.advance(4_000)
    expect(asked).toEqual([0, 2_000, 3_000])
  })

  it('asks again 2 s after a failure, then less and less often, and is back with the first answer', async () => {
    isUp = false
    monitor.start()
    await clock.advance(36_000)
    expect(asked).toEqual([0, 2_000, 6_000, 14_000, 24_000, 34_000])
    expect(monitor.view()).toMatchObject({ state: 'offline', since: 1_000_000, reason: '连不上中心服务器' })
    isUp = true
    await clock.advance(8_000)
    expect(monitor.view()).toMatchObject({ state: 'online', since: 1_044_000 })
  })

  it('does not believe a broken stream before it has asked, nor a lone sign of life', async () => {
    monitor.start()
    await settle()
    isUp = false
    monitor.doubt()
    await settle()
    expect(monitor.view().state).toBe('offline')
    monitor.heard()
    await settle()
    expect(monitor.view().state).toBe('offline')
    isUp = true
    monitor.heard()
    await settle()
    expect(monitor.view().state).toBe('online')
  })

  it('gives the centre’s time, and leaves no timer when stopped', async () => {
    centreAheadMs = 61_000
    monitor.start()
    await settle()
    expect(monitor.centreNow()).toBe(clock.now() + 61_000)
    monitor.stop()
    expect(clock.pending()).toBe(0)
    monitor.heard()
    monitor.doubt()
    await settle()
    expect(asked).toHaveLength(1)
  })
})
