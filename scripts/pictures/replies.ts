import { expect } from '@playwright/test'
import { accounts, signIn } from '../../tests/e2e/fixtures'
import type { Stage } from './stage'

/** The pictures of 待回复: a reply that is being written, and one that is brought to its source by hand. */
export async function replies({ page, central, camera }: Stage): Promise<void> {
  await signIn(page, accounts.opinionMonitor, central.password)
  await page.keyboard.press('Alt+Y')
  const list = page.getByRole('grid', { name: '待回复的案卷' })
  await expect(list).toContainText('待写')
  await list.press('Enter')
  await expect(page.getByRole('textbox', { name: '回复稿' })).toBeVisible()
  await page
    .getByRole('textbox', { name: '回复稿' })
    .fill('您好，您反映的问题已收到，现正由责任部门处置，办结后再向您说明结果。感谢您的监督。')
  await camera.take(page, 'replies-write')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('已报审，等核准').first()).toBeVisible()
  await page.getByText(/^待回传/).click()
  await expect(page.getByText('回传凭证').first()).toBeVisible()
  await list.press('1')
  await expect(page.getByRole('radio', { name: '在对方网站填写' })).toBeChecked()
  await camera.take(page, 'replies-by-hand')
}
