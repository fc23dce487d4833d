import { describe, expect, it } from 'vitest'
import { dayMs } from '#shared/base/china-time'
import type { RoleId } from '#shared/domain/account/role'
import { type EntryContent, entriesFor, foldFile, mayEnter, type QualityEntry } from '#shared/domain/quality/file'
import type { Sheet } from '#shared/domain/quality/sheet'

const agent = { accountNo: '2001', role: 'intake' as RoleId }
const lead = { accountNo: '3001', role: 'shiftLead' as RoleId }
const supervisor = { accountNo: '4001', role: 'supervisor' as RoleId }
const director = { accountNo: '5001', role: 'director' as RoleId }
const call = { agentNo: '2001', evidence: [], appealDays: 5 }
const sheet: Sheet = { formVersion: 1, answers: [], words: '' }
let made = 0

const entryOf = (by: { readonly accountNo: string }, content: EntryContent, total: number | null = null, at = 1_000): QualityEntry => {
  made += 1
  return { ...content, entryId: `e${made}`, at, byNo: by.accountNo, byName: by.accountNo, total, isVetoed: false }
}
const refusal = (entries: readonly QualityEntry[], by: typeof agent, content: EntryContent, at = 2_000) => {
  const answer = mayEnter(foldFile(entries), call, by, content, at)
  return answer.ok ? null : answer.error
}

describe('the quality file of a call', () => {
  const scored = [entryOf(lead, { kind: 'score', sheet }, 92)]

  it('is scored once, by somebody who reviews and did not take the call', () => {
    const score: EntryContent = { kind: 'score', sheet }
    expect(refusal([], agent, score)).toBe('quality/ownCall')
    expect(refusal([], { accountNo: '2001', role: 'shiftLead' }, score)).toBe('quality/ownCall')
    expect(refusal([], { accountNo: '2002', role: 'intake' }, score)).toBe('quality/notReviewer')
    expect(refusal([], lead, score)).toBeNull()
    expect(refusal(scored, supervisor, score)).toBe('quality/alreadyScored')
    expect(foldFile(scored)).toMatchObject({ state: 'scored', standing: { total: 92, byNo: '3001' }, toldAt: 1_000 })
  })

  it('holds nothing against a call of broken sound', () => {
    const broken = { ...call, evidence: [{ fault: 'mos' as const, value: 2.1, limit: 3.1 }] }
    const answer = mayEnter(foldFile([]), broken, lead, { kind: 'score', sheet }, 1)
    expect(answer.ok ? null : answer.error).toBe('quality/brokenAudio')
  })

  it('is corrected by its own reviewer, behind what stands there', () => {
    const correction: EntryContent = { kind: 'correct', sheet, reason: '听错了时间' }
    expect(refusal(scored, supervisor, correction)).toBe('quality/notYours')
    expect(refusal(scored, lead, correction)).toBeNull()
    expect(foldFile([...scored, entryOf(lead, correction, 95)])).toMatchObject({ state: 'scored', standing: { total: 95 }, toldAt: 1_000 })
  })

  it('is appealed against once, in time, by its agent, and decided by somebody who has not scored it', () => {
    const appeal: EntryContent = { kind: 'appeal', reason: '复述过地址' }
    const decide: EntryContent = { kind: 'decide', sheet: null, reason: '录音 0:41 有复述' }
    expect(refusal([], agent, appeal)).toBe('quality/notScored')
    expect(refusal(scored, { accountNo: '2002', role: 'intake' }, appeal)).toBe('quality/notYours')
    expect(refusal(scored, agent, appeal, 1_000 + 5 * dayMs)).toBeNull()
    expect(refusal(scored, agent, appeal, 1_001 + 5 * dayMs)).toBe('quality/appealOver')
    const appealed = [...scored, entryOf(agent, appeal)]
    expect(refusal(scored, supervisor, decide)).toBe('quality/noAppeal')
    expect(refusal(appealed, lead, decide)).toBe('quality/notYours')
    expect(refusal(appealed, lead, { kind: 'correct', sheet, reason: '改' })).toBe('quality/alreadyScored')
    const decided = [...appealed, entryOf(supervisor, { ...decide, sheet }, 97)]
    expect(foldFile(decided)).toMatchObject({ state: 'decided', standing: { total: 97, byNo: '4001' }, hasAppealed: true })
    expect(foldFile([...appealed, entryOf(supervisor, decide)])).toMatchObject({ state: 'decided', standing: { total: 92 } })
    expect(refusal(decided, agent, appeal)).toBe('quality/appealedOnce')
  })
})

