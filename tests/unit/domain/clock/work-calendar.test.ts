/** Working time: over nights, noons, weekends, holidays, shifted working days, year ends, and years nobody has announced yet. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingMs, firstUncertainYear, isCertainAt, workCalendarOf, workingMsBetween } from '#shared/domain/clock/work-calendar'
import { at, calendar, chinaTime, hourMs, isWorkedMinute, minuteMs, shippedYear, years } from './calendars'

describe('working time between two moments', () => {
  it.each([
    ['within a morning', '2026-11-20T09:00', '2026-11-20T10:30', 1.5],
    ['over the noon break', '2026-11-20T11:00', '2026-11-20T15:00', 2],
    ['in the noon break', '2026-11-20T12:10', '2026-11-20T13:50', 0],
    ['over a night', '2026-11-19T17:00', '2026-11-20T09:00', 2],
    ['over a weekend', '2026-11-20T17:00', '2026-11-23T09:00', 2],
    ['over National Day, seven days off', '2026-09-30T17:00', '2026-10-08T09:00', 2],
    ['over the Spring Festival, nine days off', '2026-02-14T16:00', '2026-02-24T10:00', 4],
    ['on a Saturday worked in exchange', '2026-10-10T00:00', '2026-10-11T00:00', 8],
    ['on an ordinary Saturday', '2026-10-17T00:00', '2026-10-18T00:00', 0],
    ['over the end of the year', '2025-12-31T17:00', '2026-01-04T09:00', 2],
    ['in all of 2025', '2025-01-01T00:00', '2026-01-01T00:00', 248 * 8],
    ['in all of 2026', '2026-01-01T00:00', '2027-01-01T00:00', 248 * 8],
    ['in a week of 2027, not announced yet', '2027-01-04T00:00', '2027-01-11T00:00', 40],
    ['in a week long before', '1999-10-04T00:00', '1999-10-11T00:00', 40],
  ])('%s: %s to %s is %d hours', (_, from, until, hours) => {
    expect(workingMsBetween(calendar, at(from), at(until)) / hourMs).toBe(hours)
  })

  it('adds up', () => {
    fc.assert(
      fc.property(moment, moment, moment, (...moments) => {
        const [a = 0, b = 0, c = 0] = moments.sort((x, y) => x - y)
        expect(workingMsBetween(calendar, a, b) + workingMsBetween(calendar, b, c)).toBe(workingMsBetween(calendar, a, c))
      }),
    )
  })

  it('agrees with counting minutes one by one', () => {
    fc.assert(
      fc.property(minuteOf2025And2026, fc.integer({ min: 0, max: 15 * 1440 }), (from, minutes) => {
        let counted = 0
        for (let minute = 0; minute < minutes; minute++) if (isWorkedMinute(from + minute * minuteMs)) counted++
        expect(workingMsBetween(calendar, from, from + minutes * minuteMs)).toBe(counted * minuteMs)
      }),
      { numRuns: 40 },
    )
  })
})

describe('the moment after so much working time', () => {
  it.each([
    ['2026-11-20T16:30', 1.5, '2026-11-20T18:00'],
    ['2026-11-20T16:30', 2, '2026-11-23T08:30'],
    ['2026-11-20T11:00', 1, '2026-11-20T12:00'],
    ['2026-11-20T11:00', 1.5, '2026-11-20T14:30'],
    ['2026-11-21T03:00', 8, '2026-11-23T18:00'],
    ['2026-09-30T17:00', 2, '2026-10-08T09:00'],
    ['2026-10-09T17:00', 2, '2026-10-10T09:00'],
    ['2026-02-14T17:00', 8, '2026-02-24T17:00'],
    ['2026-12-31T17:00', 8, '2027-01-01T17:00'],
    ['2024-12-31T17:00', 1, '2024-12-31T18:00'],
    ['2024-12-31T17:00', 2, '2025-01-02T09:00'],
    ['1999-10-01T17:00', 41, '1999-10-08T18:00'],
    ['2040-06-01T17:00', 41, '2040-06-08T18:00'],
  ])('%s and %d hours is %s', (from, hours, until) => {
    expect(chinaTime(addWorkingMs(calendar, at(from), hours * hourMs))).toBe(until)
  })

  it('undoes measuring: exactly that much is worked until then, and less until any moment before', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 3000 * hourMs }), (from, ms) => {
        const until = addWorkingMs(calendar, from, ms)
        expect(workingMsBetween(calendar, from, until)).toBe(ms)
        expect(workingMsBetween(calendar, from, until - 1)).toBe(ms - 1)
      }),
    )
  })

  it('stays where it is for nothing, even on a holiday', () => {
    expect(addWorkingMs(calendar, at('2026-10-02T10:00'), 0)).toBe(at('2026-10-02T10:00'))
  })

  it('never comes in a city that never works', () => {
    const never = workCalendarOf([{ year: 2026, workingHours: [], holidays: [], shiftedWorkingDays: [] }])
    expect(addWorkingMs(never, at('2026-01-05T08:00'), 1)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('years with and without a document', () => {
  it('are told apart at midnight in China', () => {
    expect(
      ['2024-12-31T23:59', '2025-01-01T00:00', '2026-12-31T23:59', '2027-01-01T00:00'].map((time) => isCertainAt(calendar, at(time))),
    ).toEqual([false, true, true, false])
  })

  it('make uncertain whatever reaches into one of them, and so does a document that is not certain yet', () => {
    const drafted = workCalendarOf([shippedYear(2025), shippedYear(2026), { ...shippedYear(2026), year: 2027, isCertain: false }])
    const reach = (until: number) => [firstUncertainYear(calendar, at('2026-12-30T10:00'), until), firstUncertainYear(drafted, 0, until)]
    expect([reach(at('2026-12-31T18:00')), reach(at('2027-01-01T00:00')), reach(Number.POSITIVE_INFINITY)]).toEqual([
      [undefined, 1970],
      [2027, 1970],
      [2027, 1970],
    ])
    expect(isCertainAt(drafted, at('2027-01-04T10:00'))).toBe(false)
    expect(firstUncertainYear(drafted, at('2026-12-30T10:00'), at('2027-01-05T10:00'))).toBe(2027)
  })

  it('in between take the hours of the nearest known year, and only weekends off', () => {
    const shortDay = { ...shippedYear(2026), workingHours: [{ start: '09:00', end: '12:00' }] }
    const withGap = workCalendarOf([
      { ...shippedYear(2026), year: 2028 },
      { ...shortDay, year: 2024, holidays: [] },
    ])
    const week = (monday: string) => workingMsBetween(withGap, at(`${monday}T00:00`), at(`${monday}T00:00`) + 7 * 24 * hourMs) / hourMs
    expect({
      before: week('2020-10-05'),
      known: week('2024-10-07'),
      asNearToBoth: week('2026-10-05'),
      nearerToTheLater: week('2027-10-04'),
      after: week('2031-10-06'),
      lastOfAWeekBefore: chinaTime(addWorkingMs(withGap, at('2020-10-05T00:00'), 15 * hourMs)),
      lastOfAWeekAfter: chinaTime(addWorkingMs(withGap, at('2031-10-06T00:00'), 40 * hourMs)),
    }).toEqual({
      before: 15,
      known: 15,
      asNearToBoth: 15,
      nearerToTheLater: 40,
      after: 40,
      lastOfAWeekBefore: '2020-10-09T12:00',
      lastOfAWeekAfter: '2031-10-10T18:00',
    })
  })

  it('all missing leave office hours from Monday to Friday', () => {
    expect(workingMsBetween(workCalendarOf([]), at('2026-10-05T00:00'), at('2026-10-12T00:00')) / hourMs).toBe(40)
  })

  it('may be given in any order, and hours may touch, overlap and end at midnight', () => {
    const workingHours = [
      { start: '20:00', end: '24:00' },
      { start: '08:00', end: '12:00' },
      { start: '10:00', end: '13:00' },
    ]
    const late = workCalendarOf([{ ...years[1], workingHours }, years[0]])
    expect(workingMsBetween(late, at('2026-11-20T00:00'), at('2026-11-21T00:00')) / hourMs).toBe(9)
    expect(chinaTime(addWorkingMs(late, at('2026-11-20T00:00'), 9 * hourMs))).toBe('2026-11-21T00:00')
  })
})

const moment = fc.integer({ min: at('2015-01-01T00:00'), max: at('2035-01-01T00:00') })
const minuteOf2025And2026 = fc
  .integer({ min: at('2025-01-01T00:00') / minuteMs, max: at('2026-12-10T00:00') / minuteMs })
  .map((minute) => minute * minuteMs)
