import { accounts, expect, type SeatFixture, signIn, test } from './fixtures'

test('what is typed is there after SIGKILL, up to the last second', async ({ seat }) => {
  await seat.signIn('intake')
  await seat.page().keyboard.press('Alt+5')
  const box = seat.page().getByRole('textbox', { name: '日志内容' })
  await box.fill('上午巡查两轮，第三台探头画面冻结')
  await expect(seat.page().getByRole('contentinfo')).toContainText('草稿已存')
  await seat.current().kill()
  await seat.restart()
  await seat.page().keyboard.press('Alt+5')
  await expect(seat.page().getByRole('textbox', { name: '日志内容' })).toHaveValue('上午巡查两轮，第三台探头画面冻结')
})

test('an entry written at one seat is painted at another without asking again', async ({ seat }) => {
  await seat.signIn('shiftLead')
  await seat.page().keyboard.press('Alt+5')
  const other = await seat.another('03')
  await signIn(other.page, accounts.intake, seat.central.password)
  await other.page.keyboard.press('Control+J')
  await other.page.getByRole('textbox', { name: '日志内容' }).fill('来访：市局检查组 3 人，10 时离开')
  await other.page.keyboard.press('Control+Enter')
  await expect(seat.page().getByText('来访：市局检查组 3 人，10 时离开')).toBeVisible()
  await test.step('text from outside stays text', () => hostileTextStaysText(seat))
})

async function hostileTextStaysText(seat: SeatFixture): Promise<void> {
  const hostile = '<img src=x onerror="document.title=1"> {{7*7}} =HYPERLINK("x") \u202etxt'
  await seat.page().getByRole('textbox', { name: '日志内容' }).fill(hostile)
  await seat.page().keyboard.press('Control+Enter')
  await expect(seat.page().getByText('<img src=x', { exact: false }).first()).toBeVisible()
  expect(await seat.page().title()).toContain('12319 坐席工作站')
  expect(await seat.page().locator('img[src="x"]').count()).toBe(0)
}
