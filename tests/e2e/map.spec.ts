import { createFaultProxy, type FaultProxy } from '../fakes/fault-proxy'
import { inTheField } from './field'
import { expect, test as withCentral } from './fixtures'

/** The map at a seat whose centre goes away: the ground, the search and the grid at a place come from what the seat keeps, and it says since when. */
const test = withCentral.extend<{ network: FaultProxy }>({
  network: async ({ central }, use) => {
    const proxy = await createFaultProxy(central.url)
    await use(proxy)
    await proxy.stop()
  },
  centralUrl: async ({ network }, use) => use(network.url),
})

test('without the centre the map still finds a place, names its grid, and says since when its cases are old', async ({
  seat,
  network,
  shell,
}, info) => {
  // A collector's telephone says where it is.
  const field = inTheField(seat.central)
  const duty = { isOnDuty: true, position: { lng: 126.63, lat: 45.6 } }
  await field.call(await field.signIn('1001'), 'PUT', '/collectors/me/duty', duty)
  await seat.signIn('shiftLead')
  await seat.page().keyboard.press('Alt+3')
  const map = (page = seat.page()) => page.getByRole('application', { name: /地图$/ })
  await expect(map()).toBeVisible()
  await expect(seat.page().getByRole('region', { name: '在岗采集员' })).toContainText(/1 人/)
  if (shell === 'browser') {
    const saved = seat.page().waitForEvent('download')
    await seat.page().getByRole('button', { name: '打印成 PDF' }).click()
    await seat.page().getByRole('menuitem', { name: 'A4 横向' }).click()
    await (await saved).saveAs(info.outputPath('map.pdf'))
  }

  network.set('cut')
  await seat.restart()
  const page = seat.page()
  await expect(page.getByRole('contentinfo')).toContainText('本班')
  await page.keyboard.press('Alt+3')
  await expect(map(page)).toBeVisible()
  await expect(page.getByRole('region', { name: '地图', exact: true }).getByText(/^截至 \d\d:\d\d$/)).toBeVisible()
  await map(page).focus()
  await page.keyboard.press('/')
  await page.keyboard.type('yxdj')
  await expect(page.getByRole('option').first()).toBeAttached()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '此处' })).toContainText(/230108\d{9}/)
  await page.screenshot({ path: info.outputPath('offline.png') })
})
