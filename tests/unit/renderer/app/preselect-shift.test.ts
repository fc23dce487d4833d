import { describe, expect, it } from 'vitest'
import { preselectShift } from '../../../../src-renderer/app/session/preselect-shift'

const at = (time: string) => Date.parse(`2026-11-21T${time}:00+08:00`)
const morning = { shiftId: 'morning', name: '上午班', startsAt: at('07:00'), endsAt: at('13:00') }
const afternoon = { shiftId: 'afternoon', name: '下午班', startsAt: at('13:00'), endsAt: at('19:00') }
const shifts = [afternoon, morning]

describe('the shift that the clock suggests', () => {
  it.each([
    ['05:00', 'morning', 'the next one, before any began'],
    ['06:31', 'morning', 'the one about to begin'],
    ['09:00', 'morning', 'the one on'],
    ['12:29', 'morning', 'still the one on, 31 minutes before the next'],
    ['12:30', 'afternoon', 'the one about to begin, 30 minutes before'],
    ['18:59', 'afternoon', 'the last one until its end'],
  ])('%s: %s, %s', (time, shiftId) => {
    expect(preselectShift(shifts, at(time))?.shiftId).toBe(shiftId)
  })

  it('is none after the last one, and none without shifts', () => {
    expect(preselectShift(shifts, at('19:00'))).toBeNull()
    expect(preselectShift([], at('09:00'))).toBeNull()
  })
})
