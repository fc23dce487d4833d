import { describe, expect, it } from 'vitest'
import { isWithin, timeScaleOf } from '../../../src-renderer/features/map/time-span'

const hour = 3_600_000
const now = 1_800_000_000_000

describe('when the cases of the map were reported', () => {
  it('counts every case once, whatever its age', () => {
    const moments = Array.from({ length: 200 }, (_, at) => now - at * 1.7 * hour)
    const scale = timeScaleOf([...moments, now - 5_000 * hour], now)
    expect(scale.counts.reduce((sum, count) => sum + count, 0)).toBe(201)
    expect(scale.counts.length).toBeLessThanOrEqual(50)
    expect(scale.counts[0]).toBeGreaterThan(1)
  })

  it('is not stretched by a few that are months old', () => {
    const recent = Array.from({ length: 99 }, (_, at) => now - at * 0.2 * hour)
    expect(timeScaleOf([...recent, now - 90 * 24 * hour], now).stepMs).toBeLessThanOrEqual(hour)
  })

  it('takes what lies in the chosen steps, the older with the first', () => {
    const moments = [now - 30 * hour, now - 10 * hour, now - 1]
    const scale = timeScaleOf(moments, now)
    const all = [0, scale.counts.length] as const
    expect(moments.filter((moment) => isWithin(scale, all, moment))).toEqual(moments)
    expect(moments.filter((moment) => isWithin(scale, [scale.counts.length - 2, scale.counts.length], moment))).toEqual([now - 1])
    expect(isWithin(scale, [0, 1], now - 9_999 * hour)).toBe(true)
  })

  it('stands without any case', () => {
    expect(timeScaleOf([], now).counts.every((count) => count === 0)).toBe(true)
  })
})
