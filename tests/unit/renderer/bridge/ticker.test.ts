import { describe, expect, it } from 'vitest'
import type { ConnectionView } from '#shared/contracts/seat-api/views'
import type { Bridge, TopicWatch } from '../../../../src-renderer/bridge/bridge'
import { createTicker } from '../../../../src-renderer/bridge/ticker'
import { createFakeClock } from '../../../fakes/fake-clock'

const minute = Date.UTC(2026, 10, 21, 8)

function ticking(startMs: number) {
  const clock = createFakeClock(startMs)
  const listeners = new Set<() => void>()
  let clockOffsetMs = 0
  const watch = {
    get: () => ({ clockOffsetMs }) as ConnectionView,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const bridge = { topic: () => watch as unknown as TopicWatch<never> } as Pick<Bridge, 'topic'>
  return {
    clock,
    listeners,
    ticker: createTicker(bridge, clock),
    setOffset(next: number) {
      clockOffsetMs = next
      for (const listener of [...listeners]) listener()
    },
  }
}

describe('the ticker of a window', () => {
  it('beats at whole seconds of the centre, once for all who watch', async () => {
    const { clock, ticker, setOffset } = ticking(minute + 400)
    const beats: string[] = []
    const stop = ticker.watch(1_000, () => beats.push(`a ${ticker.now() - minute}`))
    ticker.watch(1_000, () => beats.push(`b ${ticker.now() - minute}`))
    await clock.advance(1_600)
    expect(beats).toEqual(['a 1000', 'b 1000', 'a 2000', 'b 2000'])
    beats.length = 0
    setOffset(-300)
    expect(beats).toEqual(['a 1700', 'b 1700'])
    stop()
    beats.length = 0
    await clock.advance(300)
    expect(beats).toEqual(['b 2000'])
  })

  it('stops with the last who watches, and begins again with the next', async () => {
    const { clock, ticker, listeners } = ticking(minute)
    let beats = 0
    const count = () => {
      beats += 1
    }
    ticker.watch(1_000, count)()
    expect(listeners.size).toBe(0)
    await clock.advance(5_000)
    expect(beats).toBe(0)
    ticker.watch(1_000, count)
    await clock.advance(2_000)
    expect(beats).toBe(2)
  })

  it('says nothing of a connection that only was heard again', () => {
    const { ticker, setOffset } = ticking(minute)
    let beats = 0
    ticker.watch(60_000, () => {
      beats += 1
    })
    setOffset(0)
    expect(beats).toBe(0)
  })
})
