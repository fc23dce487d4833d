import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccountOf } from '../../../../src-renderer/bridge/fake-data'
import type { FakeCore } from '../../../../src-renderer/bridge/fake-transport'
import { inputsOf, start } from '../../app/start'
// Fetched before the first test's time runs, not within it.
import '../../../../src-renderer/app/frame/signed-in'

const home = () => page.getByRole('region', { name: '首页' })

async function atSeat(paneId?: string): Promise<FakeCore> {
  const core = await start({ signedInAs: fakeAccountOf('intake') }, paneId)
  await expect.poll(() => document.querySelector('.pane-frame'), { timeout: 15_000 }).not.toBeNull()
  return core
}

const callsOf = (core: FakeCore) => core.state('telephone.changed').calls
const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('F2 answers what rings, F3 mutes and F4 holds it, also while somebody types', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}j{/Control}')
  const field = page.getByRole('complementary', { name: '记一条工作日志' }).getByRole('textbox')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('井盖')
  const { callId } = core.ring({ number: '+8613800138000' })
  await userEvent.keyboard('{F2}')
  await expect.poll(() => callsOf(core)[0]?.phase).toBe('talking')
  await userEvent.keyboard('{F3}')
  await expect.poll(() => callsOf(core)[0]?.isMuted).toBe(true)
  await userEvent.keyboard('{F3}{F4}')
  await expect.poll(() => callsOf(core)[0]).toMatchObject({ isMuted: false, held: 'local' })
  await userEvent.keyboard('{F4}')
  await expect.poll(() => callsOf(core)[0]?.held).toBe('none')
  await expect.element(field).toHaveValue('井盖')
  expect(inputsOf(core, 'telephone.answer')).toEqual([{ callId }])
})

test('a key of the telephone is answered although an input method has a word half typed', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  core.ring()
  // As Chromium reports a function key while pinyin is being composed.
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Process', code: 'F2', isComposing: true, cancelable: true }))
  await expect.poll(() => callsOf(core)[0]?.phase).toBe('talking')
})

test('F12 hangs up on a citizen only when held for one second', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  core.ring()
  await userEvent.keyboard('{F2}')
  await expect.poll(() => callsOf(core)[0]?.phase).toBe('talking')
  await userEvent.keyboard('{F12}')
  await expect.element(page.getByText('按住挂机键一秒', { exact: false })).toBeVisible()
  expect(inputsOf(core, 'telephone.hangUp')).toEqual([])

  const pressedAt = performance.now()
  await userEvent.keyboard('{F12>}')
  await expect.poll(() => inputsOf(core, 'telephone.hangUp').length).toBe(1)
  expect(performance.now() - pressedAt).toBeGreaterThanOrEqual(1000)
  await userEvent.keyboard('{/F12}')
  const [input] = inputsOf(core, 'telephone.hangUp') as { pressedMs: number }[]
  expect(input?.pressedMs).toBeGreaterThanOrEqual(1000)
  expect(callsOf(core)).toEqual([])
})

test('a press is cut off when the window loses the keyboard: its end would never be seen', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  core.ring()
  await userEvent.keyboard('{F2}')
  await expect.poll(() => callsOf(core)[0]?.phase).toBe('talking')
  await userEvent.keyboard('{F12>}')
  window.dispatchEvent(new Event('blur'))
  await after(1300)
  await userEvent.keyboard('{/F12}')
  expect(inputsOf(core, 'telephone.hangUp')).toEqual([])
})

test('a call that was dialled is given up by a short press', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  core.dialOut({ number: '110' })
  await userEvent.keyboard('{F12}')
  await expect.poll(() => inputsOf(core, 'telephone.hangUp')).toMatchObject([{ pressedMs: 0 }])
})

test('keys that cannot act say why and ask nothing', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{F2}')
  await expect.element(page.getByText('没有来电在振铃。')).toBeVisible()
  await userEvent.keyboard('{F7}')
  await expect.element(page.getByText('需要两路都接通。')).toBeVisible()
  expect(core.calls.filter(({ command }) => command.startsWith('telephone.'))).toEqual([])
})

test('what the core refuses is said in its own sentence', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  core.ring()
  core.failNext('telephone.answer', 'call/ended')
  await userEvent.keyboard('{F2}')
  await expect.element(page.getByText('这通电话已经结束，没有执行。')).toBeVisible()
})

test('F8 shows ready, and F2 answers in a window that was popped out', async () => {
  const core = await atSeat('dutyLog')
  await userEvent.keyboard('{F8}')
  await expect.poll(() => core.state('telephone.changed').agent.phase).toBe('ready')
  core.ring()
  await userEvent.keyboard('{F2}')
  await expect.poll(() => callsOf(core)[0]?.phase).toBe('talking')
})

test('while the seat is locked no key of the telephone works', async () => {
  const core = await atSeat()
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Control>}l{/Control}')
  await expect.element(page.getByRole('dialog', { name: '坐席已锁定' })).toBeVisible()
  core.ring()
  await userEvent.keyboard('{F2}{F8}')
  expect(core.calls.filter(({ command }) => command.startsWith('telephone.') || command.startsWith('agent.'))).toEqual([])
})

test('F1 lists the keys of the telephone', async () => {
  await atSeat()
  await userEvent.keyboard('{F1}')
  await expect.element(page.getByRole('region', { name: '电话' })).toMatchTextContent(/F2\s*应答.*F12\s*挂机：来电人还在线时按住一秒/)
})
