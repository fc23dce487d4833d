import { expect, type Page } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import type { CallRecord } from '../../src-shared/contracts/call-shapes'
import type { QualityFormDocument } from '../../src-shared/contracts/quality-shapes'
import type { EntryContent } from '../../src-shared/domain/quality/file'
import { itemsOf } from '../../src-shared/domain/quality/form'
import type { ItemAnswer, Sheet } from '../../src-shared/domain/quality/sheet'
import type { CentralProcess } from '../../tests/e2e/central-process'
import { type Field, inTheField } from '../../tests/e2e/field'
import { accounts, signIn, signOut } from '../../tests/e2e/fixtures'
import { callRecordOf } from '../../tests/fixtures/calls'
import { aLawWave, recordingOf } from '../../tests/fixtures/recordings'
import { type Stage, statusBar } from './stage'

/** The pictures of 质检: the calls of a month, the form beside the recording, a call of broken sound, an appeal, the figures. */
export async function quality({ page, camera, central }: Stage): Promise<void> {
  await expect(statusBar(page)).toContainText('中心已连接')
  await reviewedMonth(central)
  await signIn(page, accounts.supervisor, central.password)
  await page.keyboard.press('Alt+J')
  const list = page.getByRole('grid', { name: '质检通话' })
  await expect(list.getByRole('row').nth(3)).toBeVisible()
  await camera.take(page, 'quality')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const items = page.getByRole('grid', { name: '评分项' })
  await expect(items).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page.getByRole('slider', { name: '播放位置' })).toBeVisible()
  await page.keyboard.press('5')
  await page.keyboard.press('Enter')
  await page.keyboard.press('5')
  await page.keyboard.type('没有问门牌，采集员找不到地方')
  await page.keyboard.press('Enter')
  await page.keyboard.press('4')
  await expect(page.getByRole('button', { name: /^提交/ })).toBeVisible()
  await camera.take(page, 'quality-form')
  await page.keyboard.press('Escape')
  await page
    .getByText(/^音质剔除/)
    .first()
    .click()
  await list.getByRole('row').nth(1).click()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/音质太差，不计入坐席成绩/)).toBeVisible()
  await camera.take(page, 'quality-broken')
  await page.keyboard.press('Escape')
  await page.getByText(/^申诉/).first().click()
  await list.getByRole('row').nth(1).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '质检经过' })).toContainText('申诉')
  await camera.take(page, 'quality-appeal')
  await page.keyboard.press('Escape')
  await page.getByText(/^待办/).first().click()
  await list.getByRole('row', { name: /待定分/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '校准差异' })).toBeVisible()
  await expect(items).toBeFocused()
  await camera.take(page, 'quality-calibration')
  await page.keyboard.press('Escape')
  await openPart(page, '数字')
  await expect(page.getByRole('grid', { name: '质检数字' }).getByRole('row').nth(1)).toBeVisible()
  await camera.take(page, 'quality-figures', { of: page.getByRole('region', { name: '质检' }), height: 220 })
  await openPart(page, '热线台账')
  await expect(page.getByRole('grid', { name: '热线台账' }).getByRole('row').nth(1)).toBeVisible()
  await camera.take(page, 'quality-ledger', { of: page.getByRole('region', { name: '质检' }), height: 220 })
  await signOut(page)
  await signIn(page, accounts.intake, central.password)
  await page.keyboard.press('Alt+J')
  const mine = page.getByRole('grid', { name: '我的质检' })
  await expect(mine.getByRole('row').nth(1)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '质检经过' })).toBeVisible()
  await camera.take(page, 'quality-mine')
  await signOut(page)
}

const openPart = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

