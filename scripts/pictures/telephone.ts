import { expect } from '@playwright/test'
import { accounts, signIn } from '../../tests/e2e/fixtures'
import { command, type Stage } from './stage'

/** The pictures of the telephone at rest: a seat at the demonstration's exchange, before anybody calls. */
export async function telephone({ central, camera, seatWithTelephone }: Stage): Promise<void> {
  const { page } = await seatWithTelephone('03')
  await signIn(page, accounts.intake, central.password)
  await expect(page.getByRole('button', { name: '耳机 正常' })).toBeVisible({ timeout: 30_000 })
  const bar = { of: page.getByRole('banner'), margin: 0 }
  await camera.take(page, 'telephone-idle', bar)
  await command(page, '话机')
  await expect(page.getByRole('list', { name: '话机自检' })).toBeVisible()
  await camera.take(page, 'telephone-check', { of: [page.locator('.panel-head'), page.locator('.panel-sheet .ui-pane')] })
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^坐席状态/ }).click()
  await expect(page.getByRole('menuitem', { name: /小休/ })).toBeVisible()
  await camera.take(page, 'telephone-states', { of: [page.getByRole('banner'), page.getByRole('menu')], margin: 0 })
  await page.getByRole('menuitem', { name: '示闲', exact: true }).click()
  await expect(page.getByRole('button', { name: /坐席状态：(示闲|来电)/ })).toBeVisible()
}
