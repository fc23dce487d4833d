import { accounts, type DemoRole, expect, signOut, test } from './fixtures'

/**
 * Pictures for people to judge: the sign-in screen and every post's home, at the smallest and the usual screen, light and dark. They are kept in
 * `test-results/screens/<shell>/`; nothing is compared by machine.
 */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

test('pictures of sign-in and of every home', async ({ seat, shell }) => {
  test.setTimeout(240_000)
  const page = seat.page()
  await expect(page.getByLabel('账号')).toBeVisible()
  await expect(page.getByRole('contentinfo')).toContainText('中心已连接')
  const take = async (name: string) => {
    for (const size of sizes) {
      await page.setViewportSize(size)
      await page.evaluate(() => document.fonts.ready)
      await page.screenshot({ path: `test-results/screens/${shell}/${name}-${size.width}.png` })
    }
    await page.setViewportSize(sizes[0])
  }
  for (const theme of ['light', 'dark'] as const) {
    await chooseTheme(page, theme)
    await take(`sign-in-${theme}`)
    for (const role of Object.keys(accounts) as DemoRole[]) {
      await seat.signIn(role)
      await expect(page.getByRole('main')).toBeVisible()
      await take(`home-${role}-${theme}`)
      await signOut(page)
    }
  }
})

async function chooseTheme(page: import('@playwright/test').Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByRole('button', { name: '浅色或深色' }).click()
  await page.getByText(theme === 'dark' ? '深色（夜间）' : '浅色', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-scheme', theme)
  await expect(page.getByRole('menu')).toBeHidden()
}
