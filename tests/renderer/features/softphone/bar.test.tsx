import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { TelephoneCallView, TelephoneView } from '#shared/contracts/seat-api/telephone-views'
import { fakeAccountOf } from '../../../../src-renderer/bridge/fake-data'
import type { FakeCore } from '../../../../src-renderer/bridge/fake-transport'
import { inputsOf, start } from '../../app/start'
// Fetched before the first test's time runs, not within it.
import '../../../../src-renderer/app/frame/signed-in'

const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? ''
const focus = () => textOf('.call-focus')
const other = () => textOf('.call-other')
const key = (id: string) => document.querySelector<HTMLElement>(`.phone-key[data-key="${id}"]`)
const places = () => [...document.querySelectorAll('.phone-key')].map((each) => Math.round(each.getBoundingClientRect().left))
const view = (core: FakeCore) => core.state('telephone.changed')
const change = (core: FakeCore, given: Partial<TelephoneView>) => core.publish('telephone.changed', { ...view(core), ...given })
function changeCall(core: FakeCore, callId: string, given: Partial<TelephoneCallView>): void {
  change(core, { calls: view(core).calls.map((call) => (call.callId === callId ? { ...call, ...given } : call)) })
}

async function atSeat(given: Partial<TelephoneView> = {}, paneId?: string): Promise<FakeCore> {
  const core = await start({ signedInAs: fakeAccountOf('intake') }, paneId)
  await expect.poll(() => document.querySelector('.pane-frame'), { timeout: 15_000 }).not.toBeNull()
  change(core, given)
  return core
}

async function inCall(given: Partial<TelephoneCallView> = {}): Promise<readonly [FakeCore, TelephoneCallView]> {
  const core = await atSeat()
  const call = core.ring(given)
  await userEvent.keyboard('{F2}')
  await expect.poll(() => view(core).calls[0]?.phase).toBe('talking')
  return [core, call]
}

test('a seat without a line is calm: no keys, the command box as ever, and the lamp says so', async () => {
  await atSeat({ line: 'unconfigured', registration: null })
  await expect.poll(() => textOf('.top-bar')).toMatch(/未配置电话/)
  expect(textOf('.command-box')).toContain('窗格、动作')
  expect(document.querySelector('.key-row')).toBeNull()
})

test('keys stay in their places through a whole call, and what cannot act says why', async () => {
  const core = await atSeat()
  await expect.poll(() => places().length).toBe(9)
  expect(key('answer')?.getAttribute('aria-disabled')).toBe('true')
  expect(document.getElementById(key('answer')?.getAttribute('aria-describedby') ?? '')?.textContent).toBe('没有来电在振铃')
  const before = places()
  const call = core.ring()
  await expect.poll(() => document.querySelector('.ringing-bar')).not.toBeNull()
  expect(places()).toEqual(before)
  await userEvent.keyboard('{F2}')
  await expect.poll(focus).toMatch(/通话/)
  expect(places()).toEqual(before)
  const second = core.dialOut({ number: '1003', purpose: 'consult', phase: 'talking', answeredAt: Date.now() })
  await expect.poll(() => key('transfer')?.textContent).toContain('完成转接')
  expect(places()).toEqual(before)
  core.endCall(second.callId)
  core.endCall(call.callId)
  await expect.element(page.getByRole('button', { name: '完成' })).toBeVisible()
  expect(places()).toEqual(before)
})

test('ringing is solid and tall, over dialogs too, moves no row of the work, and the title says who', async () => {
  const core = await atSeat()
  const top = () => document.querySelector('.middle')?.getBoundingClientRect().top
  const before = top()
  await userEvent.keyboard('{F1}')
  await expect.element(page.getByRole('dialog', { name: '按键说明' })).toBeVisible()
  core.ring({ number: '+8613800138000', answersItselfAt: Date.now() + 5000 })
  await expect.poll(() => document.querySelector('.ringing-bar')?.getBoundingClientRect().height).toBe(72)
  expect(document.elementFromPoint(600, 36)?.closest('.ringing-bar')).not.toBeNull()
  expect(top()).toBe(before)
  expect(textOf('.ringing-bar')).toMatch(/138 0013 8000.*/)
  expect(textOf('.ringing-bar')).toMatch(/秒后自动应答/)
  await expect.poll(() => document.title).toContain('来电 138 0013 8000')
  await userEvent.click(page.getByRole('button', { name: '拒接' }))
  await expect.poll(() => inputsOf(core, 'telephone.reject').length).toBe(1)
  await expect.poll(() => document.querySelector('.ringing-bar')).toBeNull()
  await expect.poll(() => document.title).not.toContain('来电')
})