/** Two people took calls this month; some were scored, one was appealed against, one sounded too bad. */
async function reviewedMonth(central: CentralProcess): Promise<void> {
  const field = inTheField(central)
  const [one, other] = [await field.signIn('0201', '11'), await field.signIn('0202', '12')]
  const lead = await field.signIn('0102', '10')
  const { form } = await field.call<{ form: QualityFormDocument }>(lead, 'GET', `/quality?month=${monthOf(Date.now())}`)
  const calls: CallRecord[] = []
  for (let at = 0; at < 9; at += 1) calls.push(await takeCall(field, at % 3 === 2 ? other : one, at))
  const [first, second, third] = calls
  const enter = (token: string, callId: string, content: EntryContent) =>
    field.call(token, 'PUT', `/quality/calls/${callId}/entries/${uuid()}`, { content, at: Date.now() })
  const score = (changes: Changes): EntryContent => ({ kind: 'score', sheet: sheetOf(form, changes) })
  if (!first || !second || !third) return
  await enter(lead, first.callId, score({ repeat: [3, '只复述了地点', 41_000], wait: ['notApplicable', '', null] }))
  await enter(lead, second.callId, score({ elements: [4, '没有问楼号，派遣后退回', 25_000], manner: [7, '', null] }))
  await enter(one, second.callId, { kind: 'appeal', reason: '来电人说不清楼号，录音 0:52 处问过“附近有什么明显建筑”，已记在位置描述里。' })
  await enter(lead, third.callId, score({}))
  const supervisor = await field.signIn(accounts.supervisor, '09')
  const together = calls[5]
  if (together) {
    await enter(lead, together.callId, { kind: 'calibrate', reviewers: ['0102', accounts.supervisor] })
    await enter(lead, together.callId, score({ manner: [6, '两次打断', 33_000], closing: [4, '', null] }))
    await enter(supervisor, together.callId, score({ manner: [9, '', null], closing: [4, '', null], wait: ['notApplicable', '', null] }))
  }
  const reception = {
    callClass: 'complaint',
    urgency: 'ordinary',
    callerPlace: '',
    isConfidential: false,
    replyMethod: 'phone',
    requirement: '',
  }
  const toScore = calls[3]
  if (toScore) await field.register({ reception: { ...reception, callId: toScore.callId } })
}

const monthOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 7)

type Changes = Readonly<Record<string, readonly [result: ItemAnswer['result'], remark: string, atMs: number | null]>>
const sheetOf = (form: QualityFormDocument, changes: Changes): Sheet => ({
  formVersion: form.version,
  answers: itemsOf(form).map(({ itemId, points, isVeto }) => {
    const [result, remark, atMs] = changes[itemId] ?? [isVeto ? 'kept' : points, '', null]
    return { itemId, result, remark, atMs }
  }),
  words: '',
})

const seconds = 90

async function takeCall(field: Field, token: string, at: number): Promise<CallRecord> {
  const monthStart = Date.parse(`${monthOf(Date.now())}-01T00:00:00+08:00`)
  const startedAt = Math.max(monthStart, Date.now() - (9 - at) * 2_400_000)
  const recordingId = uuid()
  const quality = {
    mosMean: at === 4 ? 2.3 : 4.3,
    mosWorst: at === 4 ? 1.4 : 4,
    lossRatio: at === 4 ? 0.09 : 0,
    jitterMs: 4,
    roundTripMs: 12,
  }
  const record = callRecordOf({
    ...{ callId: uuid(), startedAt, answeredAt: startedAt + 4_000 + at * 900, endedAt: startedAt + 4_000 + at * 900 + seconds * 1_000 },
    ...{ recordingId, quality, wrapUpCode: 'registered', endedBy: at % 4 === 3 ? 'seat' : 'caller' },
  })
  await field.call(token, 'PUT', `/calls/${record.callId}`, record)
  const bytes = aLawWave(seconds)
  const voice = (phase: number) =>
    Array.from({ length: 300 }, (_, index) => (Math.floor(index / 18 + phase) % 2 === 0 ? wave(index) : 0.01))
  const wave = (index: number) => 0.15 + 0.5 * Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.31))
  const announced = recordingOf(bytes, {
    ...{ recordingId, callId: record.callId, startedAt, durationMs: seconds * 1_000 },
    peaks: { left: voice(0), right: voice(1) },
  })
  await field.call(token, 'POST', '/recordings', announced)
  const piece = 500_000
  for (let offset = 0; offset < bytes.length; offset += piece) {
    const part = new Uint8Array(bytes.subarray(offset, offset + piece))
    await field.call(token, 'PUT', `/recordings/${recordingId}/content?offset=${offset}`, part)
  }
  return record
}
