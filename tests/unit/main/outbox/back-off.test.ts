import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffMs } from '#main/outbox/back-off'

describe('back-off', () => {
  it('doubles from one second to a cap of sixty', () => {
    const middle = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((attempts) => backOffMs(attempts, 0.5))
    expect(middle).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  it('stays within twenty per cent of its middle, whatever the random number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
        const middle = Math.min(60_000, 1_000 * 2 ** Math.min(attempts - 1, 30))
        const delay = backOffMs(attempts, random)
        return delay >= middle * 0.8 - 1 && delay <= middle * 1.2 + 1
      }),
    )
    expect([backOffMs(7, 0), backOffMs(7, 1)]).toEqual([48_000, 72_000])
  })
})
