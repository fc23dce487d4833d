import { expect, test } from './fixtures'

test('the command line finds a subclass by pinyin initials and opens it', async ({ seat }) => {
  await seat.signIn('intake')
  const page = seat.page()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('bllj')
  await expect(page.getByRole('option').filter({ hasText: '暴露垃圾' }).first()).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '标准与区划' })).toBeVisible()
  await expect(page.getByText('暴露垃圾').first()).toBeVisible()
  // The arrows go on from what was found, also when the pane was there already.
  await expect(page.getByRole('grid', { name: 'GB/T 47678.5-2026' })).toBeFocused()
  await page.keyboard.press('Control+K')
  await page.keyboard.type('gongshuijinggai')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid', { name: 'GB/T 47678.5-2026' })).toBeFocused()
})

test('a pane beside another is remembered for the post after a restart', async ({ seat }) => {
  await seat.signIn('shiftLead')
  await seat.page().keyboard.press('Alt+5')
  await seat.page().keyboard.press('Control+\\')
  await expect(seat.page().getByRole('separator')).toBeVisible()
  await seat.restart()
  await expect(seat.page().getByRole('separator')).toBeVisible()
  await expect(seat.page().getByRole('textbox', { name: '日志内容' })).toBeVisible()
})

test('a pane pops out into a window of its own and lives on the same core', async ({ seat }) => {
  await seat.signIn('intake')
  await seat.page().keyboard.press('Alt+5')
  const opening = seat.current().nextWindow()
  await seat.page().getByRole('button', { name: '「工作日志」窗格菜单' }).click()
  await seat.page().getByText('放到单独的窗口').click()
  const popped = await opening
  await expect(popped.getByRole('textbox', { name: '日志内容' })).toBeVisible()
  await popped.getByRole('textbox', { name: '日志内容' }).fill('在第二块屏上写')
  await popped.keyboard.press('Control+Enter')
  await expect(seat.page().getByText('在第二块屏上写').first()).toBeVisible()
})

test('F1 lists the keys, Esc closes it and the focus goes back', async ({ seat }) => {
  await seat.signIn('intake')
  const page = seat.page()
  await page.keyboard.press('Alt+5')
  const box = page.getByRole('textbox', { name: '日志内容' })
  await box.fill('写到一半')
  await page.keyboard.press('F1')
  await expect(page.getByText('记一条工作日志').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(box).toBeFocused()
  await expect(box).toHaveValue('写到一半')
})

test('the theme is kept by the core, also for the sign-in screen of the next start', async ({ seat }) => {
  await seat.signIn('intake')
  await seat.page().getByRole('button', { name: '浅色或深色' }).click()
  await seat.page().getByText('深色（夜间）').click()
  await expect(seat.page().locator('html')).toHaveAttribute('data-scheme', 'dark')
  await seat.restart()
  await expect(seat.page().locator('html')).toHaveAttribute('data-scheme', 'dark')
})

test('the window fits 1366×768 without scroll bars on the frame', async ({ seat }) => {
  await seat.signIn('shiftLead')
  const overflow = await seat.page().evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement
    return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight }
  })
  expect(overflow).toEqual({ x: 0, y: 0 })
})
