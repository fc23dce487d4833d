/** What makes a year's calendar unfit to count with. */
import { describe, expect, it } from 'vitest'
import { calendarMistakes } from '#shared/domain/clock/calendar-mistakes'
import { shippedYear } from './calendars'

const day = (date: string) => ({ date })
const year = { year: 2027, workingHours: [{ start: '08:00', end: '12:00' }], holidays: [], shiftedWorkingDays: [] }

describe('a working calendar', () => {
  it.each([2025, 2026])('of %i, as shipped, has no mistakes', (shipped) => {
    expect(calendarMistakes(shippedYear(shipped))).toEqual([])
  })

  it('names every day that cannot be, is there twice, or needs no shifting', () => {
    const holidays = [day('2027-02-30'), day('2026-10-01'), day('2027-10-01'), day('2027-10-01')]
    expect(calendarMistakes({ ...year, holidays, shiftedWorkingDays: [day('2027-01-04'), day('2027-01-09')] })).toEqual([
      '2027-02-30 不是 2027 年的日期',
      '2026-10-01 不是 2027 年的日期',
      '2027-10-01 写了两次',
      '2027-01-04 本来就是工作日，不必调休上班',
    ])
  })

  it.each([
    [[], '没有填工作时间'],
    [[{ start: '8:00', end: '12:00' }], '工作时间 8:00 不是时刻'],
    [[{ start: '', end: '12:00' }], '工作时间 （空） 不是时刻'],
    [[{ start: '12:00', end: '08:00' }], '工作时间先后颠倒或重叠'],
    [
      [
        { start: '08:00', end: '12:00' },
        { start: '11:30', end: '18:00' },
      ],
      '工作时间先后颠倒或重叠',
    ],
  ])('with the hours %j says %s', (workingHours, mistake) => {
    expect(calendarMistakes({ ...year, workingHours })).toEqual([mistake])
  })
})