describe('a calibration', () => {
  const begin = entryOf(director, { kind: 'calibrate', reviewers: ['3001', '4001'] })
  const score: EntryContent = { kind: 'score', sheet }
  const half = [begin, entryOf(lead, score, 90)]
  const whole = [...half, entryOf(supervisor, score, 80)]

  it('is blind until all have handed in', () => {
    expect(refusal([begin], director, score)).toBe('quality/notInvited')
    expect(refusal(half, lead, score)).toBe('quality/alreadyScored')
    expect(foldFile(half)).toMatchObject({ state: 'calibrating', standing: null })
    expect(entriesFor(supervisor, '2001', half).map(({ kind }) => kind)).toEqual(['calibrate'])
    expect(entriesFor(director, '2001', half).map(({ kind }) => kind)).toEqual(['calibrate'])
    expect(entriesFor(lead, '2001', half).map(({ kind }) => kind)).toEqual(['calibrate', 'score'])
    expect(entriesFor(supervisor, '2001', whole)).toHaveLength(3)
  })

  it('counts for the agent only as the score that was agreed, and tells them of nothing else', () => {
    expect(foldFile(whole)).toMatchObject({ state: 'toAgree', standing: null })
    const agree: EntryContent = { kind: 'agree', sheet, reason: '以录音 1:02 为准' }
    expect(refusal(half, lead, agree)).toBe('quality/notCalibrating')
    expect(refusal(whole, { accountNo: '6001', role: 'assistant' }, agree)).toBe('quality/notInvited')
    const agreed = [...whole, entryOf(lead, agree, 85, 9_000)]
    expect(foldFile(agreed)).toMatchObject({ state: 'scored', standing: { total: 85 }, toldAt: 9_000 })
    expect(entriesFor(agent, '2001', whole)).toEqual([])
    expect(entriesFor(agent, '2001', agreed).map(({ kind }) => kind)).toEqual(['agree'])
    // Whoever took part has scored it: an appeal is somebody else's.
    const appealed = [...agreed, entryOf(agent, { kind: 'appeal', reason: '请再听' })]
    expect(refusal(appealed, supervisor, { kind: 'decide', sheet: null, reason: '维持' })).toBe('quality/notYours')
    expect(refusal(appealed, director, { kind: 'decide', sheet: null, reason: '维持' })).toBeNull()
  })

  it('goes on without whoever does not hand in, or ends where only one has', () => {
    const drop: EntryContent = { kind: 'drop', reason: '休假' }
    expect(refusal(half, lead, drop)).toBe('quality/notYours')
    expect(foldFile([...half, entryOf(director, drop)])).toMatchObject({ state: 'toScore', calibration: null })
    const three = [{ ...begin, reviewers: ['3001', '4001', '6001'] } as QualityEntry, ...half.slice(1), entryOf(supervisor, score, 80)]
    expect(foldFile([...three, entryOf(director, drop)])).toMatchObject({ state: 'toAgree', calibration: { isBlind: false } })
  })

  it('needs two, none of them the agent', () => {
    expect(refusal([], director, { kind: 'calibrate', reviewers: ['3001'] })).toBe('quality/badReviewers')
    expect(refusal([], director, { kind: 'calibrate', reviewers: ['3001', '2001'] })).toBe('quality/badReviewers')
    expect(refusal([], director, { kind: 'calibrate', reviewers: ['3001', '4001'] })).toBeNull()
  })
})
