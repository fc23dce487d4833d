import { describe, expect, it } from 'vitest'
import type { RosterLine } from '#shared/domain/shift/roster'
import { daysOfMonth, isWeekend, monthAfter, peopleOf, shortNames, withCell, withWeekRepeated } from '#shared/domain/shift/roster-month'

const person = { accountNo: '0201', name: '林小燕', role: 'intake' as const }
const lead = { accountNo: '0101', name: '沈玉梅', role: 'shiftLead' as const }
const line = (who: typeof person | typeof lead, date: string, ...ruleIds: string[]): RosterLine => ({ ...who, date, ruleIds })
const datesOf = (lines: readonly RosterLine[]) => lines.map(({ date, ruleIds }) => `${date} ${ruleIds.join('+')}`).sort()

describe('a month of the roster', () => {
  it('has all its days, in leap years too, and months go over the year', () => {
    expect(daysOfMonth('2028-02')).toHaveLength(29)
    expect(daysOfMonth('2026-11').at(-1)).toBe('2026-11-30')
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1), monthAfter('2026-06', 8)]).toEqual(['2027-01', '2025-12', '2027-02'])
    expect(['2026-11-27', '2026-11-28', '2026-11-29'].map(isWeekend)).toEqual([false, true, true])
  })

  it('lists people by post and number, each once', () => {
    const lines = [line(person, '2026-11-02', 'morning'), line(lead, '2026-11-02', 'morning'), line(person, '2026-11-03', 'morning')]
    expect(peopleOf(lines, ['shiftLead', 'intake'])).toEqual([lead, person])
  })

  it('writes a cell anew, and an empty one frees the day, whatever post the person had on it', () => {
    const lines = [line(person, '2026-11-02', 'morning')]
    expect(withCell(lines, person, '2026-11-02', ['afternoon'])).toEqual([line(person, '2026-11-02', 'afternoon')])
    expect(withCell(lines, { ...person, role: 'dispatcher' }, '2026-11-02', ['morning'])).toHaveLength(1)
    expect(withCell(lines, person, '2026-11-02', [])).toEqual([])
  })

  it('goes on with the week before to the end of the month, free days included', () => {
    const week = ['02', '03', '05'].map((day) => line(person, `2026-11-${day}`, 'morning'))
    const noise = line(person, '2026-11-11', 'afternoon')
    const written = withWeekRepeated([...week, noise, line(lead, '2026-11-09', 'morning')], person, '2026-11-09', '2026-11-19')
    expect(datesOf(written.filter(({ accountNo }) => accountNo === '0201'))).toEqual(
      ['02', '03', '05', '09', '10', '12', '16', '17', '19'].map((day) => `2026-11-${day} morning`),
    )
    expect(written.filter(({ accountNo }) => accountNo === '0101')).toHaveLength(1)
  })

  it('shortens names of shifts no further than they are told apart', () => {
    const names = (all: string[]) => [...shortNames(all.map((name) => ({ id: name, name }))).values()]
    expect(names(['上午班', '下午班'])).toEqual(['上', '下'])
    expect(names(['上班', '上午班', '下班'])).toEqual(['上班', '上午', '下班'])
  })
})
