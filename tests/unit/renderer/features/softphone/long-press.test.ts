import { beforeEach, describe, expect, it } from 'vitest'
import { createLongPress } from '../../../../../src-renderer/features/softphone/long-press'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock'

let clock: FakeClock
let seen: string[]

beforeEach(() => {
  clock = createFakeClock(1_000_000)
  seen = []
})

const press = (given: FakeClock = clock) =>
  createLongPress(given, 1000, {
    onBegun: () => seen.push('begun'),
    onDone: (ms) => seen.push(`done ${ms}`),
    onTooShort: (ms) => seen.push(`too short ${ms}`),
    onCutOff: () => seen.push('cut off'),
  })

describe('a long press', () => {
  it('is done by itself when its time is over, and letting go later adds nothing', async () => {
    const key = press()
    key.begin()
    await clock.advance(999)
    expect(seen).toEqual(['begun'])
    await clock.advance(1)
    key.letGo()
    expect(seen).toEqual(['begun', 'done 1000'])
    expect(clock.pending()).toBe(0)
  })

  it('let go too early does nothing but say so', async () => {
    const key = press()
    key.begin()
    await clock.advance(600)
    key.letGo()
    await clock.advance(5000)
    expect(seen).toEqual(['begun', 'too short 600'])
  })

  it('is cut off when the window loses the keyboard, and begins anew from nothing', async () => {
    const key = press()
    key.begin()
    await clock.advance(900)
    key.cutOff()
    key.begin()
    await clock.advance(900)
    expect(seen).toEqual(['begun', 'cut off', 'begun'])
    await clock.advance(100)
    expect(seen.at(-1)).toBe('done 1000')
  })

  it('begun twice is one press: the first counts', async () => {
    const key = press()
    key.begin()
    await clock.advance(500)
    key.begin()
    await clock.advance(500)
    expect(seen).toEqual(['begun', 'done 1000'])
  })

  it('waits for the rest when the timer fires a moment early', async () => {
    const hasty: FakeClock = { ...clock, after: (ms, action) => clock.after(ms > 5 ? ms - 2 : ms, action) }
    const key = press(hasty)
    key.begin()
    await clock.advance(998)
    expect(seen).toEqual(['begun'])
    await clock.advance(2)
    expect(seen).toEqual(['begun', 'done 1000'])
  })
})
