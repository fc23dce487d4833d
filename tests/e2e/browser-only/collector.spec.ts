import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { telephonePhoto } from '../../fixtures/photos'
import { type CentralProcess, startCentral } from '../central-process'

/** The collector's page on telephones, against a real centre with two collectors and somebody at a seat who sends them out. */
const place = { longitude: 126.6, latitude: 45.6 }
const ownPassword = 'Ziji-de-koulin-1'
let central: CentralProcess
let folder: string

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seat-collector-'))
  central = await startCentral(folder)
  const admin = await tokenOf('0001', '01')
  await newCollector(admin, '8801', '石磊')
  await newCollector(admin, '8802', '石岩')
})
test.afterAll(async () => {
  await central.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function api(path: string, options: { token?: string; method?: string; body?: unknown; version?: number } = {}) {
  const { token, method = 'GET', body, version } = options
  const answer = await fetch(`${central.url}/api/v1${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(method !== 'GET' && { 'idempotency-key': uuid() }),
      ...(version !== undefined && { 'if-match': `"${version}"` }),
    },
  })
  const read = await answer.json()
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(read)}`)
  return read
}

const tokenOf = async (accountNo: string, seatNo: string): Promise<string> =>
  (await api('/sessions', { method: 'POST', body: { accountNo, password: central.password, seatNo } })).tokens.accessToken

async function newCollector(token: string, accountNo: string, name: string): Promise<void> {
  await api('/accounts', { token, method: 'POST', body: { accountNo, name, roles: ['collector'], password: central.password } })
}

/** Intake writes a call down and sends the collector to look. */
async function orderVerification(token: string, collectorNo: string) {
  const facts = {
    ...{ source: 'hotline', kind: 'event', standard: 'GB/T 47678.5-2026', subclassCode: '06001', subclassName: '', majorName: '' },
    ...{ description: '路面有积水，行人绕行。', address: '友协大街 12 号门前', position: { lng: 126.602, lat: 45.6 }, gridCode: null },
    ...{ communityCode: null, streetCode: null, componentCode: null, isUrgent: false, isSensitive: false, namedAgents: [] },
    ...{ hasCitizen: true, wantsReply: true, mayNotBeCalled: false, cameraNo: null, external: null, instruction: null },
  }
  const citizen = { name: '王小明', number: '13912340826', gender: 'male' }
  const row = await api('/cases', {
    ...{ token, method: 'POST' },
    body: { caseId: uuid(), facts, citizen, photoIds: [], registeredAt: Date.now() },
  })
  return api(`/cases/${row.caseId}/actions/orderVerification`, {
    ...{ token, method: 'POST', version: row.version },
    body: { collectorNo, requirement: '看看积水多深。' },
  })
}

async function onPhone(context: BrowserContext, accountNo: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${central.url}/collector/`)
  await page.getByLabel('账号').fill(accountNo)
  await page.getByLabel('口令').fill(central.password)
  await page.getByRole('button', { name: '签入' }).click()
  await page.getByLabel('原口令').fill(central.password)
  await page.getByLabel('新口令').fill(ownPassword)
  await page.getByLabel('再输一次').fill(ownPassword)
  await page.getByRole('button', { name: '改好并进入' }).click()
  await expect(page.getByRole('heading', { name: /我的任务/ })).toBeVisible()
  return page
}

async function isWithinScreen(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
}

test('a collector answers a task without network, and the centre has it when the network is back', async ({ browser }, info) => {
  const intake = await tokenOf('0201', '02')
  const row = await orderVerification(intake, '8801')
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true, geolocation: place, permissions: ['geolocation'] }
  const context = await browser.newContext(phone)
  const page = await onPhone(context, '8801')
  await page.getByRole('switch').click()
  await expect(page.getByRole('switch', { name: '在岗' })).toBeChecked()
  await expect(page.getByText('已定位')).toBeVisible()
  await page.screenshot({ path: info.outputPath('tasks-360-light.png') })

  await page.getByText('友协大街 12 号门前').click()
  await expect(page.getByText('看看积水多深。')).toBeVisible()
  await expect(page.getByText(/15\d 米/)).toBeVisible()
  await expect(page.getByRole('button', { name: '回报' })).toBeDisabled()
  await page.getByText('属实', { exact: true }).click()
  await page.getByLabel('拍照').setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto(2400, 3200) })
  await expect(page.getByAltText('现场照片')).toBeVisible()
  await page.getByLabel('意见').fill('积水约十厘米。')
  await page.screenshot({ path: info.outputPath('task-360-light.png'), fullPage: true })
  expect(await isWithinScreen(page)).toBe(true)

  // Nothing filled in is lost by a reload.
  await page.reload()
  await expect(page.getByAltText('现场照片')).toBeVisible()
  await expect(page.getByLabel('意见')).toHaveValue('积水约十厘米。')

  await context.setOffline(true)
  await page.getByRole('button', { name: '回报' }).click()
  await expect(page.getByText('1 件存在本机，连上后自动送出')).toBeVisible()
  await page.screenshot({ path: info.outputPath('waiting-360-light.png') })
  expect((await api(`/cases/${row.caseId}?peek=true`, { token: intake })).row.state).toBe('verifying')

  await context.setOffline(false)
  await expect(page.getByText(/已送达/)).toBeVisible({ timeout: 30_000 })
  const { row: after, history, attachments } = await api(`/cases/${row.caseId}?peek=true`, { token: intake })
  expect(after).toMatchObject({ state: 'verified', verification: 'true', photoCount: 1 })
  expect(history.at(-1)).toMatchObject({
    action: 'reportVerification',
    input: { opinion: '积水约十厘米。', position: { lng: 126.6, lat: 45.6 } },
  })
  expect(attachments).toMatchObject([{ purpose: 'verification', width: 1200, height: 1600 }])
  await context.close()
})

test('another collector sees none of it, and reports a new problem', async ({ browser }, info) => {
  const intake = await tokenOf('0201', '02')
  await orderVerification(intake, '8801')
  const phone = { viewport: { width: 430, height: 930 }, hasTouch: true, isMobile: true, colorScheme: 'dark' as const }
  const context = await browser.newContext({ ...phone, geolocation: place, permissions: ['geolocation'] })
  const page = await onPhone(context, '8802')
  await expect(page.getByText('现在没有任务。')).toBeVisible()
  await page.getByRole('button', { name: '上报新问题' }).click()
  await page.getByRole('button', { name: '请选择小类' }).click()
  await page.getByLabel('搜小类').fill('06001')
  await page.screenshot({ path: info.outputPath('subclass-430-dark.png') })
  await page.getByRole('button', { name: /06001/ }).first().click()
  await page.getByLabel('拍照').setInputFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto() })
  await page.getByLabel('问题描述').fill('井盖旁有积水。')
  await page.getByLabel('位置描述').fill('公园北门')
  await page.getByRole('button', { name: '用现在的位置落点' }).click()
  await expect(page.getByText(/网格/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('new-430-dark.png'), fullPage: true })
  expect(await isWithinScreen(page)).toBe(true)
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await expect(page.getByText(/已送达/)).toBeVisible({ timeout: 30_000 })
  const { items } = await api('/cases?sources=collector&limit=200', { token: intake })
  const mine = items.find(({ address }: { address: string }) => address === '公园北门')
  expect(mine).toMatchObject({ source: 'collector', subclassCode: '06001', photoCount: 1, position: { lng: 126.6, lat: 45.6 } })
  await context.close()
})

test('the page may load nothing but its own, and only it may ask for place and camera', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  const answer = await page.goto(`${central.url}/collector/`)
  expect(answer?.headers()).toMatchObject({
    'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self'; /),
    'permissions-policy': 'geolocation=(self), camera=(self), microphone=()',
    'x-content-type-options': 'nosniff',
  })
  await expect(page.getByRole('button', { name: '签入' })).toBeVisible()
  expect(complaints).toEqual([])
  expect((await page.request.get(`${central.url}/healthz`)).headers()['permissions-policy']).toBe(
    'geolocation=(), camera=(), microphone=()',
  )
  await page.context().close()
})
