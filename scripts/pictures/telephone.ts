import { expect } from '@playwright/test'
import { accounts, signIn } from '../../tests/e2e/fixtures'
import { command, type Stage } from './stage'

/** The pictures of the telephone: a seat at the demonstration's exchange, rung by one of its citizens. */
export async function telephone({ central, camera, seatWithTelephone }: Stage): Promise<void> {
  const { page } = await seatWithTelephone('03')
  await signIn(page, accounts.intake, central.password)
  await expect(page.getByRole('button', { name: '耳机 正常' })).toBeVisible({ timeout: 30_000 })
  const bar = { of: page.getByRole('banner'), margin: 0 }
  await camera.take(page, 'telephone-idle', bar)
  await page.getByRole('button', { name: /^坐席状态/ }).click()
  await expect(page.getByRole('menuitem', { name: /小休/ })).toBeVisible()
  await camera.take(page, 'telephone-states', { of: [page.getByRole('banner'), page.getByRole('menu')], margin: 0 })
  await page.keyboard.press('Escape')
  await command(page, '话机')
  await expect(page.getByRole('list', { name: '话机自检' })).toBeVisible()
  await camera.take(page, 'telephone-check', { of: [page.locator('.panel-head'), page.locator('.panel-sheet .ui-pane')] })
  await page.keyboard.press('Escape')
  await page.keyboard.press('F8')
  await expect(page.getByRole('alert', { name: '来电振铃' })).toBeVisible({ timeout: 60_000 })
  await camera.take(page, 'telephone-ringing')
  await page.keyboard.press('F2')
  await expect(page.getByText('录音中')).toBeVisible()
  await camera.take(page, 'telephone-talking', bar)
  await page.keyboard.press('F6')
  const dial = page.getByRole('dialog', { name: '转接' })
  await expect(dial.getByText('坐席').first()).toBeVisible()
  await camera.take(page, 'telephone-transfer', { of: [page.getByRole('banner'), dial], margin: 0 })
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: /话后整理/ })).toBeVisible({ timeout: 180_000 })
  await camera.take(page, 'telephone-wrap-up', bar)
  await page.keyboard.press('Alt+8')
  await expect(page.getByRole('region', { name: '通话记录' })).toBeVisible()
  await camera.take(page, 'telephone-log')
}