test('a popped-out window rings too, and beside a conversation calmly; locked, it does not say who', async () => {
  const core = await atSeat({}, 'dutyLog')
  const call = core.ring({ number: '+8613800138000' })
  await expect.poll(() => textOf('.ringing-bar')).toMatch(/138 0013 8000/)
  await expect.poll(() => document.title).toContain('来电 138 0013 8000')
  await userEvent.keyboard('{F2}')
  await expect.poll(() => view(core).calls[0]?.phase).toBe('talking')
  expect(document.querySelector('.ringing-bar')).toBeNull()
  core.ring({ number: '+8645186520110' })
  await expect.poll(() => textOf('.ringing-calm')).toMatch(/第二路来电.*0451-8652 0110/)
  core.publish('session.changed', { ...core.state('session.changed'), state: 'locked', lockedAt: Date.now() })
  await expect.poll(() => document.title).toContain('已锁定')
  expect(view(core).calls[0]?.callId).toBe(call.callId)
})

test('a second call rings calmly beside the conversation, and the lines change places', async () => {
  const [core] = await inCall({ number: '+8613800138000' })
  core.ring({ number: '+8645186520110' })
  await expect.poll(other).toMatch(/0451-8652 0110.*来电，F2 应答 00:0\d/)
  expect(key('transfer')?.getAttribute('aria-disabled')).toBe('true')
  expect(document.querySelector('.ringing-bar')).toBeNull()
  await userEvent.keyboard('{F2}')
  await expect.poll(focus).toMatch(/0451-8652 0110/)
  await expect.poll(other).toMatch(/138 0013 8000.*保持中 00:0\d/)
  await userEvent.keyboard('{Shift>}{F4}{/Shift}')
  await expect.poll(focus).toMatch(/138 0013 8000/)
  await userEvent.keyboard('{F7}')
  await expect.poll(focus).toMatch(/三方会议/)
})

test('a hostile display name is shown as short, inert text', async () => {
  const displayName = `\u202e<img src=x onerror="window.hacked=1">\u0000${'长'.repeat(1_000_000)}`
  await inCall({ displayName })
  const [name] = document.querySelectorAll('.call-focus bdi')
  expect(name?.textContent).toMatch(/^<img src=x/)
  expect(name?.textContent?.length).toBeLessThan(40)
  expect(name?.textContent).not.toMatch(/\p{Cf}|\p{Cc}/u)
  expect(document.querySelector('.call-focus img')).toBeNull()
  expect(Reflect.get(window, 'hacked')).toBeUndefined()
  expect(document.querySelector('.top-bar')?.getBoundingClientRect().height).toBe(48)
})

test('a withheld number says so', async () => {
  const [core, call] = await inCall()
  changeCall(core, call.callId, { number: null, isWithheld: true })
  await expect.poll(focus).toMatch(/号码未送/)
})

test('hanging up with the mouse takes one second, a reason takes none', async () => {
  const [core] = await inCall()
  const button = key('hangUp')
  const press = (type: string) => button?.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1 }))
  press('pointerdown')
  await expect.poll(() => button?.getAttribute('data-held')).toBe('true')
  expect(button?.textContent).toContain('按住…')
  press('pointerup')
  await expect.element(page.getByText('按住挂机键一秒', { exact: false })).toBeVisible()
  expect(inputsOf(core, 'telephone.hangUp')).toEqual([])
  await userEvent.click(page.getByRole('button', { name: '挂机原因' }))
  await userEvent.click(page.getByRole('menuitem', { name: '无声来电' }))
  await expect.poll(() => inputsOf(core, 'telephone.hangUp')).toMatchObject([{ pressedMs: 0, reason: '无声来电' }])
  expect(view(core).calls).toEqual([])
})

