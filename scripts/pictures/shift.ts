import { expect, type Page } from '@playwright/test'
import { accounts, signIn, signOut } from '../../tests/e2e/fixtures'
import { type Stage, statusBar } from './stage'

/** The pictures of the shift: before a handover, the read-back, the log with its links and its years, the roster, attendance, visitors, the archive, leaving. */
export async function shift({ page, camera, central }: Stage): Promise<void> {
  await expect(statusBar(page)).toContainText('中心已连接')
  await writeRoster(central.url, central.password)
  await signIn(page, accounts.shiftLead, central.password)
  await page.keyboard.press('Alt+5')
  const box = page.getByRole('textbox', { name: '日志内容' })
  for (const text of ['友协大街与保国街交口井盖破损，已通知排水单位围挡', '区里调阅联盟大街画面 12 分钟']) {
    await box.fill(text)
    await page.keyboard.press('Control+Enter')
    await expect(box).toHaveValue('')
  }
  await box.fill('坐席 03 耳机换新，旧的已送修')
  await page.keyboard.press('Alt+L')
  await page.keyboard.type('坐席 03')
  await expect(page.getByRole('option').first()).toBeVisible()
  await camera.take(page, 'log-links')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')
  await page.getByText('查历年', { exact: true }).click()
  await page.getByPlaceholder('历年日志里的字词、姓名、关联').fill('井盖')
  await expect(page.getByRole('grid', { name: '历年工作日志' })).toContainText('井盖')
  await camera.take(page, 'log-years')

  await page.keyboard.press('Alt+6')
  await expect(page.getByRole('region', { name: '此刻未了' }).getByText(/件$/).first()).toBeVisible({ timeout: 30_000 })
  await camera.take(page, 'handover-start')
  await openTab(page, '排班')
  await expect(page.getByRole('grid', { name: '排班表' })).toBeVisible()
  await camera.take(page, 'roster')
  await openTab(page, '考勤')
  await page.getByText('月统计', { exact: true }).click()
  await expect(page.getByRole('grid', { name: '月考勤统计' }).getByRole('row').nth(1)).toBeVisible()
  await camera.take(page, 'attendance')
  await openTab(page, '设备')
  await reportFaults(page)
  await camera.take(page, 'equipment')
  await openTab(page, '归档')
  await expect(page.getByText(/链完好/)).toBeVisible()
  await camera.take(page, 'archive')
  await openTab(page, '交接班')
  await page.getByRole('button', { name: /开始交班/ }).click()
  await page.getByRole('textbox', { name: '判断' }).fill('井盖未复位前经办人不下班，盯到反馈。')
  await page.keyboard.press('Control+Enter')
  const taker = page.getByRole('textbox', { name: '接班人工号' })
  await expect(taker).toBeFocused()
  await taker.fill('0102')
  await page.getByLabel('接班人口令').fill(central.password)
  await page.keyboard.press('Enter')
  const points = page.getByRole('listbox', { name: '逐项复述' })
  await expect(points).toBeFocused()
  for (let at = 0; at < 3; at++) {
    await page.keyboard.press('Space')
    await expect(points.getByRole('option').nth(at)).toContainText('✓ 收')
  }
  await camera.take(page, 'handover')
  await page.keyboard.press('Control+K')
  await page.keyboard.type('qianchu')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '离岗理由' })).toBeFocused()
  await camera.take(page, 'leave-post', { of: page.getByRole('dialog'), margin: 16 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+L')
  await expect(page.getByRole('timer', { name: '离开坐席' })).toBeVisible()
  await camera.take(page, 'away', { of: page.locator('.lock-box'), margin: 16 })
  await page.getByRole('textbox', { name: '口令', exact: true }).fill(central.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeHidden()
  await signOut(page)
}

/** Two faults, one of them with whoever repairs it. */
async function reportFaults(page: Page): Promise<void> {
  const form = page.getByRole('form', { name: '报障' })
  const report = async (what: string, place: string, fault: string) => {
    await form.getByRole('combobox', { name: '设备' }).fill(what)
    await page.keyboard.press('Escape')
    await form.getByRole('textbox', { name: '位置' }).fill(place)
    await form.getByRole('textbox', { name: '故障' }).fill(fault)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('grid', { name: '报障单' })).toContainText(fault)
  }
  await report('拼接屏第 11 格', '大厅', '通道满，黑屏')
  await report('头戴耳麦', '03 号坐席', '左耳无声')
  const grid = page.getByRole('grid', { name: '报障单' })
  await grid.getByText('通道满，黑屏').click()
  await page.keyboard.press('p')
  await page.getByRole('textbox', { name: '派给谁' }).fill('大屏厂家 赵工')
  await page.getByRole('textbox', { name: '说明' }).fill('约明早来')
  await page.keyboard.press('Enter')
  await expect(grid).toContainText('修理中')
}

const openTab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true }).click()

/** Somebody wrote the roster before: two shifts, five days of seven for everybody of the demonstration, in turn. */
async function writeRoster(url: string, password: string): Promise<void> {
  const json = { 'content-type': 'application/json' }
  const ask = async (path: string, init: RequestInit): Promise<unknown> => {
    const answer = await fetch(`${url}/api/v1${path}`, init)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
  const session = { accountNo: '0102', password, seatNo: '01' }
  const { tokens } = (await ask('/sessions', { method: 'POST', headers: json, body: JSON.stringify(session) })) as {
    tokens: { accessToken: string }
  }
  const headers = { ...json, authorization: `Bearer ${tokens.accessToken}` }
  const { items } = (await ask('/roster/people', { headers })) as {
    items: { accountNo: string; name: string; roles: readonly string[] }[]
  }
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
  // Into the next month, so that somebody comes after the last shift of this one.
  const first = Date.parse(`${month}-01T00:00:00Z`)
  const days = Array.from({ length: 40 }, (_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10))
  const lines = items.flatMap(({ accountNo, name, roles }, person) =>
    days
      .filter((_, day) => (day + person * 2) % 7 < 5)
      .map((date) => ({ accountNo, name, role: roles[0], date, ruleIds: [person % 2 === 0 ? 'morning' : 'afternoon'] })),
  )
  await ask('/roster', { method: 'PUT', headers, body: JSON.stringify({ from: days[0], until: days.at(-1), lines }) })
}
