import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { inTheField } from '../../tests/e2e/field'
import { accounts, type DemoRole, signIn, signOut } from '../../tests/e2e/fixtures'
import type { Stage } from './stage'

/** The pictures of cases: worklists and workspace as the dispatcher has them, the department's terminal, the collector's telephone. */
export async function worklists(stage: Stage): Promise<void> {
  const { page, camera } = stage
  await changeTo(stage, 'dispatcher')
  await page.keyboard.press('Alt+2')
  await firstRow(page, '待派遣')
  await camera.take(page, 'queue')
  await page.getByRole('button', { name: '列', exact: true }).click()
  await expect(page.getByRole('checkbox', { name: '小类' })).toBeFocused()
  await camera.take(page, 'queue-columns', { of: page.locator('.ant-popover:visible'), margin: 12 })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '视图', exact: true }).click()
  await page.getByLabel('视图名称').fill('快超时的')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Ctrl+1', { exact: true })).toBeVisible()
  await camera.take(page, 'queue-views', { of: page.locator('.ant-popover:visible'), margin: 12 })
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: /^处置中/ }).click()
  await firstRow(page, '处置中')
  await page.keyboard.press('Home')
  for (let more = 0; more < 3; more += 1) await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('region', { name: '批量办理' })).toBeVisible()
  await camera.take(page, 'queue-bulk')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+E')
  await expect(page.getByRole('dialog', { name: '导出案卷' })).toBeVisible()
  await camera.take(page, 'queue-export', { of: page.locator('.ant-modal-container, .ant-modal-content').first(), margin: 12 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: '导出案卷' })).toBeHidden()
  await page.getByRole('tab', { name: /^待派遣/ }).click()
  await firstRow(page, '待派遣')
  await page.keyboard.press('Enter')
  await opened(page)
  await camera.take(page, 'case')
  await page.keyboard.press('F9')
  await expect(page.getByRole('region', { name: '派遣：还要填的' }).getByText('依责任矩阵')).toBeVisible()
  await camera.take(page, 'case-dispatch', { of: [page.locator('.case-form'), page.locator('.case-bar')], margin: 4 })
  await page.keyboard.press('Escape')
}

export async function department(stage: Stage): Promise<void> {
  const { page, camera } = stage
  await changeTo(stage, 'departmentOperator')
  await page.keyboard.press('Alt+2')
  await firstRow(page, '待处置')
  await camera.take(page, 'department')
  await page.keyboard.press('Enter')
  await opened(page)
  await page.keyboard.press('F9')
  await camera.take(page, 'department-report')
}

/** A collector who has a task, on a telephone. */
export async function collector({ page, central, camera }: Stage): Promise<void> {
  const field = inTheField(central)
  const token = await field.signIn('0202', '11')
  const { items } = await field.call<{ items: { collectorNo: string | null; state: string }[] }>(
    token,
    'GET',
    '/cases?queue=withCollectors',
  )
  const collectorNo = items.find((row) => row.state === 'verifying' && row.collectorNo !== null)?.collectorNo ?? items[0]?.collectorNo
  const browser = page.context().browser()
  if (!browser || !collectorNo) throw new Error('no collector with a task')
  const telephone = await browser.newContext({
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
    bypassCSP: true,
    ...{ geolocation: { longitude: 126.63, latitude: 45.6 }, permissions: ['geolocation'], reducedMotion: 'reduce' as const },
  })
  const phone = await telephone.newPage()
  await phone.goto(`${central.url}/collector/`)
  await lendLetters(phone)
  await phone.getByLabel('账号').fill(collectorNo)
  await phone.getByLabel('口令').fill(central.password)
  await phone.getByRole('button', { name: '签入' }).click()
  await expect(phone.getByRole('heading', { name: /我的任务/ })).toBeVisible()
  await phone.getByRole('switch').click()
  await expect(phone.getByText('已定位')).toBeVisible()
  await camera.take(phone, 'collector-tasks')
  await phone.locator('a.card[href^="#"]').first().click()
  await expect(phone.getByRole('button', { name: '回报' })).toBeVisible()
  await camera.take(phone, 'collector-task')
  await telephone.close()
}

/** A telephone brings its Chinese letters with it, the machine that takes pictures may have none: the page is lent those of the workstation. */
async function lendLetters(phone: Page): Promise<void> {
  const folder = join(import.meta.dirname, '../../node_modules/@fontsource-variable/noto-sans-sc')
  await phone.route('**/lent/*', (route) => route.fulfill({ path: join(folder, 'files', basename(route.request().url())) }))
  const faces = readFileSync(join(folder, 'index.css'), 'utf8').replaceAll('url(./files/', 'url(/lent/')
  await phone.addStyleTag({
    content: `${faces} body, button, input, textarea { font-family: 'Noto Sans SC Variable', sans-serif !important; }`,
  })
}

async function changeTo({ page, central }: Stage, role: DemoRole): Promise<void> {
  await signOut(page)
  await signIn(page, accounts[role], central.password)
}

async function firstRow(page: Page, queue: string): Promise<void> {
  const grid = page.getByRole('grid', { name: queue, exact: true })
  await expect(grid.locator('.vt-row').first()).toBeVisible({ timeout: 30_000 })
  await grid.focus()
}

async function opened(page: Page): Promise<void> {
  await expect(page.locator('.case-bar')).toBeVisible()
  await expect(page.locator('.cases-open img').first()).toBeVisible()
}
