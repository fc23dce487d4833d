import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { QualityFormDocument } from '#shared/contracts/quality-shapes'
import { audioEvidence, evidenceWords } from '#shared/domain/quality/audio'
import { drawCalls } from '#shared/domain/quality/draw'
import { figuresCsv, qualityFigures, type ReviewedCall } from '#shared/domain/quality/figures'
import { foldFile, type QualityEntry } from '#shared/domain/quality/file'
import { formMistakes, itemsOf } from '#shared/domain/quality/form'
import { blankAnswers, differencesOf, type ItemAnswer, type ItemResult, sheetProblems, totalOf } from '#shared/domain/quality/sheet'

const form = (JSON.parse(readFileSync('resources/reference/quality-form-hotline.json', 'utf8')) as { document: QualityFormDocument })
  .document
const full = blankAnswers(form).map(
  (answer): ItemAnswer => ({
    ...answer,
    result: answer.result ?? itemsOf(form).find(({ itemId }) => itemId === answer.itemId)?.points ?? 0,
  }),
)
const withResult = (itemId: string, result: ItemResult, remark = '') =>
  full.map((answer) => (answer.itemId === itemId ? { ...answer, result, remark } : answer))

describe('a sheet', () => {
  it('of our own form makes a hundred', () => {
    expect(formMistakes(form)).toEqual([])
    expect(sheetProblems(form, full)).toEqual([])
    expect(totalOf(form, full)).toEqual({ total: 100, isVetoed: false })
  })

  it('asks for every item, and for words where half is lost or a veto falls', () => {
    expect(sheetProblems(form, blankAnswers(form))).toHaveLength(itemsOf(form).filter(({ isVeto }) => !isVeto).length)
    expect(sheetProblems(form, withResult('elements', 5))).toEqual([{ itemId: 'elements', problem: '扣一半以上须写明原因' }])
    expect(sheetProblems(form, withResult('elements', 6))).toEqual([])
    expect(sheetProblems(form, withResult('elements', 11))).toMatchObject([{ itemId: 'elements' }])
    expect(sheetProblems(form, withResult('elements', 'kept'))).toMatchObject([{ itemId: 'elements' }])
    expect(sheetProblems(form, withResult('quarrel', 'breached'))).toMatchObject([{ itemId: 'quarrel' }])
    expect(sheetProblems(form, [...full, { itemId: 'strange', result: 1, remark: '', atMs: null }])).toMatchObject([{ itemId: 'strange' }])
  })

  it('leaves out what did not apply, and comes to nothing when a veto item was breached', () => {
    expect(totalOf(form, withResult('wait', 'notApplicable'))).toEqual({ total: 100, isVetoed: false })
    // 90 of 95.
    const less = withResult('wait', 'notApplicable').map((answer) => (answer.itemId === 'repeat' ? { ...answer, result: 0 } : answer))
    expect(totalOf(form, less).total).toBe(94.7)
    expect(totalOf(form, withResult('rude', 'breached', '1:20'))).toEqual({ total: 0, isVetoed: true })
  })

  it('is compared item by item', () => {
    const sheets = [full, withResult('manner', 6), withResult('manner', 'notApplicable')].map((answers) => ({
      ...{ formVersion: 1, answers, words: '' },
    }))
    const differences = differencesOf(form, sheets).filter(({ isAgreed }) => !isAgreed)
    expect(differences).toEqual([{ itemId: 'manner', results: [10, 6, 'notApplicable'], isAgreed: false, spread: 4 }])
  })

  it('is made by a form whose points add up and that somebody may change', () => {
    const [first, ...rest] = form.sections
    const changed = { ...form, editors: ['assistant' as const], sections: rest }
    expect(first?.items).toHaveLength(2)
    expect(formMistakes(changed)).toEqual(['各项分值合计须为 100，现为 90', '可修改的岗位须包括平台主管，否则无人能再改'])
  })
})

