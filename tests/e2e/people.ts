import type { Page } from '@playwright/test'
import { telephonePhoto } from '../fixtures/photos'
import { expect, type SeatFixture, signIn } from './fixtures'

/** What people at workstations do with cases, by the keys they use. Each function says nothing to the centre itself: it only presses and reads. */

/** Somebody takes a seat of their own and signs in. */
export async function sitDown(seat: SeatFixture, accountNo: string, seatNo: string): Promise<Page> {
  const { page } = await seat.another(seatNo)
  await signInPatiently(page, accountNo, seat.central.password)
  return page
}

/** A centre that a busy machine keeps from answering within its seconds is asked again, as a person does. */
export async function signInPatiently(page: Page, accountNo: string, password: string): Promise<void> {
  await expect(async () => {
    if (await page.getByLabel('口令', { exact: true }).isVisible()) await signIn(page, accountNo, password)
    await expect(page.getByRole('contentinfo')).toContainText('本班')
  }).toPass({ timeout: 180_000 })
}

export const caseBar = (page: Page) => page.locator('.case-bar')
export const words = (page: Page) => page.locator('#case-words')
export const formOf = (page: Page, title: string) => page.getByRole('region', { name: `${title}：还要填的` })
/** The button of an action; a ready phrase may have the same name. */
export const act = (page: Page, title: string) =>
  page
    .locator('.case-bar-actions')
    .getByRole('button', { name: new RegExp(`^${title}`) })
    .first()

/** Back to the worklists, whatever is open: Esc leaves the words, then the form, then the case. */
export async function toWorklists(page: Page): Promise<void> {
  await page.keyboard.press('Alt+2')
  await expect(async () => {
    if (await caseBar(page).isVisible()) await page.keyboard.press('Escape')
    await expect(caseBar(page)).toBeHidden({ timeout: 300 })
  }).toPass()
}

/** Goes to a worklist with `]`, finds the case by its place with `/`, and opens it with Enter. */
export async function openCase(page: Page, queue: string, { caseNo, address }: { readonly caseNo: string; readonly address: string }) {
  await toWorklists(page)
  const tab = page.getByRole('tab', { name: new RegExp(`^${queue}`) })
  await expect(tab).toBeVisible()
  await expect(page.locator('.cases-table [role="grid"]')).toBeFocused()
  await expect(async () => {
    if ((await tab.getAttribute('aria-selected')) !== 'true') await page.keyboard.press(']')
    await expect(tab).toHaveAttribute('aria-selected', 'true', { timeout: 100 })
  }).toPass()
  await page.keyboard.press('/')
  await page.keyboard.press('Control+A')
  await page.keyboard.type(address)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row').filter({ hasText: caseNo.slice(-4) })).toHaveCount(1)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page.locator('.case-head').getByText(caseNo)).toBeVisible()
  await expect(caseBar(page)).toBeVisible()
}

/** Presses the key of an action that can be done now. */
export async function pressFor(page: Page, title: string, key: string): Promise<void> {
  await expect(act(page, title)).not.toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press(key)
}

/** An action of the menu behind Ctrl+0, found by its name; a button without a key is reached the same way by its name. */
export async function choose(page: Page, title: string): Promise<void> {
  await expect(caseBar(page).getByRole('button').first()).toBeVisible()
  if (await act(page, title).isVisible()) {
    await expect(act(page, title)).not.toHaveAttribute('aria-disabled', 'true')
    await act(page, title).focus()
    return page.keyboard.press('Enter')
  }
  await page.keyboard.press('Control+0')
  const item = page.getByRole('menuitem', { name: new RegExp(`^${title}`) })
  await expect(item).toBeVisible()
  await item.focus()
  await page.keyboard.press('Enter')
}

/** Writes in the one place for words and goes on from there. */
export async function say(page: Page, text: string): Promise<void> {
  await words(page).focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

/** Chooses in an open list by typing a part of what it shows. */
export async function pick(page: Page, label: string, typed: string, shown: string | RegExp): Promise<void> {
  const field = page.getByRole('combobox', { name: label })
  await field.focus()
  await page.keyboard.insertText(typed)
  await expect(page.locator('.ant-select-item-option-active').filter({ hasText: shown })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** 处置完毕 with a photo; the case is open at the department. */
export async function handle(department: Page, opinion: string): Promise<void> {
  await pressFor(department, '处置完毕', 'F9')
  const form = formOf(department, '处置完毕')
  await expect(form).toBeVisible()
  await form
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '处置后.jpg', mimeType: 'image/jpeg', buffer: await telephonePhoto() })
  await expect(form.getByText('✓ 已存')).toBeVisible()
  await say(department, opinion)
  await department.keyboard.press('F9')
}
