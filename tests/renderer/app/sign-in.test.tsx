import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccounts, fakePassword } from '../../../src-renderer/bridge/fake-data'
import { inputsOf, start } from './start'

const password = () => page.getByLabelText('口令', { exact: true })
const home = () => page.getByRole('region', { name: '首页' })

test('a known person signs in with the password and Enter alone', async () => {
  const core = await start({ suggestedAccountNo: '0102' })
  await expect.element(password()).toHaveFocus()
  await userEvent.keyboard(`${fakePassword}{Enter}`)
  await expect.element(home()).toBeVisible()
  expect(inputsOf(core, 'session.signIn')).toMatchObject([{ accountNo: '0102', password: fakePassword }])
  await expect.poll(() => document.title).toBe('12319 坐席工作站 · 首页')
})

test('somebody else types the account first, then Tab, and Ctrl+Enter submits', async () => {
  await start({ suggestedAccountNo: null })
  await expect.element(page.getByLabelText('账号')).toHaveFocus()
  await userEvent.keyboard(`0101{Tab}${fakePassword}{Control>}{Enter}{/Control}`)
  await expect.element(home()).toBeVisible()
})

test('a wrong password is said beside the field, empties only the password and keeps the cursor there', async () => {
  await start({ suggestedAccountNo: '0101' })
  await expect.element(password()).toHaveFocus()
  await userEvent.keyboard('wrong{Enter}')
  await expect.element(page.getByText('账号或口令不正确，还可再试 4 次。')).toBeVisible()
  await expect.element(password()).toHaveValue('')
  await expect.element(password()).toHaveFocus()
  await expect.element(page.getByLabelText('账号')).toHaveValue('0101')
})

test('an empty form goes to the first missing field and asks nothing', async () => {
  const core = await start({ suggestedAccountNo: null })
  await expect.element(page.getByLabelText('账号')).toHaveFocus()
  await userEvent.keyboard('{Tab}{Control>}{Enter}{/Control}')
  await expect.element(page.getByText('请填写账号。')).toBeVisible()
  await expect.element(page.getByLabelText('账号')).toHaveFocus()
  expect(inputsOf(core, 'session.signIn')).toEqual([])
})

test('without the centre the form says who can still sign in, and a refusal comes with its code', async () => {
  const core = await start({ suggestedAccountNo: '0101' })
  core.setOffline(true)
  await expect.element(page.getByText('近 7 天在本机签入过的账号仍可签入', { exact: false })).toBeVisible()
  core.failNext('session.signIn', 'auth/offlineUnknown')
  await userEvent.click(password())
  await userEvent.keyboard('anything{Enter}')
  await expect.element(page.getByText('auth/offlineUnknown')).toBeVisible()
})

test('a password that an administrator set must be changed before the home is shown', async () => {
  const core = await start({ suggestedAccountNo: '0202' })
  await expect.element(password()).toHaveFocus()
  await userEvent.keyboard(`${fakePassword}{Enter}`)
  await expect.element(page.getByLabelText('旧口令')).toHaveFocus()
  expect(await core.transport.invoke('topics.snapshot', { topic: 'dutyLog.changed' })).toMatchObject({
    error: { code: 'auth/passwordMustChange' },
  })
  await userEvent.keyboard(`${fakePassword}{Tab}song-hua-jiang{Tab}song-hua-jiang{Enter}`)
  await expect.element(home()).toBeVisible()
  expect(inputsOf(core, 'session.changePassword')).toHaveLength(1)
  expect(await core.transport.invoke('topics.snapshot', { topic: 'dutyLog.changed' })).toMatchObject({ ok: true })
})

test('the bar does not ask for a sign-in from somebody who only has to change the password', async () => {
  await start({ signedInAs: fakeAccounts.find(({ mustChangePassword }) => mustChangePassword) ?? null })
  await expect.element(page.getByText('改过口令后开始工作')).toBeVisible()
  expect(page.getByText('签入后开始工作').query()).toBeNull()
})

test('another window shows nothing of a pane before the password is changed', async () => {
  const core = await start({ signedInAs: fakeAccounts.find(({ mustChangePassword }) => mustChangePassword) ?? null }, 'dutyLog')
  await expect.element(page.getByText('请先在主窗口修改口令。', { exact: false })).toBeVisible()
  await core.transport.invoke('session.changePassword', { oldPassword: fakePassword, newPassword: 'song-hua-jiang' })
  await expect.element(page.getByText('白静', { exact: false }).first()).toBeVisible()
})
