import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccountOf } from '../../../src-renderer/bridge/fake-data'
import { start } from './start'

const sheet = () => page.getByRole('dialog', { name: '命令行' })
const home = () => page.getByRole('region', { name: '首页' })

test('pinyin initials find a subclass, Enter opens it in the reference pane', async () => {
  await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('combobox', { name: '命令' })).toHaveFocus()
  await userEvent.keyboard('bllj')
  await expect.element(sheet().getByRole('option', { name: /暴露垃圾/ })).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('region', { name: '标准与区划' })).toBeVisible()
  expect(sheet().query()).toBeNull()
})

test('codes, characters and full pinyin find entries too', async () => {
  await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  const field = page.getByRole('combobox', { name: '命令' })
  for (const [typed, found] of [
    ['230108002', '新疆街道'],
    ['环卫', '区环卫中心'],
    ['dongfengshequ', '东风社区'],
    ['sszt', '深色主题'],
  ] as const) {
    await field.fill(typed)
    await expect.element(sheet().getByRole('option', { name: new RegExp(found) })).toBeVisible()
  }
})

test('an action that cannot run now stays in the list with its reason and does nothing', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await page.getByRole('combobox', { name: '命令' }).fill('重试')
  const row = sheet().getByRole('option', { name: /重试连接中心/ })
  await expect.element(row).toHaveAttribute('aria-disabled', 'true')
  await userEvent.keyboard('{Enter}')
  await expect.element(sheet().getByRole('status')).toMatchTextContent('已连接，不需要重试')
  expect(core.calls.some((call) => call.command === 'connection.retry')).toBe(false)
})

test('a role sees only its own panes: an intake seat finds no administration', async () => {
  await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await page.getByRole('combobox', { name: '命令' }).fill('管理')
  await expect.element(sheet().getByRole('option', { name: /区市政管理处/ })).toBeVisible()
  expect(sheet().getByRole('option', { name: /窗格/ }).query()).toBeNull()
})

test('Esc puts the command line away and the focus is where it was', async () => {
  await start({ signedInAs: fakeAccountOf('shiftLead') })
  await expect.element(home()).toBeVisible()
  const people = page.getByRole('button', { name: '按键说明' })
  ;(people.element() as HTMLElement).focus()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('combobox', { name: '命令' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(people).toHaveFocus()
})
