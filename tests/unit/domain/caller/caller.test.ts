import { describe, expect, it } from 'vitest'
import { lineOf, mayBeSameLine, shorterForms } from '#shared/domain/caller/line'
import { inOrder, marksOf, mergedRows, repeatedBy, usualName } from '#shared/domain/case/known-caller'
import { caseRowOf } from '../../../fixtures/case-rows'

const now = Date.UTC(2026, 10, 21, 6)
const dayMs = 86_400_000
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const clockDue = (dueAt: number) => ({
  ...{ of: 'node' as const, limit: { value: 10, unit: 'urgentHour' as const }, extraMs: 0, startedAt: now - dayMs, amberAt: dueAt },
  ...{ dueAt, pausedMs: 0, pausedSince: null, stoppedAt: null },
})

describe('the line of a number', () => {
  it('is one, however the number was written', () => {
    const written = ['+8613800138000', '138 0013 8000', '138-0013-8000', '013800138000', '0086 138 0013 8000']
    expect(new Set(written.map(lineOf))).toEqual(new Set(['13800138000']))
    expect(lineOf('+8645186520110')).toBe(lineOf('0451-8652 0110'))
  })
  it('tells nobody apart by an extension, a service or nothing', () => {
    expect([null, '', '1004', '110', '12345', '+4930123456'].map(lineOf)).toEqual([null, null, null, null, null, null])
  })
  it('is guessed to be the same without its area code, and only for landlines', () => {
    expect(mayBeSameLine('45186520110', '86520110')).toBe(true)
    expect(mayBeSameLine('86520110', '45186520110')).toBe(true)
    expect(mayBeSameLine('45186520110', '45186520110')).toBe(false)
    expect(mayBeSameLine('13886520110', '86520110')).toBe(false)
    expect(mayBeSameLine('45186520110', '86520111')).toBe(false)
    expect(shorterForms('45186520110')).toEqual(['86520110'])
    expect(shorterForms('13886520110')).toEqual([])
  })
})

describe('what is known of a caller', () => {
  const open = caseRowOf({ caseId: id(1), source: 'hotline', beganAt: now - dayMs, clock: clockDue(now + 1_000) })
  const overdue = caseRowOf({ caseId: id(2), source: 'hotline', beganAt: now - 2 * dayMs, clock: clockDue(now - 1_000) })
  const ended = caseRowOf({ caseId: id(3), source: 'hotline', state: 'closed', beganAt: now - 40 * dayMs, endedAt: now - 30 * dayMs })
  const seen = caseRowOf({ caseId: id(4), source: 'camera', state: 'closed', beganAt: now - dayMs, endedAt: now })

  it('stands with what is due first on top and what is over below', () => {
    expect(inOrder([ended, open, overdue]).map(({ caseId }) => caseId)).toEqual([id(2), id(1), id(3)])
  })
  it('is marked by what a person should know before saying hello', () => {
    const marks = marksOf({ cases: [open, overdue, ended, seen], total: 4, lastFollowUp: { outcome: 'dissatisfied', at: now } }, now)
    expect(marks.map(({ words }) => words)).toEqual(['1 件已超时', '重复来电：30 天内 2 件', '上次回访不满意', '未结 2 件'])
  })
  it('is no repeat with one report in a month, or with what a camera saw', () => {
    const marks = marksOf({ cases: [{ ...open, endedAt: now }, seen, ended], total: 3, lastFollowUp: null }, now)
    expect(marks).toEqual([])
  })
  it('keeps the newer word of two about the same case', () => {
    expect(mergedRows([{ ...open, version: 3 }], [{ ...open, version: 2 }, ended]).map(({ version }) => version)).toEqual([3, 1])
  })
  it('says when the report repeats an earlier one: same subclass at the same place', () => {
    const report = { subclassCode: open.subclassCode, gridCode: open.gridCode ?? '', address: '' }
    expect(repeatedBy(report, [ended, open])?.caseId).toBe(id(1))
    expect(repeatedBy({ ...report, subclassCode: '09005' }, [ended, open])).toBeUndefined()
    expect(repeatedBy({ ...report, gridCode: '', address: '解放路' }, [open])).toBeUndefined()
    expect(repeatedBy({ ...report, gridCode: '', address: '解放路 12 号' }, [open])?.caseId).toBe(id(1))
  })
  it('greets by the usual name, and by none when it would be a guess', () => {
    const one = { name: '孙女士', gender: 'female' as const, times: 2, lastAt: now }
    expect(usualName([{ ...one, name: '李先生', times: 1 }, one])?.name).toBe('孙女士')
    expect(usualName([one, { ...one, name: '李先生' }])).toBeUndefined()
    expect(usualName([])).toBeUndefined()
  })
})
