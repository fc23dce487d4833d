import { expect } from '@playwright/test'
import { accounts, signIn } from '../../tests/e2e/fixtures'
import type { Stage } from './stage'

/** The pictures of the hotline desk: what the knowledge says beside the report, an answer on the spot, and the calls that are due. */
export async function desk({ page, central, camera }: Stage): Promise<void> {
  await signIn(page, accounts.intake, central.password)
  await page.keyboard.press('Alt+1')
  await page.getByText('咨询', { exact: true }).click()
  await page.getByRole('textbox', { name: '经过' }).fill('楼下工地半夜还在干活，吵得睡不着，这种情况归谁管')
  await page.keyboard.press('Alt+F')
  await page.keyboard.type('夜间施工')
  await expect(page.getByRole('list', { name: '知识' })).toContainText('工地夜里施工吵')
  await camera.take(page, 'desk-knowledge-beside')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '当场答复' })).toHaveValue(/噪声敏感/)
  await expect(page.getByText('草稿已存').first()).toBeVisible()
  await camera.take(page, 'desk-answered')
  await page.keyboard.press('Control+d')
  await expect(page.getByRole('region', { name: '刚登记的' })).toContainText('已答复')
  await page.keyboard.press('Alt+H')
  await expect(page.getByRole('grid', { name: '待打的电话' })).toContainText('结案回访')
  await page.keyboard.press('1')
  await expect(page.getByRole('radio', { name: /满意/ }).first()).toBeChecked()
  await camera.take(page, 'desk-due-calls')
  await page.keyboard.press('Alt+K')
  await expect(page.getByRole('grid', { name: '知识库' })).toContainText('怎样查办理进度')
  await camera.take(page, 'desk-knowledge')
}