test('the wrap-up is extended and ends with a note; the draft goes with it', async () => {
  const [core, call] = await inCall()
  core.endCall(call.callId)
  await userEvent.click(page.getByRole('button', { name: '延长' }))
  await expect.poll(() => inputsOf(core, 'agent.extendWrapUp').length).toBe(1)
  await userEvent.click(page.getByLabelText('小结备注'))
  await userEvent.keyboard('井盖已登记')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf(core, 'agent.finishWrapUp')).toEqual([{ code: null, note: '井盖已登记' }])
  await expect.poll(() => inputsOf(core, 'drafts.discard')).toEqual([{ key: `callLog/${call.callId}` }])
})

test('what was written of a call waits in the call log when the time runs out first', async () => {
  const [core, call] = await inCall()
  core.endCall(call.callId)
  await userEvent.click(page.getByLabelText('小结备注'))
  await userEvent.keyboard('写到一半')
  change(core, { agent: { ...view(core).agent, phase: 'ready', callId: null, wrapUpEndsAt: null } })
  await expect
    .poll(() => inputsOf(core, 'drafts.save').at(-1))
    .toEqual({ key: `callLog/${call.callId}`, body: JSON.stringify({ code: null, note: '写到一半' }) })
  expect(inputsOf(core, 'drafts.discard')).toEqual([])
})

test('the recording pauses only with a reason, and goes on with one press', async () => {
  const [core, call] = await inCall()
  await userEvent.click(page.getByRole('button', { name: /录音中/ }))
  await userEvent.click(page.getByRole('menuitem', { name: /报身份证号/ }))
  await expect.poll(() => inputsOf(core, 'telephone.pauseRecording')).toEqual([{ callId: call.callId, reason: '报身份证号' }])
  await userEvent.click(page.getByRole('button', { name: /继续录音/ }))
  await expect.poll(() => view(core).calls[0]?.recording).toBe('on')
})

test('who listens and a bad line are said beside the call', async () => {
  const [core, call] = await inCall()
  change(core, { listeners: [{ accountNo: '0102', name: '沈玉梅', mode: 'whisper', since: Date.now() }] })
  core.publish('callQuality.changed', {
    calls: [{ callId: call.callId, mos: 3, lossRatio: 0.05, jitterMs: 5, roundTripMs: 20, warnings: ['loss'] }],
  })
  await expect.poll(focus).toMatch(/丢包：声音断续，请对方慢些说/)
  expect(focus()).toMatch(/沈玉梅\s密语中/)
})

test('F8 chooses the reason; a fault says what is broken and how to mend it', async () => {
  const core = await atSeat()
  await userEvent.keyboard('{F8}')
  await expect.poll(() => view(core).agent.phase).toBe('ready')
  await userEvent.keyboard('{F8}')
  await userEvent.click(page.getByRole('menuitem', { name: '示忙·用餐' }))
  await expect.poll(() => view(core).agent).toMatchObject({ phase: 'notReady', wish: { reason: 'meal' } })
  change(core, { agent: { ...view(core).agent, wish: { phase: 'ready' }, forced: { by: 'fault', faults: ['noHeadset'] } } })
  await expect.poll(() => textOf('.agent-block')).toMatch(/示忙.*没有耳机/)
  await userEvent.click(page.getByRole('button', { name: /坐席状态/ }))
  await expect.element(page.getByText('请插好耳机；插好后会自动恢复示闲。')).toBeVisible()
})

test('F5 finds a seat by initials and dials it with Enter; what is pasted is a number however it is written', async () => {
  const core = await atSeat()
  await userEvent.keyboard('{F5}')
  const field = page.getByLabelText('号码或姓名')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('lsl')
  await expect.element(page.getByRole('button', { name: /李受理/ })).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf(core, 'telephone.dial')).toEqual([{ number: '1003' }])
  await userEvent.keyboard('{F12}')
  await expect.poll(() => view(core).calls).toEqual([])
  await userEvent.keyboard('{F5}')
  await field.fill('（0451）８６５２-0110 ')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => inputsOf(core, 'telephone.dial').at(-1)).toEqual({ number: '045186520110' })
})

test('during a call F5 sends digits from the keyboard, and the box goes with the call', async () => {
  const [core, { callId }] = await inCall()
  await userEvent.keyboard('{F5}')
  await expect.element(page.getByRole('dialog', { name: '通话按键' })).toBeVisible()
  await userEvent.keyboard('1#')
  await expect.poll(() => inputsOf(core, 'telephone.sendDigits').length).toBe(2)
  expect(inputsOf(core, 'telephone.sendDigits')).toEqual([
    { callId, digits: '1' },
    { callId, digits: '#' },
  ])
  core.endCall(callId)
  await expect.poll(() => page.getByRole('dialog', { name: '通话按键' }).query()).toBeNull()
})

