/** The rules of shifts: which one is on, across midnight, month and year ends, and what comes next. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chinaDate, chinaMidnight } from '#shared/base/china-time'
import { nextShift, type ShiftPattern, shiftAt, shiftsOn, shiftsToChoose } from '#shared/domain/shift/shift'

const at = (chinaTime: string): number => Date.parse(`${chinaTime}+08:00`)
const hourMs = 3_600_000

const roundClock: ShiftPattern = {
  id: 'roundClock',
  name: '二十四小时四班制',
  shifts: [
    { id: 'morning', name: '上午班', start: '08:00', end: '12:00' },
    { id: 'midday', name: '中班', start: '12:00', end: '14:30' },
    { id: 'afternoon', name: '下午班', start: '14:30', end: '18:00' },
    { id: 'night', name: '晚班', start: '18:00', end: '08:00' },
  ],
}
const twoShift: ShiftPattern = {
  id: 'twoShift',
  name: '两班制',
  shifts: [
    { id: 'morning', name: '上午班', start: '07:00', end: '13:00' },
    { id: 'afternoon', name: '下午班', start: '13:00', end: '19:00' },
  ],
}
const hotline24: ShiftPattern = { id: 'hotline24', name: '全天', shifts: [{ id: 'allDay', name: '全天', start: '00:00', end: '24:00' }] }
const evening: ShiftPattern = { id: 'evening', name: '晚班', shifts: [{ id: 'evening', name: '晚班', start: '18:00', end: '24:00' }] }

describe('the China day', () => {
  it.each([
    ['2026-11-21T00:00:00', '2026-11-21'],
    ['2026-11-21T07:59:59', '2026-11-21'],
    ['2026-11-21T23:59:59', '2026-11-21'],
    ['2027-01-01T00:00:00', '2027-01-01'],
    ['2028-02-29T03:00:00', '2028-02-29'],
  ])('%s lies on %s', (time, date) => {
    expect({ date: chinaDate(at(time)), midnight: chinaMidnight(at(time)) }).toEqual({ date, midnight: at(`${date}T00:00:00`) })
  })
})

describe('the shifts of a day', () => {
  it('are named by the day on which they start and lie in the order of the pattern', () => {
    expect(shiftsOn(twoShift, at('2026-11-21T22:00:00'))).toEqual([
      { shiftId: '2026-11-21/morning', name: '上午班', startsAt: at('2026-11-21T07:00:00'), endsAt: at('2026-11-21T13:00:00') },
      { shiftId: '2026-11-21/afternoon', name: '下午班', startsAt: at('2026-11-21T13:00:00'), endsAt: at('2026-11-21T19:00:00') },
    ])
  })

  it('a shift from 00:00 to 24:00 lasts 24 hours', () => {
    expect(shiftsOn(hotline24, at('2026-11-21T09:00:00'))).toEqual([
      { shiftId: '2026-11-21/allDay', name: '全天', startsAt: at('2026-11-21T00:00:00'), endsAt: at('2026-11-22T00:00:00') },
    ])
  })

  it('an end at the start means the next day, so 08:00 to 08:00 lasts 24 hours', () => {
    const pattern = { id: 'p', name: 'p', shifts: [{ id: 'day', name: '日夜', start: '08:00', end: '08:00' }] }
    expect(shiftsOn(pattern, at('2026-11-21T09:00:00')).map((shift) => shift.endsAt - shift.startsAt)).toEqual([24 * hourMs])
  })

  it('24:00 ends the day on which the shift began', () => {
    expect(shiftsOn(evening, at('2026-11-21T09:00:00')).map((shift) => shift.endsAt)).toEqual([at('2026-11-22T00:00:00')])
  })
})

describe('the shift that is on', () => {
  it.each([
    ['2026-11-21T08:00:00', '2026-11-21/morning'],
    ['2026-11-21T11:59:59.999', '2026-11-21/morning'],
    ['2026-11-21T12:00:00', '2026-11-21/midday'],
    ['2026-11-21T14:30:00', '2026-11-21/afternoon'],
    ['2026-11-21T23:59:59.999', '2026-11-21/night'],
    ['2026-11-22T00:00:00', '2026-11-21/night'],
    ['2026-11-22T07:59:59.999', '2026-11-21/night'],
    ['2026-12-01T02:00:00', '2026-11-30/night'],
    ['2027-01-01T02:00:00', '2026-12-31/night'],
    ['2027-03-01T02:00:00', '2027-02-28/night'],
    ['2028-03-01T02:00:00', '2028-02-29/night'],
  ])('at %s is %s', (time, shiftId) => {
    expect(shiftAt(roundClock, at(time))?.shiftId).toBe(shiftId)
  })

  it('the night shift of New Year’s Eve ends on New Year’s morning', () => {
    expect(shiftAt(roundClock, at('2026-12-31T20:00:00'))).toEqual({
      shiftId: '2026-12-31/night',
      name: '晚班',
      startsAt: at('2026-12-31T18:00:00'),
      endsAt: at('2027-01-01T08:00:00'),
    })
  })

  it('is none between shifts, nor in a pattern without shifts', () => {
    expect([
      shiftAt(twoShift, at('2026-11-21T06:59:59.999')),
      shiftAt(twoShift, at('2026-11-21T19:00:00')),
      shiftAt(evening, at('2026-11-22T00:00:00')),
      shiftAt({ id: 'none', name: '无', shifts: [] }, at('2026-11-21T12:00:00')),
    ]).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('the shifts to choose from at sign-in', () => {
  const today = ['2026-11-21/morning', '2026-11-21/midday', '2026-11-21/afternoon', '2026-11-21/night']
  it.each([
    ['03:00:00', ['2026-11-20/night', ...today], 'the night shift that began yesterday comes first'],
    ['07:59:59', ['2026-11-20/night', ...today], 'until its end'],
    ['08:00:00', today, 'and no longer'],
    ['23:00:00', today, 'the one that began today is there once'],
  ])('at %s', (time, expected, why) => {
    const choice = shiftsToChoose(roundClock, at(`2026-11-21T${time}`))
    expect(
      choice.map(({ shiftId }) => shiftId),
      why,
    ).toEqual(expected)
  })

  it('are only the day’s own where no shift runs past midnight', () => {
    expect(shiftsToChoose(hotline24, at('2026-11-21T00:00:00')).map(({ shiftId }) => shiftId)).toEqual(['2026-11-21/allDay'])
  })
})

describe('the next shift', () => {
  it.each([
    [roundClock, '2026-11-21T08:00:00', '2026-11-21/midday'],
    [roundClock, '2026-11-21T18:00:00', '2026-11-22/morning'],
    [twoShift, '2026-11-21T06:00:00', '2026-11-21/morning'],
    [twoShift, '2026-11-30T19:00:00', '2026-12-01/morning'],
    [hotline24, '2026-12-31T00:00:00', '2027-01-01/allDay'],
  ])('of %o after %s is %s', (pattern, time, shiftId) => {
    expect(nextShift(pattern, at(time))?.shiftId).toBe(shiftId)
  })

  it('is found by time, not by its place in the pattern', () => {
    const reversed = { ...twoShift, shifts: twoShift.shifts.toReversed() }
    expect(nextShift(reversed, at('2026-11-21T06:00:00'))?.shiftId).toBe('2026-11-21/morning')
  })

  it('does not exist in a pattern without shifts', () => {
    expect(nextShift({ id: 'none', name: '无', shifts: [] }, at('2026-11-21T12:00:00'))).toBeUndefined()
  })
})

describe('whatever the pattern and the moment', () => {
  const time = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  const patterns = fc
    .array(fc.record({ start: fc.integer({ min: 0, max: 1439 }), end: fc.integer({ min: 0, max: 1440 }) }), { minLength: 1, maxLength: 5 })
    .map(
      (rules): ShiftPattern => ({
        id: 'any',
        name: '任意',
        shifts: rules.map((rule, index) => ({ id: `s${index}`, name: `班${index}`, start: time(rule.start), end: time(rule.end) })),
      }),
    )
  const moments = fc.integer({ min: at('2020-01-01T00:00:00'), max: at('2040-01-01T00:00:00') })

  /** Straight from the meaning of `HH:mm`, with the calendar of the platform: what the shifts of three days are. */
  const around = (pattern: ShiftPattern, moment: number) =>
    [-1, 0, 1].flatMap((days) => {
      const date = new Date(moment + 8 * hourMs + days * 24 * hourMs).toISOString().slice(0, 10)
      return pattern.shifts.map((rule) => {
        const startsAt = at(`${date}T${rule.start}:00`)
        const sameDay = rule.end === '24:00' ? at(`${date}T00:00:00`) + 24 * hourMs : at(`${date}T${rule.end}:00`)
        return { startsAt, endsAt: sameDay > startsAt ? sameDay : sameDay + 24 * hourMs }
      })
    })

  it('the shift found contains the moment, and none is missed', () => {
    fc.assert(
      fc.property(patterns, moments, (pattern, moment) => {
        const shift = shiftAt(pattern, moment)
        const isAnyOn = around(pattern, moment).some(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt)
        expect(shift !== undefined).toBe(isAnyOn)
        if (shift) expect(shift.startsAt <= moment && moment < shift.endsAt).toBe(true)
      }),
    )
  })

  it('a shift lasts more than nothing and at most 24 hours', () => {
    fc.assert(
      fc.property(patterns, moments, (pattern, moment) => {
        const lengths = shiftsOn(pattern, moment).map((shift) => shift.endsAt - shift.startsAt)
        expect(lengths.filter((length) => length <= 0 || length > 24 * hourMs)).toEqual([])
      }),
    )
  })

  it('the next shift is the first to start later', () => {
    fc.assert(
      fc.property(patterns, moments, (pattern, moment) => {
        const starts = around(pattern, moment).map(({ startsAt }) => startsAt)
        expect(nextShift(pattern, moment)?.startsAt).toBe(Math.min(...starts.filter((startsAt) => startsAt > moment)))
      }),
    )
  })
})
