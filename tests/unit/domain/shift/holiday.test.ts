/** Holidays on the roster, and who leads the duty over them. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dayMarks, holidayDuties, holidayGap } from '#shared/domain/shift/holiday'
import type { RosterLine } from '#shared/domain/shift/roster'
import { daysOfMonth } from '#shared/domain/shift/roster-month'

const { document } = JSON.parse(readFileSync('resources/reference/calendar-2026.json', 'utf8'))
const marks = dayMarks(document)
const line = (date: string, role: RosterLine['role']): RosterLine => ({ accountNo: role, name: role, role, date, ruleIds: ['morning'] })

it('marks the days off and those worked in exchange as the working calendar has them', () => {
  expect(marks.get('2026-10-01')).toMatchObject({ kind: 'holiday' })
  expect(document.shiftedWorkingDays.length).toBeGreaterThan(0)
  for (const { date } of document.shiftedWorkingDays) expect(marks.get(date)?.kind).toBe('worked')
  expect(marks.get('2026-11-27')).toBeUndefined()
})

it('names a holiday that nobody is on duty for, or nobody leads', () => {
  const duties = holidayDuties(daysOfMonth('2026-10'), marks, [
    line('2026-10-01', 'intake'),
    line('2026-10-02', 'director'),
    line('2026-10-02', 'intake'),
  ])
  const gap = (date: string) => {
    const duty = duties.find((one) => one.date === date)
    return duty && holidayGap(duty)
  }
  expect(gap('2026-10-01')).toContain('没有领导带班')
  expect(gap('2026-10-02')).toBeUndefined()
  expect(gap('2026-10-03')).toContain('还没有排值守')
  expect(gap('2026-10-20')).toBeUndefined()
})
