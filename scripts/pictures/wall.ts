import { expect, signIn } from '../../tests/e2e/fixtures'
import { demonstrationWall } from '../start/wall'
import type { Stage } from './stage'

/** Several pictures at once on a busy machine. */
const patienceMs = 90_000

/** Chapter 18: the wall and its window, one camera large, a stop of the patrol. */
export async function walls({ central, seatWith, camera }: Stage): Promise<void> {
  const seat = await seatWith('01', { wall: demonstrationWall })
  const { page } = seat
  await signIn(page, '0601', central.password)
  await page.keyboard.press('Alt+4')
  await expect(page.getByRole('button', { name: '打开大屏窗口' })).toBeVisible()
  const opening = seat.nextWindow()
  await page.keyboard.press('o')
  const wall = await opening
  await wall.setViewportSize({ width: 1280, height: 720 })
  await expect(page.getByText(/与屏一致/)).toBeVisible({ timeout: 30_000 })
  // An urgent case may take a cell in the same moment: who comes second is told, and asks again.
  await expect(async () => {
    await page.keyboard.press('e')
    await expect(wall.locator('figure').first()).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: patienceMs })
  // What is taken is a wall that has its pictures.
  for (const shown of [wall.locator('main'), page.locator('.wall-mini')]) {
    await expect(shown.locator('figure')).toHaveCount(4, { timeout: patienceMs })
    await expect(shown.locator('.camera-badge-opening, .camera-badge-noSignal')).toHaveCount(0, { timeout: patienceMs })
  }
  await camera.take(page, 'wall')
  await camera.take(wall, 'wall-window')
  await camera.take(page, 'wall-side', { of: page.getByLabel('场景与轮巡'), height: 460 })
  await page.keyboard.press('p')
  await expect(page.locator('.desk .camera-badge-opening')).toHaveCount(0, { timeout: patienceMs })
  await expect(page.locator('.desk-arrows')).toBeVisible({ timeout: patienceMs })
  await page.keyboard.down('ArrowRight')
  await expect(page.locator('.desk-hand')).toContainText('本人')
  await page.keyboard.up('ArrowRight')
  await page.keyboard.press('s')
  await page.getByPlaceholder('名称，如 路口东侧').fill('路口东侧')
  await page.keyboard.press('Enter')
  await expect(page.locator('.desk-presets li')).toHaveCount(1)
  await camera.take(page, 'camera-desk')
  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  await expect(page.getByText('第 1 站')).toBeVisible()
  await expect(page.getByText(/已看 \d\d\/10 秒/)).toBeVisible({ timeout: patienceMs })
  await camera.take(page, 'patrol-stop', { of: page.locator('.desk-side'), height: 260 })
  await page.keyboard.press('y')
  await expect(page.getByRole('region', { name: '登记案卷' })).toBeVisible({ timeout: 20_000 })
  await camera.take(page, 'patrol-case')
}