test('F6 consults first with the case, and completes the transfer when both talk', async () => {
  const [core] = await inCall({ caseNo: '20261128-0041' })
  await userEvent.keyboard('{F6}')
  await expect.element(page.getByLabelText('号码或姓名')).toHaveFocus()
  await userEvent.keyboard('1003{Enter}')
  await expect.poll(() => inputsOf(core, 'telephone.dial')).toEqual([{ number: '1003', purpose: 'consult', caseNo: '20261128-0041' }])
  const second = view(core).calls[1]
  if (second) changeCall(core, second.callId, { phase: 'talking', answeredAt: Date.now() })
  await expect.poll(() => key('transfer')?.textContent).toContain('完成转接')
  await userEvent.keyboard('{F6}')
  await expect.poll(() => inputsOf(core, 'telephone.completeTransfer').length).toBe(1)
})

test('Ctrl+Enter transfers blind and carries the case', async () => {
  const [core, call] = await inCall({ caseNo: '20261128-0041' })
  await userEvent.keyboard('{F6}')
  await expect.element(page.getByLabelText('号码或姓名')).toHaveFocus()
  await userEvent.keyboard('1003{Control>}{Enter}{/Control}')
  await expect
    .poll(() => inputsOf(core, 'telephone.transferBlind'))
    .toEqual([{ callId: call.callId, target: '1003', caseNo: '20261128-0041' }])
  await expect.poll(focus).toMatch(/转接中，到 1003/)
})

test('a refused transfer says the core’s sentence and keeps the number', async () => {
  const [core] = await inCall()
  core.failNext('telephone.transferBlind', 'phone/badTarget', { target: '99' })
  await userEvent.keyboard('{F6}')
  await expect.element(page.getByLabelText('号码或姓名')).toHaveFocus()
  await userEvent.keyboard('99{Control>}{Enter}{/Control}')
  await expect.element(page.getByText('号码“99”不能拨打，请检查后再拨。')).toBeVisible()
  await expect.element(page.getByLabelText('号码或姓名')).toHaveValue('99')
})

test('Esc puts the dial box away and gives the keyboard back to the field that was being written', async () => {
  await atSeat()
  await userEvent.keyboard('{Control>}j{/Control}')
  const field = page.getByRole('complementary', { name: '记一条工作日志' }).getByRole('textbox')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('井盖{F5}')
  await expect.element(page.getByLabelText('号码或姓名')).toHaveFocus()
  await userEvent.keyboard('1003{Escape}')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('缺失')
  await expect.element(field).toHaveValue('井盖缺失')
})

test('on the smallest screen nothing of the bar lies over anything else', async () => {
  const [core, first] = await inCall({ displayName: '孙女士', caseNo: '20261128-0041' })
  const overlaps = () => {
    const cells = [...(document.querySelector('.top-bar')?.children ?? [])].map((cell) => cell.getBoundingClientRect())
    const inside = [...document.querySelectorAll('.wrap-up > *, .call-block > *')]
      .filter((each) => each.getBoundingClientRect().right > (each.parentElement?.getBoundingClientRect().right ?? 0) + 1)
      .map((each) => each.className)
    const between = cells.filter((cell, at) => at > 0 && cell.left < (cells[at - 1]?.right ?? 0) - 1)
    return [...inside, ...between.map(({ left }) => left)]
  }
  expect(overlaps()).toEqual([])
  const second = core.dialOut({ number: '+8645186520110', phase: 'talking', answeredAt: Date.now() })
  await expect.poll(other).toMatch(/保持中/)
  expect(overlaps()).toEqual([])
  change(core, { listeners: [{ accountNo: '0102', name: '沈玉梅', mode: 'listen', since: Date.now() }] })
  const measured = { mos: 3, lossRatio: 0.05, jitterMs: 5, roundTripMs: 20, warnings: ['loss' as const] }
  core.publish('callQuality.changed', { calls: [{ callId: second.callId, ...measured }] })
  await expect.poll(focus).toMatch(/丢包/)
  const edge = document.querySelector('.call-focus')?.getBoundingClientRect().right ?? 0
  for (const mark of ['.call-tag', '.call-warning']) {
    expect(document.querySelector(`.call-focus ${mark}`)?.getBoundingClientRect().right).toBeLessThanOrEqual(edge)
  }
  core.endCall(second.callId)
  core.endCall(first.callId)
  await expect.element(page.getByRole('button', { name: '完成' })).toBeVisible()
  expect(overlaps()).toEqual([])
})

