import { describe, expect, it } from 'vitest'
import { attemptHours, isSampled } from '#shared/domain/case/follow-up'

const idOf = (number: number) =>
  `01a2${number.toString(16).padStart(4, '0')}-7d11-7000-8000-${(number * 7919).toString(16).padStart(12, '0')}`

describe('the sample of ended cases', () => {
  it('is the share that was asked for, the same for everybody, and a larger one holds the smaller', () => {
    const ids = Array.from({ length: 20_000 }, (_, number) => idOf(number))
    const drawn = (share: number) => ids.filter((id) => isSampled(id, share))
    for (const share of [0.02, 0.1, 0.5]) {
      const { length } = drawn(share)
      // Three standard deviations of a fair draw.
      expect(Math.abs(length / ids.length - share), `${share}`).toBeLessThan(3 * Math.sqrt((share * (1 - share)) / ids.length))
    }
    expect(drawn(0.1)).toEqual(drawn(0.1))
    const half = new Set(drawn(0.5))
    expect(drawn(0.1).filter((id) => !half.has(id))).toEqual([])
    expect([drawn(0).length, drawn(1).length]).toEqual([0, ids.length])
  })

  it('counts attempts by the hours in which they were made', () => {
    const noAnswer = (at: number) => ({ at, by: '0201', outcome: 'noAnswer' as const })
    expect(attemptHours([noAnswer(0), noAnswer(60_000), noAnswer(3_700_000)])).toBe(2)
  })
})
