import { createFaultProxy, type FaultProxy } from '../fakes/fault-proxy'
import { accounts, expect, test as withCentral } from './fixtures'

/** Registering a case at a seat whose centre can be cut off: what is typed outlives the program, and what was registered arrives once. */
const test = withCentral.extend<{ network: FaultProxy }>({
  network: async ({ central }, use) => {
    const proxy = await createFaultProxy(central.url)
    await use(proxy)
    await proxy.stop()
  },
  centralUrl: async ({ network }, use) => use(network.url),
})

async function casesAtCentral(url: string, password: string, address: string): Promise<number> {
  const api = `${url}/api/v1`
  const opened = await fetch(`${api}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountNo: accounts.director, password, seatNo: '12' }),
  })
  const { tokens } = (await opened.json()) as { tokens: { accessToken: string } }
  const listed = await fetch(`${api}/cases?limit=1000&isOpen=true`, { headers: { authorization: `Bearer ${tokens.accessToken}` } })
  const { items } = (await listed.json()) as { items: { address: string }[] }
  return items.filter((row) => row.address === address).length
}

test('a registration half written is there after SIGKILL; registered without the centre it arrives exactly once', async ({
  seat,
  network,
}) => {
  const address = '友协大街与新疆二道街交口北侧'
  await seat.signIn('intake')
  await seat.page().keyboard.press('Alt+1')
  await seat.page().getByRole('textbox', { name: '经过' }).fill('污水井盖裂成两半，中间塌下去')
  await seat.page().getByRole('combobox', { name: '事发位置' }).fill(address)
  // Put aside, it is listed by what the core keeps of it: then all of it is there.
  await seat.page().keyboard.press('Alt+A')
  await expect(seat.page().getByRole('region', { name: '草稿' })).toContainText(`${address} 污水井盖裂成两半`)
  network.set('cut')
  await seat.current().kill()
  await seat.restart()

  const page = seat.page()
  await page.keyboard.press('Alt+1')
  await expect(page.getByRole('textbox', { name: '经过' })).toHaveValue('污水井盖裂成两半，中间塌下去')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('textbox', { name: '联系电话' })).toBeFocused()
  await page.keyboard.type('13900000412')
  await page.keyboard.press('Control+Enter')
  const registered = page.getByRole('region', { name: '刚登记的' })
  await expect(registered).toContainText(/暂编 [0-9A-F]{6}.*待发送/)
  await expect(page.getByRole('contentinfo')).toContainText(/待发送\s*1/)

  // The centre is back, but the answer to the first delivery is lost after it was stored.
  network.set('resetAfterCommit', { path: '/api/v1/cases', times: 1 })
  await page
    .getByRole('button', { name: '重试' })
    .click({ timeout: 2_000 })
    .catch(() => undefined)
  await expect(registered).toContainText(/\d{8}-\d{4}/, { timeout: 30_000 })
  expect(await casesAtCentral(seat.central.url, seat.central.password, address)).toBe(1)
})
