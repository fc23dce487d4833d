import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccountOf, fakePassword } from '../../../src-renderer/bridge/fake-data'
import { inputsOf, start } from './start'

const home = () => page.getByRole('region', { name: '首页' })
const lock = () => page.getByRole('dialog', { name: '坐席已锁定' })

test('Ctrl+L hides the work, says whose seat it is, and the password opens it again', async () => {
  const core = await start({ signedInAs: fakeAccountOf('shiftLead') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}l{/Control}')
  await expect.element(lock()).toMatchTextContent('沈玉梅（0102，值班长）')
  expect(document.querySelector('.frame')?.checkVisibility()).toBe(false)
  await userEvent.keyboard('wrong{Enter}')
  await expect.element(lock()).toMatchTextContent('还可再试 4 次')
  await userEvent.keyboard(`${fakePassword}{Enter}`)
  await expect.element(home()).toBeVisible()
  expect(inputsOf(core, 'session.unlock')).toHaveLength(2)
})

test('while locked no key of the frame works', async () => {
  const core = await start({ signedInAs: fakeAccountOf('shiftLead') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}l{/Control}')
  await expect.element(lock()).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}{Control>}j{/Control}{Alt>}5{/Alt}{F1}')
  expect(page.getByRole('dialog', { name: '命令行' }).query()).toBeNull()
  expect(page.getByRole('dialog', { name: '按键说明' }).query()).toBeNull()
  expect(inputsOf(core, 'settings.saveLayout')).toEqual([])
})

test('what was being typed is still there after the lock', async () => {
  await start({ signedInAs: fakeAccountOf('shiftLead') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}j{/Control}')
  const field = page.getByRole('complementary', { name: '记一条工作日志' }).getByRole('textbox')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('大屏第 3 格黑屏')
  await userEvent.keyboard('{Control>}l{/Control}')
  await expect.element(lock()).toBeVisible()
  await expect.element(page.getByLabelText('口令', { exact: true })).toHaveFocus()
  await userEvent.keyboard(`${fakePassword}{Enter}`)
  await expect.element(field).toHaveValue('大屏第 3 格黑屏')
  await expect.element(field).toHaveFocus()
})
