import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { demonstrationWall } from '../../scripts/start/wall'
import { expect, test } from './fixtures'

/** The demonstration's wall as an operator meets it: its window, a scene on it, one camera large and turned. */
test('an operator opens the wall’s window, puts a scene on it, and turns a camera', async ({ central, shell, browser }, info) => {
  test.skip(shell === 'electron', 'its windows are opened by the same command; displays are the shell’s own test')
  test.setTimeout(120_000)
  const { startSeat } = await import('./seat-process')
  const { signIn } = await import('./fixtures')
  const dataFolder = info.outputPath('seat-01')
  mkdirSync(dataFolder, { recursive: true })
  writeFileSync(join(dataFolder, 'seat.json'), JSON.stringify({ wall: demonstrationWall }))
  const viewport = { width: 1366, height: 768 }
  const seat = await startSeat({ shell, centralUrl: central.url, dataFolder, seatNo: '01', viewport }, browser)
  try {
    const { page } = seat
    await signIn(page, '0601', central.password)
    await page.keyboard.press('Alt+4')
    await expect(page.getByRole('button', { name: '打开大屏窗口' })).toBeVisible()
    const opening = seat.nextWindow()
    await page.keyboard.press('o')
    const wall = await opening
    await expect(page.getByText(/软件大屏（演示） 与屏一致/)).toBeVisible({ timeout: 20_000 })
    await expect(wall.getByText('演示：画面由程序生成')).toBeVisible()
    await page.keyboard.press('e')
    await expect(page.locator('.wall-tile.wall-confirmed figure').first()).toBeVisible({ timeout: 20_000 })
    await expect(wall.getByRole('figure').first().getByRole('status')).toHaveText(/实时|迟/, { timeout: 30_000 })
    await page.keyboard.press('p')
    await expect(page.getByRole('button', { name: /有问题/ })).toBeVisible()
    await page.keyboard.press('Escape')
    // The window goes: nothing is assumed of what it shows.
    await wall.close()
    await expect(page.getByText(/软件大屏（演示） 断开/)).toBeVisible({ timeout: 20_000 })
  } finally {
    await seat.stop()
  }
})
