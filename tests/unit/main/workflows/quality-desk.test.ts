import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { QualityFormDocument, QualityNews } from '#shared/contracts/quality-shapes'
import { itemsOf } from '#shared/domain/quality/form'
import type { NoticeContent } from '../../../../src-main/workflows/notices'
import type { Intent, Store } from '../../../../src-main/workflows/ports'
import { createQualityDesk, qualityKind } from '../../../../src-main/workflows/quality-desk'

const form = (JSON.parse(readFileSync('resources/reference/quality-form-hotline.json', 'utf8')) as { document: QualityFormDocument })
  .document
const me = { accountNo: '4001', role: 'supervisor' } as Me

function sitting() {
  const intents: Intent[] = []
  const drafts = new Map<string, string>([['4001/quality/c1', 'half']])
  const notices = new Map<string, NoticeContent>()
  const published: unknown[] = []
  const store = {
    transaction: (work: () => unknown) => ({ ok: true, value: work() }),
    intents: { append: (intent: Intent) => void intents.push(intent), list: () => intents },
    reference: { get: () => ({ document: form }) },
    drafts: {
      get: (key: string) => (drafts.has(key) ? { body: drafts.get(key) ?? '', savedAt: 1 } : undefined),
      save: (key: string, body: string) => void drafts.set(key, body),
      discard: (key: string) => void drafts.delete(key),
    },
  } as unknown as Store
  let made = 0
  const uuid = (): string => {
    made += 1
    return `u${made}`
  }
  const desk = createQualityDesk({
    ...{ store, outbox: { wake: () => {} }, ids: { uuid }, now: () => 5_000 },
    notices: { raise: (key, content) => void notices.set(key, content), settle: (key) => void notices.delete(key) },
    publish: (_topic, state) => void published.push(state),
  })
  desk.entered(me)
  return { desk, store, intents, drafts, notices, published }
}

const answers = itemsOf(form).map(({ itemId, points, isVeto }) => ({
  ...{ itemId, result: isVeto ? ('kept' as const) : points, remark: '', atMs: null },
}))
const score = { kind: 'score', sheet: { formVersion: 1, answers, words: '' } } as const

it('writes a step and sends it later: the draft goes with it, and comes back when it is taken back', () => {
  const { desk, store, intents, drafts, published } = sitting()
  expect(desk.enter(me, { callId: 'c1', content: score }).ok).toBe(true)
  expect(intents).toMatchObject([{ kind: 'quality.enter', accountNo: '4001', body: { callId: 'c1', at: 5_000, content: score } }])
  expect(drafts.size).toBe(0)
  expect(published.at(-1)).toMatchObject({ waiting: [{ callId: 'c1', kind: 'score' }] })
  qualityKind(store, () => 6_000).withdrawn(intents[0]?.body, '4001')
  expect(JSON.parse(drafts.get('4001/quality/c1') ?? '')).toMatchObject({ sheet: { answers } })
})

it('does not write a sheet that the centre would refuse', () => {
  const { desk, intents, drafts } = sitting()
  const half = { ...score, sheet: { ...score.sheet, answers: answers.slice(1) } }
  const answer = desk.enter(me, { callId: 'c1', content: half })
  expect(answer.ok ? null : answer.error).toMatchObject({ code: 'quality/incomplete', message: expect.stringContaining('及时接听') })
  expect([intents, drafts.size]).toEqual([[], 1])
})

it('tells of what concerns the person, and takes it back when they leave', () => {
  const { desk, notices } = sitting()
  const news: QualityNews = {
    ...{ callId: 'c1', callAt: 1, agentNo: '2001', agentName: '张三', kind: 'appeal', byNo: '2001', byName: '张三' },
    ...{ isForAgent: false, total: null, isVetoed: false, reviewers: [] },
  }
  desk.heard({ ...news, kind: 'score' })
  expect(notices.size).toBe(0)
  desk.heard(news)
  expect([...notices.values()]).toMatchObject([{ level: 'info', title: '张三（2001）对质检提出申诉', opens: 'quality' }])
  desk.heard({ ...news, callId: 'c2', kind: 'calibrate', byNo: '5001', byName: '方', reviewers: ['3001'] })
  desk.heard({ ...news, callId: 'c3', kind: 'calibrate', byNo: '5001', byName: '方', reviewers: ['3001', '4001'] })
  desk.heard({ ...news, callId: 'c4', agentNo: '4001', kind: 'score', byNo: '3001', byName: '周', isForAgent: true, total: 88 })
  expect([...notices.values()].map(({ title }) => title)).toEqual([
    ...['张三（2001）对质检提出申诉', '方 请您参加质检校准', '您有一通电话已质检'],
  ])
  desk.left()
  expect(notices.size).toBe(0)
})
