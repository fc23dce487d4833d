import { describe, expect, it } from 'vitest'
import { createAutoLock } from '#main/workflows/auto-lock'
import { createFakeClock } from '../../../fakes/fake-clock'

const minute = 60_000

describe('auto-lock', () => {
  it('locks after the minutes without a key, counted from the last one', async () => {
    const clock = createFakeClock(0)
    const lockedAt: number[] = []
    const autoLock = createAutoLock(clock, 5, () => void lockedAt.push(clock.now()))
    await clock.advance(4 * minute)
    autoLock.touch()
    await clock.advance(4 * minute)
    autoLock.touch()
    await clock.advance(5 * minute - 1)
    expect(lockedAt).toEqual([])
    await clock.advance(1)
    expect(lockedAt).toEqual([13 * minute])
    autoLock.stop()
    expect(clock.pending()).toBe(0)
  })

  it('never locks when set to never', async () => {
    const clock = createFakeClock(0)
    createAutoLock(clock, 0, () => {
      throw new Error('locked')
    })
    expect(clock.pending()).toBe(0)
  })
})