describe('broken sound', () => {
  const good = { quality: { mosMean: 4.3, lossRatio: 0.001 }, talkMs: 60_000 }
  const spoken = Array.from({ length: 100 }, (_, at) => (at % 3 === 0 ? 0.3 : 0.02))
  const silent = Array.from({ length: 100 }, () => 0.001)

  it('is what was measured over the whole call, with its figures', () => {
    expect(audioEvidence({ ...good, peaks: { left: spoken, right: spoken } })).toEqual([])
    expect(audioEvidence({ quality: null, peaks: null, talkMs: 60_000 })).toEqual([])
    const bad = audioEvidence({ quality: { mosMean: 2.44, lossRatio: 0.082 }, peaks: null, talkMs: 60_000 })
    expect(bad.map(evidenceWords)).toEqual(['音质评分 2.4，低于 3.1', '丢包 8.2%，高于 5%'])
  })

  it('is one side that said nothing while the other spoke', () => {
    expect(audioEvidence({ ...good, peaks: { left: silent, right: spoken } }).map(evidenceWords)).toEqual([
      '来电人一侧有声时段 0%，低于 2%',
    ])
    expect(audioEvidence({ ...good, peaks: { left: spoken, right: silent } })).toMatchObject([{ fault: 'seatSilent' }])
    // Nobody spoke, or nobody had the time to: no fault of the line.
    expect(audioEvidence({ ...good, peaks: { left: silent, right: silent } })).toEqual([])
    expect(audioEvidence({ ...good, talkMs: 4_000, peaks: { left: silent, right: spoken } })).toEqual([])
  })
})

describe('the draw of a month', () => {
  const calls = (agentNo: string, count: number, broken: readonly number[] = []) =>
    Array.from({ length: count }, (_, at) => ({
      callId: `0190${agentNo}-0000-7000-8000-${String(at).padStart(12, '0')}`,
      agentNo,
      evidence: broken.includes(at) ? [{ fault: 'mos' as const, value: 2, limit: 3.1 }] : [],
    }))

  it('takes a share of each agent and a minimum at least, the same whoever draws', () => {
    const all = [...calls('2001', 400), ...calls('2002', 20), ...calls('2003', 3)]
    const { drawn } = drawCalls(all, { share: 0.1, minimum: 5 })
    const of = (agentNo: string) => drawn.filter((id) => id.startsWith(`0190${agentNo}`)).length
    expect(of('2001')).toBeGreaterThan(20)
    expect(of('2001')).toBeLessThan(60)
    expect([of('2002'), of('2003')]).toEqual([5, 3])
    expect(new Set(drawCalls(all.toReversed(), { share: 0.1, minimum: 5 }).drawn)).toEqual(new Set(drawn))
  })

  it('passes over broken sound, names it, and takes the next', () => {
    const [first] = drawCalls(calls('2001', 10), { share: 0, minimum: 4 }).drawn
    const at = Number(first?.slice(-12))
    const { drawn, excluded } = drawCalls(calls('2001', 10, [at]), { share: 0, minimum: 4 })
    expect(excluded).toEqual([first])
    expect(drawn).toHaveLength(4)
  })
})

describe('figures', () => {
  const entry = (total: number, isVetoed = false): QualityEntry => ({
    ...{ kind: 'score', sheet: { formVersion: 1, answers: [], words: '' }, entryId: 'e', at: 1, byNo: '3001', byName: '长' },
    ...{ total, isVetoed },
  })
  const call = (given: Partial<ReviewedCall>): ReviewedCall => ({
    ...{ agentNo: '2001', agentName: '=张三', isDrawn: true, isExcluded: false, evidence: [], isSatisfied: null, file: foldFile([]) },
    ...given,
  })
  const broken = [{ fault: 'loss' as const, value: 0.2, limit: 0.05 }]

  it('count what was scored, leave broken sound out and say how much', () => {
    const rows = qualityFigures(
      [
        ...[call({ file: foldFile([entry(90)]), isSatisfied: true }), call({ file: foldFile([entry(71.5)]), isSatisfied: false })],
        ...[call({ file: foldFile([entry(0, true)]) }), call({ file: foldFile([entry(20)]), evidence: broken })],
        ...[call({ isDrawn: false, isExcluded: true, evidence: broken }), call({ isDrawn: false })],
        call({ agentNo: '2002', agentName: '李四' }),
      ],
      80,
    )
    expect(rows).toMatchObject([
      { agentNo: '2001', calls: 6, drawn: 4, scored: 3, mean: 53.83, passed: 1, vetoed: 1, excluded: 2, rated: 2, satisfied: 1 },
      { agentNo: '2002', scored: 0, mean: null },
    ])
    const [, first, second] = figuresCsv('2026-11', rows).split('\r\n')
    expect(first).toBe("2026-11,2001,'=张三,6,4,3,53.83,1,1,2,0,2,1,50.00%")
    expect(second).toContain('李四,1,1,0,—,0,0,0,0,0,0,—')
  })
})
