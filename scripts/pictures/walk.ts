import { expect, type Page } from '@playwright/test'
import { accounts, signIn, signOut } from '../../tests/e2e/fixtures'
import type { Part } from './camera'
import { collector, department, worklists } from './cases'
import { command, type Stage, statusBar, writeEntry } from './stage'

/** The walk through the program in the order of the manual's chapters. Each step leaves the window as the next one expects it. */
export async function walk(stage: Stage): Promise<void> {
  await signingIn(stage)
  await daily(stage)
  await finding(stage)
  await arranging(stage)
  await refused(stage)
  await withoutCentre(stage)
  await worklists(stage)
  await department(stage)
  await collector(stage)
  await administration(stage)
}

async function signingIn({ page, central, camera }: Stage): Promise<void> {
  await expect(statusBar(page)).toContainText('中心已连接')
  await page.getByLabel('账号').fill(accounts.shiftLead)
  await camera.take(page, 'sign-in')
  await page.getByLabel('口令', { exact: true }).fill('not-the-password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('还可再试 4 次')).toBeVisible()
  await camera.take(page, 'sign-in-wrong', { of: page.getByRole('form', { name: '签入' }) })
  await signIn(page, accounts.shiftLead, central.password)
}

async function daily({ page, camera }: Stage): Promise<void> {
  await expect(page.getByText('友谊路与中山街口').first()).toBeVisible()
  await camera.take(page, 'home')
  await page.keyboard.press('Alt+5')
  const box = page.getByRole('textbox', { name: '日志内容' })
  await box.fill('友协大街污水井盖破损，已通知排水单位，采集员在现场围挡')
  await expect(statusBar(page)).toContainText('草稿已存')
  await camera.take(page, 'duty-log')
  await page.keyboard.press('Control+Enter')
  await expect(box).toHaveValue('')
  await page.keyboard.press('Alt+0')
  await page.keyboard.press('Control+J')
  await box.fill('城东井盖一件已到场处置，督查员改为 20 分钟后复看')
  await expect(page.getByRole('complementary', { name: '记一条工作日志' })).toContainText('草稿已存')
  await camera.take(page, 'quick-entry')
  await page.keyboard.press('Control+Enter')
  await expect(box).toBeHidden()
}

async function finding({ page, camera }: Stage): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type('bllj')
  await expect(page.getByRole('option').filter({ hasText: '暴露垃圾' }).first()).toBeVisible()
  await camera.take(page, 'command-line', { of: page.getByRole('dialog', { name: '命令行' }), margin: 24 })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '标准与区划' })).toBeVisible()
  await expect(page.getByText('暴露垃圾').first()).toBeVisible()
  await camera.take(page, 'reference')
  await page.keyboard.press('F1')
  await expect(page.getByText('记一条工作日志').first()).toBeVisible()
  await camera.take(page, 'keys', { of: page.getByRole('dialog'), margin: 16 })
  await page.keyboard.press('Escape')
}

async function arranging({ page, seat, camera }: Stage): Promise<void> {
  await page.keyboard.press('Alt+5')
  await page.keyboard.press('Control+\\')
  await expect(page.getByRole('separator')).toBeVisible()
  await camera.take(page, 'beside')
  await page.keyboard.press('Control+\\')
  await page.getByRole('button', { name: '「工作日志」窗格菜单' }).click()
  const popOut = page.getByText('放到单独的窗口')
  await expect(popOut).toBeVisible()
  await camera.take(page, 'pane-menu', {
    of: [page.getByRole('menu'), page.getByRole('button', { name: '「工作日志」窗格菜单' })],
    margin: 40,
  })
  const opening = seat.nextWindow()
  await popOut.click()
  const popped = await opening
  await popped.emulateMedia({ reducedMotion: 'reduce' })
  await popped.setViewportSize({ width: 960, height: 560 })
  await expect(popped.getByText('友协大街污水井盖').first()).toBeVisible()
  await camera.take(popped, 'window')
  await popped.close()
  await page.getByRole('button', { name: '浅色或深色' }).click()
  await page.getByText('深色（夜间）').click()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'dark')
  await page.keyboard.press('Alt+0')
  await camera.take(page, 'dark')
  await command(page, '浅色主题')
  await expect(page.locator('html')).toHaveAttribute('data-scheme', 'light')
  await page.keyboard.press('Control+L')
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeVisible()
  await camera.take(page, 'locked')
}

