import { createFaultProxy, type FaultProxy } from '../fakes/fault-proxy'
import { accounts, expect, test as withCentral } from './fixtures'

/** The centre behind a proxy that can cut, stall, and lose the answer after the commit. */
const test = withCentral.extend<{ network: FaultProxy }>({
  network: async ({ central }, use) => {
    const proxy = await createFaultProxy(central.url)
    await use(proxy)
    await proxy.stop()
  },
  centralUrl: async ({ network }, use) => use(network.url),
})

async function entriesAtCentral(url: string, password: string, text: string): Promise<number> {
  const api = `${url}/api/v1`
  const opened = await fetch(`${api}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountNo: accounts.director, password, seatNo: '12' }),
  })
  const { tokens } = (await opened.json()) as { tokens: { accessToken: string } }
  const listed = await fetch(`${api}/dutyLog?limit=200`, { headers: { authorization: `Bearer ${tokens.accessToken}` } })
  const { items } = (await listed.json()) as { items: { text: string }[] }
  return items.filter((entry) => entry.text === text).length
}

test('central down at start: the cached home opens, says since when, queues a record, and it arrives exactly once', async ({
  seat,
  network,
}) => {
  const text = '友协大街污水井盖破损，已围挡，等排水单位到场'
  await seat.signIn('intake')
  await expect(seat.page().getByRole('contentinfo')).toContainText('中心已连接')

  network.set('cut')
  await seat.restart()
  const page = seat.page()
  await expect(page.getByRole('contentinfo')).toContainText('本班')
  await expect(page.getByRole('alert').getByText(/中心离线，自 \d\d:\d\d 起/)).toBeVisible()
  await page.keyboard.press('Control+J')
  await page.getByRole('textbox', { name: '日志内容' }).fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*1/)

  // The centre is back, but the answer to the first delivery is lost after it was stored.
  network.set('resetAfterCommit', { path: '/api/v1/dutyLog', times: 1 })
  // The seat may have found the centre by itself in this very moment; then the button is gone, and nothing is to be pressed.
  await page
    .getByRole('button', { name: '重试' })
    .click({ timeout: 2_000 })
    .catch(() => undefined)
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*0/, { timeout: 30_000 })
  await expect(page.getByRole('alert').getByText('中心离线')).toBeHidden()
  expect(await entriesAtCentral(seat.central.url, seat.central.password, text)).toBe(1)
})

test('an account that signed in here before is admitted while the centre is away; a wrong password is not', async ({ seat, network }) => {
  await seat.signIn('intake')
  await seat.page().keyboard.press('Control+K')
  await seat.page().keyboard.type('qianchu')
  await seat.page().keyboard.press('Enter')
  network.set('cut')
  const page = seat.page()
  await page.getByLabel('账号').fill(accounts.intake)
  await page.getByLabel('口令', { exact: true }).fill('wrong-password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('账号或口令不正确')).toBeVisible()
  await page.getByLabel('口令', { exact: true }).fill(seat.central.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('contentinfo')).toContainText('本班')
})

test('a live action against a silent centre fails in words within three seconds', async ({ seat, network }) => {
  await seat.signIn('admin')
  await seat.page().keyboard.press('Alt+9')
  await expect(seat.page().getByText(accounts.shiftLead).first()).toBeVisible()
  network.set('stall')
  const began = Date.now()
  await seat.page().getByRole('tab', { name: '审计' }).click()
  await expect(
    seat
      .page()
      .getByText(/中心 3 秒内没有回应|中心连不上/)
      .first(),
  ).toBeVisible({ timeout: 4_500 })
  expect(Date.now() - began).toBeLessThan(4_500)
})

test('the centre killed and started again: the seat notices both, and nothing is lost', async ({ seat }) => {
  await seat.signIn('shiftLead')
  await seat.central.kill()
  const page = seat.page()
  await expect(page.getByRole('alert').getByText(/中心离线/)).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Control+J')
  await page.getByRole('textbox', { name: '日志内容' }).fill('中心断电期间，坐席照常受理')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*1/)
  await seat.central.start()
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*0/, { timeout: 40_000 })
})
