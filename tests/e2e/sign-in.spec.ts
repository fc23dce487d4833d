import { accounts, type DemoRole, expect, signIn, signOut, test } from './fixtures'

test('every post signs in to a home of its own', async ({ seat }) => {
  test.setTimeout(180_000)
  for (const role of Object.keys(accounts) as DemoRole[]) {
    await seat.signIn(role)
    // Between shifts (at night) the status bar says so instead.
    await expect(seat.page().getByRole('contentinfo')).toContainText(/距交接|不在班次内/)
    await expect(seat.page().getByRole('main')).toBeVisible()
    await signOut(seat.page())
  }
})

test('a wrong password is said in words, the fifth locks the account, and the account stays in the field', async ({ seat }) => {
  const page = seat.page()
  await page.getByLabel('账号').fill(accounts.intake)
  for (let attempt = 1; attempt <= 4; attempt++) {
    await page.getByLabel('口令', { exact: true }).fill('wrong-password')
    await page.keyboard.press('Enter')
    await expect(page.getByText(`还可再试 ${5 - attempt} 次`)).toBeVisible()
  }
  await page.getByLabel('口令', { exact: true }).fill('wrong-password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('账号已锁定')).toBeVisible()
  await page.getByLabel('口令', { exact: true }).fill(seat.central.password)
  await page.keyboard.press('Enter')
  await expect(page.getByText('账号已锁定')).toBeVisible()
  await expect(page.getByLabel('账号')).toHaveValue(accounts.intake)
  await expect(page.getByLabel('口令', { exact: true })).toHaveValue('')
})

test('a locked seat hides the work, survives a restart locked, and opens by password', async ({ seat }) => {
  await seat.signIn('intake')
  await seat.page().keyboard.press('Control+L')
  await expect(seat.page().getByRole('dialog', { name: '坐席已锁定' })).toBeVisible()
  await seat.restart()
  const page = seat.page()
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeVisible()
  const covered = await page.evaluate(() => [200, 700].every((x) => document.elementFromPoint(x, 200)?.closest('[role=dialog]') !== null))
  expect(covered).toBe(true)
  await page.getByLabel('口令', { exact: true }).fill('wrong-password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('还可再试 4 次')).toBeVisible()
  await page.getByLabel('口令', { exact: true }).fill(seat.central.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('contentinfo')).toContainText('本班')
  await expect(page.getByRole('dialog', { name: '坐席已锁定' })).toBeHidden()
})

test('a colleague at another seat is told while the first person works', async ({ seat }) => {
  await seat.signIn('shiftLead')
  const other = await seat.another('03')
  await signIn(other.page, accounts.intake, seat.central.password)
  // The shift lead's home lists who is on duty; the newcomer appears by an event, without asking again.
  await expect(seat.page().getByRole('main').getByText('03', { exact: true }).first()).toBeVisible()
  await expect(other.page.getByRole('main').getByText('02', { exact: true }).first()).toBeVisible()
})
