/** One function and the numbers of everybody who waits with it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streamBackOff } from '#main/central/event-stream'
import { probeBackOff } from '#main/central/monitor'
import { outboxBackOff } from '#main/outbox/outbox'
import { backOffMs } from '#shared/base/back-off'

describe('back-off', () => {
  it('doubles up to its limit, however many failed, and counts from one', () => {
    const plain = { firstMs: 200, mostMs: 5_000, spread: [1, 1] } as const
    expect([0, 1, 2, 3, 4, 5, 6, 7, 100_000].map((failures) => backOffMs(failures, 0.3, plain))).toEqual([
      200, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000,
    ])
  })

  it('spreads by the random number between its two shares, and not below the least', () => {
    const wide = { firstMs: 1_000, mostMs: 8_000, spread: [0.5, 1.5] } as const
    expect([0, 0.5, 1].map((random) => backOffMs(4, random, wide))).toEqual([4_000, 8_000, 12_000])
    expect([0, 0.5, 1].map((random) => backOffMs(1, random, { ...wide, leastMs: 900 }))).toEqual([900, 1_000, 1_500])
  })
})

describe('before the centre is asked again', () => {
  it('lies between half and all of a doubling delay, never below the first nor above the most', () => {
    for (const range of [streamBackOff, probeBackOff]) {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (failures, random) => {
          const delay = backOffMs(failures, random, range)
          const full = Math.min(range.mostMs, range.firstMs * 2 ** (failures - 1))
          return delay >= range.firstMs && delay <= range.mostMs && delay >= Math.floor(full / 2) && delay <= full
        }),
      )
    }
    expect([1, 2, 3, 4, 5, 6, 7].map((failures) => backOffMs(failures, 0.999_999, streamBackOff))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ])
  })
})

describe('before a record is sent again', () => {
  it('doubles from one second to a cap of sixty', () => {
    const middle = [1, 2, 3, 4, 5, 6, 7, 8, 1000].map((attempts) => backOffMs(attempts, 0.5, outboxBackOff))
    expect(middle).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  it('stays within twenty per cent of its middle, whatever the random number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, random) => {
        const middle = Math.min(60_000, 1_000 * 2 ** Math.min(attempts - 1, 30))
        const delay = backOffMs(attempts, random, outboxBackOff)
        return delay >= middle * 0.8 - 1 && delay <= middle * 1.2 + 1
      }),
    )
    expect([backOffMs(7, 0, outboxBackOff), backOffMs(7, 1, outboxBackOff)]).toEqual([48_000, 72_000])
  })
})