test('a seat sees who takes part in its call, how many wait, and that its hand is up', async () => {
  const [core] = await inCall()
  change(core, { listeners: [{ accountNo: '0102', name: '沈玉梅', mode: 'whisper', since: Date.now() }] })
  await expect.poll(() => textOf('.listener-tag')).toMatch(/沈玉梅\s密语中/)
  const at = Date.now()
  core.publish('queue.changed', { state: 'known', waiting: 3, longestSince: at - 80_000, free: 1, readAt: at })
  await expect.poll(() => textOf('.queue-line')).toMatch(/排队 3·1:2\d/)
  expect(document.querySelector('.queue-line')?.hasAttribute('data-late')).toBe(true)
  // Read a minute ago: no longer the truth.
  core.publish('queue.changed', { state: 'known', waiting: 3, longestSince: at - 80_000, free: 1, readAt: at - 60_000 })
  await expect.poll(() => document.querySelector('.queue-line')?.hasAttribute('data-stale')).toBe(true)
  core.publish('queue.changed', { state: 'none', waiting: 0, longestSince: null, free: 0, readAt: at })
  await expect.poll(() => document.querySelector('.queue-line')).toBeNull()

  await userEvent.keyboard('{Shift>}{F8}{/Shift}')
  await userEvent.click(page.getByRole('menuitem', { name: '来电人情绪激动' }))
  expect(inputsOf(core, 'agent.raiseHand')).toEqual([{ reason: '来电人情绪激动' }])
  await expect.poll(() => textOf('.agent-block')).toMatch(/举手中/)
  await userEvent.keyboard('{Shift>}{F8}{/Shift}')
  await expect.poll(() => view(core).hand).toBeNull()
})

test('a lead in a colleague’s call changes the part by one press', async () => {
  const core = await atSeat()
  const supervision = { mode: 'listen', accountNo: '0201', name: '王芳', seatNo: '02' } as const
  core.dialOut({ number: '8002', purpose: 'supervision', phase: 'talking', answeredAt: Date.now(), isMuted: true, supervision })
  await expect.poll(focus).toMatch(/02 王芳在同事的通话中/)
  const parts = page.getByRole('toolbar', { name: '在 王芳 的通话中' })
  await expect.element(parts.getByRole('button', { name: '监听' })).toHaveAttribute('aria-pressed', 'true')
  await userEvent.click(parts.getByRole('button', { name: '密语' }))
  expect(inputsOf(core, 'telephone.supervise')).toEqual([{ accountNo: '0201', mode: 'whisper' }])
})

test('where the centre wants it, a wrap-up ends only with its code', async () => {
  const [core, call] = await inCall()
  core.endCall(call.callId)
  await expect.element(page.getByRole('button', { name: '完成' })).toBeVisible()
  change(core, { agent: { ...view(core).agent, isCodeDue: true } })
  await expect.poll(() => textOf('.agent-block')).toMatch(/选小结后结束/)
  await expect.element(page.getByRole('button', { name: '完成' })).toHaveAttribute('aria-disabled', 'true')
  await userEvent.click(page.getByRole('combobox', { name: '通话小结' }))
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await userEvent.click(page.getByRole('button', { name: '完成' }))
  await expect.poll(() => view(core).agent.phase).toBe('notReady')
})

test('where the centre wants it, a citizen’s number is hidden until its person asks for it', async () => {
  const core = await atSeat({ hidesNumbers: true })
  core.ring({ isNumberHidden: true })
  await expect.poll(() => textOf('.ringing-bar')).toMatch(/138 \*{4} 8000/)
  expect(document.title).not.toContain('138 0013')
  await userEvent.keyboard('{F2}')
  await expect.poll(focus).toMatch(/138 \*{4} 8000/)
  expect(textOf('.top-bar')).not.toMatch(/0013/)
  await userEvent.keyboard('{Alt>}n{/Alt}')
  await expect.poll(focus).toMatch(/138 0013 8000/)
  expect(inputsOf(core, 'telephone.showNumber')).toHaveLength(1)
})
