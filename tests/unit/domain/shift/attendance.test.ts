/** Attendance from facts, by the figures of the assessment rules. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendanceOf, type DutyFacts, statementOf, statementPeriod } from '#shared/domain/shift/attendance'
import type { Duty } from '#shared/domain/shift/roster'

const at = (chinaTime: string): number => Date.parse(`2026-11-20T${chinaTime}:00+08:00`)
const minute = 60_000
const duty: Duty = {
  ...{ accountNo: '0102', name: '杨雪', role: 'intake', date: '2026-11-20' },
  spans: [{ shiftId: '2026-11-20/morning', name: '上午班', startsAt: at('07:00'), endsAt: at('13:00') }],
}
const facts = (given: Partial<DutyFacts>): DutyFacts => ({
  signedIn: [],
  away: [],
  corrections: [],
  requests: [],
  now: at('14:00'),
  ...given,
})
const judged = (given: Partial<DutyFacts>) => attendanceOf(duty, facts(given))[0]
const there = (from: string, until: string) => ({ accountNo: '0102', from: at(from), until: at(until) })
const away = (from: string, until: string, breakKind: string | null = null) => ({ ...there(from, until), breakKind })

describe('one duty', () => {
  it.each([
    ['06:50', '13:05', 'present', 0],
    ['07:08', '13:00', 'late', 1],
    ['07:30', '13:00', 'late', 1],
    ['07:31', '13:00', 'absentHalf', 0],
    ['10:00', '13:00', 'absentHalf', 0],
    ['10:01', '13:00', 'absent', 0],
    ['07:00', '12:50', 'early', 1],
    ['07:00', '12:29', 'absentHalf', 0],
  ])('from %s to %s is %s', (from, until, verdict, points) => {
    expect(judged({ signedIn: [there(from, until)] })).toMatchObject({ verdict, points })
  })

  it('counts the longest time away without a recorded break: 30 minutes cost two points, more half a day', () => {
    const signedIn = [there('06:55', '13:00')]
    expect(judged({ signedIn, away: [away('09:00', '09:30')] })).toMatchObject({ verdict: 'away', points: 2, awayMs: 30 * minute })
    expect(judged({ signedIn, away: [away('09:00', '09:31')] })).toMatchObject({ verdict: 'absentHalf' })
    expect(judged({ signedIn, away: [away('09:00', '12:30')] })).toMatchObject({ verdict: 'absent' })
    expect(judged({ signedIn, away: [away('09:00', '12:30', '用餐')] })).toMatchObject({ verdict: 'present', awayMs: 0 })
  })

  it('tells how often and how long somebody was away and rested, cut to the duty, seconds left out', () => {
    const signedIn = [there('06:55', '13:00')]
    const times = [away('06:50', '07:10'), away('09:00', '09:20'), away('10:00', '10:10', 'rest'), away('11:00', '11:30', 'meal')]
    const seconds = { accountNo: '0102', from: at('12:00'), until: at('12:00') + 59_000, breakKind: null }
    const line = judged({ signedIn, away: [...times, seconds] })
    expect(line).toMatchObject({ awayTimes: 2, awayMs: 20 * minute, breaks: 2, breakMs: 40 * minute })
    expect(statementOf(line ? [line] : [])[0]).toMatchObject({ breaks: 2, breakMinutes: 40 })
  })

  it('is open while it lasts, missed when nobody came, and does not accuse anybody before it began', () => {
    expect(judged({ now: at('09:00'), signedIn: [{ accountNo: '0102', from: at('06:59'), until: null }] })).toMatchObject({
      verdict: 'open',
    })
    expect(judged({})).toMatchObject({ verdict: 'absent', cameAt: null })
    expect(attendanceOf(duty, facts({ now: at('06:59') }))).toEqual([])
  })

  it('shows what the lead put right beside what was worked out', () => {
    const correction = {
      accountNo: '0102',
      shiftId: '2026-11-20/morning',
      verdict: 'present' as const,
      reason: '外出核查',
      byNo: '0107',
      byName: '沈玉梅',
      at: 1,
    }
    expect(judged({ corrections: [correction] })).toMatchObject({
      worked: 'absent',
      verdict: 'present',
      correction: { reason: '外出核查' },
    })
    expect(judged({ corrections: [correction, { ...correction, verdict: 'late', at: 2 }] })).toMatchObject({ verdict: 'late' })
  })
})

describe('the month', () => {
  it('runs from the 26th to the 25th, across the year', () => {
    expect(statementPeriod('2026-01')).toEqual({ from: '2025-12-26', until: '2026-01-25' })
    expect(statementPeriod('2026-11')).toEqual({ from: '2026-10-26', until: '2026-11-25' })
  })

  it('counts every closed duty under exactly one verdict', () => {
    const moment = fc.integer({ min: at('05:00'), max: at('15:00') })
    const span = fc.tuple(moment, moment).map(([a, b]) => ({ accountNo: '0102', from: Math.min(a, b), until: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 4 }), fc.array(span, { maxLength: 3 }), (signedIn, gone) => {
        const lines = attendanceOf(duty, facts({ signedIn, away: gone.map((one) => ({ ...one, breakKind: null })) }))
        const row = statementOf(lines)[0]
        if (!row) throw new Error('one duty is one row')
        const half = lines.filter(({ verdict }) => verdict === 'absentHalf').length
        const whole = lines.filter(({ verdict }) => verdict === 'absent').length
        expect(row.present + row.late + row.early + row.away + half + whole).toBe(row.duties)
        expect(lines[0]?.lateMs).toBeGreaterThanOrEqual(0)
        expect(lines[0]?.awayMs).toBeLessThanOrEqual(6 * 60 * minute)
      }),
    )
  })
})
