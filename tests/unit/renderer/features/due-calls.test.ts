import { expect, it } from 'vitest'
import type { CaseRow } from '#shared/domain/case/row'
import { dueCallsOf } from '../../../../src-renderer/features/cases/follow-ups/due-calls'
import { resultFrom } from '../../../../src-renderer/features/cases/follow-ups/use-result'

const hour = 3_600_000
const missed = { number: '13800138000', displayName: null, count: 2, lastCallId: 'm', lastAt: 0, dueAt: hour, isPromised: false }
const row = (caseId: string, change: Partial<CaseRow>) =>
  ({ caseId, state: 'toCheck', enteredAt: 0, endedAt: null, clock: null, ...change }) as CaseRow

it('puts every call that is owed in one order, by its time, those without one last', () => {
  const calls = dueCallsOf({
    missed: [
      missed,
      { ...missed, lastCallId: 'withheld', number: null, dueAt: null },
      { ...missed, lastCallId: 'p', dueAt: 3 * hour, isPromised: true },
    ],
    closing: [row('a', {}), row('b', { state: 'checked', clock: { dueAt: 2 * hour } as CaseRow['clock'] })],
    sampled: [row('c', { state: 'closed', endedAt: 0 })],
    dissatisfied: [],
  })
  expect(calls.map(({ key, kind, dueAt }) => [key, kind, dueAt === null ? null : dueAt / hour])).toEqual([
    ['m', 'missed', 1],
    ['closing/b', 'closing', 2],
    ['p', 'promised', 3],
    ['closing/a', 'closing', 24],
    ['sampled/c', 'sampled', 72],
    ['withheld', 'missed', null],
  ])
})

it('takes a result back as it was typed, and as a withdrawn note', () => {
  expect(resultFrom(JSON.stringify({ outcome: 'satisfied', words: '好' }))).toEqual({ outcome: 'satisfied', words: '好' })
  expect(resultFrom(JSON.stringify({ caseId: 'x', input: { outcome: 'dissatisfied', opinion: '没修' } }))).toEqual({
    outcome: 'dissatisfied',
    words: '没修',
  })
  expect([resultFrom(null), resultFrom('{')]).toEqual([null, null])
})
