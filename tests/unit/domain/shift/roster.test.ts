/** The roster: who is on now, across midnight and in split duties; who may sit down; and what leave and swaps make of it. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerRequest, type LeaveRequest, overtimeOf, rosterAfter, type SwapRequest, stateOfRequest } from '#shared/domain/shift/request'
import { dutiesOf, faultsOf, linesOfTurn, onDutyAt, presenceOf, type RosterLine, reliefOf } from '#shared/domain/shift/roster'
import type { ShiftPattern } from '#shared/domain/shift/shift'

const at = (chinaTime: string): number => Date.parse(`${chinaTime}:00+08:00`)
const document = JSON.parse(readFileSync('resources/reference/shift-patterns.json', 'utf8')) as { document: { patterns: ShiftPattern[] } }
const pattern = (id: string) => document.document.patterns.find((one) => one.id === id) as ShiftPattern
const line = (accountNo: string, date: string, ruleIds: string[], role: RosterLine['role'] = 'intake'): RosterLine => {
  return { accountNo, name: `甲${accountNo}`, role, date, ruleIds }
}

describe('who is on', () => {
  const two = dutiesOf(pattern('twoShift'), [
    line('0107', '2026-11-20', ['morning'], 'shiftLead'),
    line('0102', '2026-11-20', ['morning']),
    line('0112', '2026-11-20', ['afternoon'], 'shiftLead'),
  ])

  it('follows 7–13–19: at 13:00 sharp the afternoon is on and the morning is not', () => {
    const on = (time: string) => onDutyAt(two, at(time)).map(({ accountNo }) => accountNo)
    expect(on('2026-11-20T06:59')).toEqual([])
    expect(on('2026-11-20T12:59')).toEqual(['0107', '0102'])
    expect(on('2026-11-20T13:00')).toEqual(['0112'])
    expect(reliefOf(two, 'shiftLead', { endsAt: at('2026-11-20T13:00') }).map(({ accountNo }) => accountNo)).toEqual(['0112'])
  })

  it('follows the four-part day across midnight, and a split duty off in between', () => {
    const four = dutiesOf(pattern('roundClock'), [
      line('0201', '2026-11-20', ['night']),
      line('0202', '2026-11-20', ['morning', 'afternoon']),
    ])
    const on = (time: string) => onDutyAt(four, at(time)).map(({ accountNo }) => accountNo)
    expect(on('2026-11-21T03:00')).toEqual(['0201'])
    expect(on('2026-11-21T08:00')).toEqual([])
    expect(on('2026-11-20T11:00')).toEqual(['0202'])
    expect(on('2026-11-20T13:00')).toEqual([])
    expect(on('2026-11-20T15:00')).toEqual(['0202'])
  })

  it('lets people sit down half an hour around their shift, asks the lead beside it, and nobody on a day without a roster', () => {
    const is = (no: string, time: string) => presenceOf(two, no, at(time)).is
    expect(is('0102', '2026-11-20T06:30')).toBe('inShift')
    expect(is('0102', '2026-11-20T06:29')).toBe('outside')
    expect(is('0102', '2026-11-20T13:29')).toBe('inShift')
    expect(is('0102', '2026-11-20T13:30')).toBe('outside')
    expect(is('0999', '2026-11-20T10:00')).toBe('outside')
    expect(is('0102', '2026-11-21T10:00')).toBe('noRoster')
  })

  it('covers every minute of the day with the patterns that run round the clock', () => {
    for (const id of ['roundClock', 'hotline24']) {
      const all = pattern(id).shifts.map((rule) => rule.id)
      const duties = dutiesOf(pattern(id), [line('1', '2026-11-19', all), line('2', '2026-11-20', all)])
      fc.assert(
        fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
          expect(onDutyAt(duties, at('2026-11-20T00:00') + minute * 60_000).length).toBeGreaterThan(0)
        }),
      )
    }
  })
})

describe('writing it', () => {
  it('turns 做五休二 into lines: five on, two off, each member in their place of the turn', () => {
    const turn = { days: [['day'], ['day'], ['day'], ['day'], ['day'], [], []] }
    const members = [
      { accountNo: '1', name: '甲', role: 'intake' as const, startsOnDay: 0 },
      { accountNo: '2', name: '乙', role: 'intake' as const, startsOnDay: 5 },
    ]
    const lines = linesOfTurn(turn, members, '2026-12-28', 14)
    expect(lines.filter(({ accountNo }) => accountNo === '1').map(({ date }) => date.slice(5))).toEqual(
      '12-28 12-29 12-30 12-31 01-01 01-04 01-05 01-06 01-07 01-08'.split(' '),
    )
    expect(lines.find(({ accountNo }) => accountNo === '2')?.date).toBe('2026-12-30')
  })

  it('names what is wrong: a person twice, a shift that is not there, two shifts at once, a shift without a lead', () => {
    const kinds = (lines: RosterLine[]) => faultsOf(pattern('roundClock'), lines).map(({ kind }) => kind)
    expect(kinds([line('1', '2026-11-20', ['morning'], 'shiftLead'), line('2', '2026-11-20', ['morning'])])).toEqual([])
    expect(kinds([line('1', '2026-11-20', ['morning'])])).toEqual(['noLead'])
    expect(kinds([line('1', '2026-11-20', ['morning'], 'shiftLead'), line('1', '2026-11-20', ['night'], 'shiftLead')])).toEqual(['twice'])
    expect(kinds([line('1', '2026-11-20', ['noon'], 'shiftLead')])).toEqual(['unknownShift'])
    const overlapping: ShiftPattern = {
      id: 'x',
      name: 'x',
      shifts: [
        { id: 'n', name: 'n', start: '18:00', end: '10:00' },
        { id: 'm', name: 'm', start: '08:00', end: '12:00' },
      ],
    }
    const lines = [line('1', '2026-11-20', ['n'], 'shiftLead'), line('1', '2026-11-21', ['m'], 'shiftLead')]
    expect(faultsOf(overlapping, lines).map(({ kind }) => kind)).toEqual(['overlap'])
  })
})

const leave: LeaveRequest = {
  ...{ requestId: 'r', kind: 'leave', accountNo: '0102', name: '杨雪', reason: '发烧', askedAt: 0, steps: [] },
  ...{ leave: 'sick', dates: ['2026-11-20'], isTold: false, proof: null },
}
const swap: SwapRequest = {
  ...{ requestId: 's', kind: 'swap', accountNo: '0102', name: '杨雪', reason: '家事', askedAt: 0, steps: [] },
  ...{ date: '2026-11-20', withNo: '0103', withName: '田露', inReturn: '2026-11-21' },
}
const who = (accountNo: string, role: RosterLine['role']) => ({ accountNo, name: accountNo, role })

describe('asking of it', () => {
  it('wants the proof before sick leave is agreed to, unless it was told by telephone', () => {
    const director = who('0001', 'director')
    expect(answerRequest(leave, { did: 'agreed', note: '' }, director, 1)).toEqual({ ok: false, error: 'shiftRequest/proofMissing' })
    const told = answerRequest({ ...leave, isTold: true }, { did: 'agreed', note: '' }, director, 1)
    expect(told.ok && stateOfRequest(told.value)).toEqual({ is: 'approved' })
    const proved = answerRequest(leave, { did: 'proved', note: '', proof: '诊断证明 1 份' }, who('0102', 'intake'), 1)
    const agreed = proved.ok ? answerRequest(proved.value, { did: 'agreed', note: '' }, director, 2) : undefined
    expect(agreed?.ok && rosterAfter([line('0102', '2026-11-20', ['morning'])], agreed.value)).toEqual([])
  })

  it('passes a swap through the other person, the lead and whoever manages the hall, and nobody decides their own', () => {
    const lead = who('0107', 'shiftLead')
    expect(answerRequest(swap, { did: 'agreed', note: '' }, lead, 1)).toEqual({ ok: false, error: 'shiftRequest/notYours' })
    expect(answerRequest(swap, { did: 'agreed', note: '' }, who('0102', 'director'), 1)).toEqual({
      ok: false,
      error: 'shiftRequest/ownRequest',
    })
    let now: SwapRequest = swap
    for (const decider of [who('0103', 'intake'), lead, who('0002', 'assistant')]) {
      expect(stateOfRequest(now).is).toBe('waiting')
      const next = answerRequest(now, { did: 'agreed', note: '' }, decider, 1)
      if (!next.ok) throw new Error(next.error)
      now = next.value
    }
    const lines = [line('0102', '2026-11-20', ['morning']), line('0103', '2026-11-21', ['afternoon'])]
    expect(rosterAfter(lines, now).map(({ accountNo, date }) => `${accountNo} ${date}`)).toEqual(['0103 2026-11-20', '0102 2026-11-21'])
    expect(answerRequest(now, { did: 'withdrew', note: '' }, who('0102', 'intake'), 9)).toEqual({ ok: false, error: 'shiftRequest/ended' })
  })

  it('changes the roster only when approved: never on the way there, and a refusal ends it', () => {
    const lines = [line('0102', '2026-11-20', ['morning']), line('0103', '2026-11-21', ['afternoon'])]
    expect(rosterAfter(lines, swap)).toBe(lines)
    const refused = answerRequest(swap, { did: 'refused', note: '人手不够' }, who('0103', 'intake'), 1)
    expect(refused.ok && rosterAfter(lines, refused.value)).toBe(lines)
  })

  it('keeps the number of duties through any swap', () => {
    const numbers = fc.constantFrom('1', '2', '3')
    const dates = fc.constantFrom('2026-11-20', '2026-11-21')
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(numbers, dates), { selector: String }),
        numbers,
        numbers,
        dates,
        dates,
        (people, a, b, date, back) => {
          const lines = people.map(([no, day]) => line(no, day, ['morning']))
          const agreed = { did: 'agreed' as const, by: 'x', byName: 'x', as: 'shiftLead' as const, at: 1, note: '' }
          const done: SwapRequest = { ...swap, accountNo: a, withNo: b, date, inReturn: back, steps: [agreed, agreed, agreed] }
          const after = rosterAfter(lines, done)
          expect(after.map((one) => one.date)).toEqual(lines.map((one) => one.date))
        },
      ),
    )
  })

  it('counts a day off for a day of overtime', () => {
    const agreed = { did: 'agreed' as const, by: 'x', byName: 'x', as: 'director' as const, at: 1, note: '' }
    const asked = { requestId: 'o', accountNo: '0102', name: '杨雪', reason: '', askedAt: 0, steps: [agreed] }
    const worked = { ...asked, kind: 'overtime' as const, date: '2026-11-01', hours: 12 }
    const off = { ...leave, leave: 'compensatory' as const, steps: [agreed] }
    expect(overtimeOf('0102', [worked, { ...worked, steps: [] }])).toBe(12)
    expect(overtimeOf('0102', [worked, off])).toBe(4)
  })
})
