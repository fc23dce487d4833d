import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultyHalf, quiet, ratingOf, scoreOf, thresholds, type WarningState, watch } from '#shared/domain/call/quality'

describe('how a call sounds', () => {
  it('gives the figures of G.107 for a clean line, and for loss and delay', () => {
    const clean = ratingOf({ lossRatio: 0, delayMs: 0, jitterMs: 0 })
    expect(clean).toBeCloseTo(93.2, 5)
    expect(scoreOf(clean)).toBeCloseTo(4.41, 2)
    // G.113: 5 % random loss on G.711 with concealment costs 95·5/(5+25.1) = 15.8.
    expect(ratingOf({ lossRatio: 0.05, delayMs: 0, jitterMs: 0 })).toBeCloseTo(77.42, 2)
    // Beyond 177.3 ms delay costs 0.024·300 + 0.11·122.7.
    expect(ratingOf({ lossRatio: 0, delayMs: 300, jitterMs: 0 })).toBeCloseTo(72.5, 1)
  })

  it('never gets better with more loss or delay, and stays on its scale', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    const ms = fc.double({ min: 0, max: 2000, noNaN: true })
    fc.assert(
      fc.property(share, share, ms, ms, (a, b, c, d) => {
        const [less, more, soon, late] = [Math.min(a, b), Math.max(a, b), Math.min(c, d), Math.max(c, d)]
        const good = scoreOf(ratingOf({ lossRatio: less, delayMs: soon, jitterMs: 0 }))
        const bad = scoreOf(ratingOf({ lossRatio: more, delayMs: late, jitterMs: 0 }))
        expect(bad).toBeLessThanOrEqual(good + 1e-9)
        expect(bad).toBeGreaterThanOrEqual(1)
        expect(good).toBeLessThanOrEqual(4.5)
      }),
    )
  })

  it('warns after three bad seconds in a row and takes it back after eight good ones', () => {
    const feed = (values: readonly number[], from: WarningState = quiet) =>
      values.reduce<WarningState>((state, value) => watch(state, value, thresholds.loss), from)
    expect(feed([0.1, 0.1]).isOn).toBe(false)
    expect(feed([0.1, 0.1, 0, 0.1, 0.1]).isOn).toBe(false)
    const warned = feed([0.1, 0.1, 0.1])
    expect(warned.isOn).toBe(true)
    expect(feed(Array(7).fill(0), warned).isOn).toBe(true)
    // Between the two limits nothing changes, however long.
    expect(feed(Array(60).fill(0.02), warned).isOn).toBe(true)
    expect(feed(Array(8).fill(0), warned).isOn).toBe(false)
  })
})

describe('where the sound of a call was broken', () => {
  const seat = (concealedRatio: number, lossRatio = 0) => ({ lossRatio, jitterMs: 2, concealedRatio })
  it.each([
    ['a good call', { lossRatio: 0, jitterMs: 5, seat: seat(0.004) }, null],
    ['a call of an older program', { lossRatio: 0.1, jitterMs: 5 }, 'line'],
    ['what the line lost is made up at the seat, too', { lossRatio: 0.05, jitterMs: 5, seat: seat(0.14) }, 'line'],
    ['a page that stands still', { lossRatio: 0.001, jitterMs: 5, seat: seat(0.2) }, 'seat'],
    ['packets lost on the way to the page', { lossRatio: 0, jitterMs: 5, seat: seat(0.01, 0.08) }, 'seat'],
    ['an uneven line', { lossRatio: 0, jitterMs: 90, seat: seat(0.02) }, 'line'],
    ['both', { lossRatio: 0.05, jitterMs: 5, seat: seat(0.4) }, 'both'],
    ['nothing measured', { lossRatio: null, jitterMs: null, seat: null }, null],
  ] as const)('%s', (_, halves, half) => expect(faultyHalf(halves)).toBe(half))
})