async function refused({ page, central, network, camera }: Stage): Promise<void> {
  await page.getByLabel('口令', { exact: true }).fill(central.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeHidden()
  network.set('refuse', { path: '/api/v1/dutyLog', method: 'POST' })
  await page.keyboard.press('Alt+5')
  await writeEntry(page, '交接前盘点：未结案卷 14 件，其中超时 2 件，均已催办；探头第 3 路待修')
  await expect(statusBar(page)).toContainText('1 条未被接受')
  await camera.take(page, 'refused')
  await page.getByRole('button', { name: '处理待发送' }).click()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('dutyLog/tooLong')).toBeVisible()
  await camera.take(page, 'refused-outbox', { ...sheet(page, '待发送'), height: 200 })
  await page.keyboard.press('e')
  await expect(page.getByRole('textbox', { name: /^修改/ })).toBeVisible()
  await camera.take(page, 'refused-edit', { ...sheet(page, '待发送'), height: 270 })
  network.set('pass')
  await page.getByRole('textbox', { name: /^修改/ }).fill('交接前盘点：未结案卷 14 件，超时 2 件已催办')
  await page.keyboard.press('Control+Enter')
  await expect(statusBar(page)).toContainText(/待发送\s*0/, { timeout: 30_000 })
  await page.keyboard.press('Escape')
}

async function withoutCentre({ page, central, camera }: Stage): Promise<void> {
  await central.stop()
  await expect(page.getByRole('alert').getByText(/中心离线/)).toBeVisible({ timeout: 30_000 })
  await writeEntry(page, '中心断线，坐席照常受理；来电人反映中山街污水外溢，已口头通知排水单位')
  await writeEntry(page, '信息办回复：机房交换机重启，预计 10 分钟恢复')
  await expect(statusBar(page)).toContainText(/待发送\s*2/)
  await camera.take(page, 'offline')
  await page.keyboard.press('Control+B')
  await page.keyboard.press('ArrowDown')
  await camera.take(page, 'offline-outbox', { ...sheet(page, '待发送'), height: 200 })
  await page.keyboard.press('Escape')
  await command(page, '打开连接状态')
  await camera.take(page, 'offline-connection', { ...sheet(page, '与中心的连接'), height: 420 })
  await page.keyboard.press('Escape')
  // A minute without the centre becomes a notice.
  await expect(statusBar(page)).toContainText(/通知\s*1/, { timeout: 90_000 })
  await command(page, '打开通知')
  await expect(page.getByText('中心连不上已超过一分钟').first()).toBeVisible()
  await camera.take(page, 'notices', { ...sheet(page, '通知'), height: 170 })
  await page.keyboard.press('Escape')
  // Where the notice still lies over the window, it would lie over the next picture.
  const notice = page.locator('.ant-notification-notice-close')
  if (await notice.isVisible()) await notice.click()
  await command(page, '打开本机状态')
  await expect(page.getByText('数据目录')).toBeVisible()
  await camera.take(page, 'diagnostics', { ...sheet(page, '本机状态'), height: 300 })
  await page.keyboard.press('Escape')
  await central.start()
  await page.getByRole('button', { name: '重试' }).click()
  await expect(statusBar(page)).toContainText(/待发送\s*0/, { timeout: 60_000 })
}

async function administration({ page, central, camera }: Stage): Promise<void> {
  await signOut(page)
  await signIn(page, accounts.admin, central.password)
  await expect(page.getByText('周敏').first()).toBeVisible()
  await camera.take(page, 'home-administrator')
  await page.keyboard.press('Alt+9')
  await expect(page.getByRole('tab', { name: '账号' })).toBeVisible()
  await expect(page.getByText('林小燕').first()).toBeVisible()
  await camera.take(page, 'accounts')
  await page.getByRole('button', { name: /新建账号/ }).click()
  await page.getByPlaceholder('工号，2 至 16 位数字或字母').fill('0203')
  const form = page.getByRole('dialog')
  await form.getByLabel('姓名').fill('陈晨')
  await form.getByLabel('岗位').click()
  await page.keyboard.type('sly')
  await expect(page.locator('.ant-select-item-option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(form.getByTitle('受理员')).toBeVisible()
  await camera.take(page, 'account-new', { of: page.getByRole('dialog'), margin: 16 })
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('陈晨 的新口令').last()).toBeVisible()
  const shown = page.getByRole('dialog').last()
  await camera.take(page, 'account-password', { of: shown, margin: 16 })
  const password = (await page.locator('.adm-password').textContent())?.trim() ?? ''
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: '坐席' }).click()
  await expect(page.getByText('大厅一排').first()).toBeVisible()
  await camera.take(page, 'seats')
  await page.getByRole('tab', { name: '审计' }).click()
  await expect(page.getByText('新建账号').first()).toBeVisible()
  await camera.take(page, 'audit')
  await signOut(page)
  await page.getByLabel('账号').fill('0203')
  await page.getByLabel('口令', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('先修改口令')).toBeVisible()
  await camera.take(page, 'password-first')
}

/** The sheet that the status bar opens on the right, with its title. */
function sheet(page: Page, name: string): Part {
  return { of: [page.locator('.panel-head'), page.locator('.panel-sheet').getByRole('region', { name, exact: true })] }
}
