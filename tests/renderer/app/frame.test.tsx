import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeAccountOf, fakePassword, fakeUuid } from '../../../src-renderer/bridge/fake-data'
import { inputsOf, start } from './start'

const home = () => page.getByRole('region', { name: '首页' })
const cases = () => page.getByRole('region', { name: '案卷', exact: true })
const dutyLog = () => page.getByRole('region', { name: '工作日志', exact: true })
const reference = () => page.getByRole('region', { name: '标准与区划' })

test('without the centre a banner says since when, what still works, and can try again', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  core.setOffline(true)
  const banner = page.getByRole('alert').filter({ hasText: '中心离线，自' })
  await expect.element(banner).toMatchTextContent(/中心离线，自 \d\d:\d\d 起.*记录照常填写，存本机.*暂不能做/)
  await userEvent.click(banner.getByRole('button', { name: '重试' }))
  await expect.poll(() => inputsOf(core, 'connection.retry').length).toBe(1)
  core.setOffline(false)
  await expect.poll(() => banner.query()).toBeNull()
})

test.for(['shiftLead', 'admin', 'director'] as const)('the rail of the post %s is whole on the lowest screen', async (role) => {
  await start({ signedInAs: fakeAccountOf(role) })
  const help = page.getByRole('button', { name: '按键说明' })
  await expect.element(help).toBeVisible()
  // As the page of the product has it, where the frame fills the window.
  for (let box = document.querySelector('.frame')?.parentElement; box; box = box.parentElement) box.style.height = '100%'
  const rail = page.getByRole('navigation', { name: '窗格' }).element().getBoundingClientRect()
  expect(rail.bottom).toBeLessThanOrEqual(768 - 24)
  expect(help.element().getBoundingClientRect().bottom).toBeLessThanOrEqual(rail.bottom)
})

test('a window that lost the program says so instead of the centre, and keeps the old content', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  core.setOffline(true)
  core.setLink('closed')
  await expect.element(page.getByRole('alert').filter({ hasText: '本窗口与本机程序断开' })).toBeVisible()
  await expect.element(home()).toBeVisible()
  core.setLink('open')
  await expect.element(page.getByRole('alert').filter({ hasText: '中心离线' })).toBeVisible()
})

test('a session that the centre dropped is renewed with the password, and the work stays where it was', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  core.publish('session.changed', { ...core.state('session.changed'), needsSignIn: true })
  await userEvent.keyboard('{Alt>}7{/Alt}')
  await userEvent.click(page.getByRole('button', { name: '重新签入' }))
  const dialog = page.getByRole('dialog', { name: '重新签入' })
  await expect.element(dialog.getByLabelText('口令')).toHaveFocus()
  await userEvent.keyboard('wrong{Enter}')
  await expect.element(dialog).toMatchTextContent('还可再试 4 次')
  await userEvent.keyboard(`${fakePassword}{Enter}`)
  await expect.poll(() => page.getByRole('alert').filter({ hasText: '中心不再认可' }).query()).toBeNull()
  await expect.element(reference()).toBeVisible()
  expect(core.state('session.changed').needsSignIn).toBe(false)
})

test('Ctrl+\\ puts a pane beside, the core remembers it for the role, and a new window opens the same way', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{Alt>}7{/Alt}')
  await expect.element(reference()).toBeVisible()
  await userEvent.keyboard('{Control>}\\{/Control}')
  await expect.element(cases()).toBeVisible()
  await expect.element(reference()).toBeVisible()
  const { layouts } = core.state('settings.changed')
  expect(layouts).toEqual({ intake: { main: 'reference', side: 'cases', sideShare: 40 } })
  await userEvent.keyboard('{Control>}\\{/Control}')
  await expect.poll(() => cases().query()).toBeNull()
})

test('the arrangement that a role left is there at its next sign-in', async () => {
  await start({ signedInAs: fakeAccountOf('intake'), layouts: { intake: { main: 'dutyLog', side: 'reference', sideShare: 30 } } })
  await expect.element(dutyLog()).toBeVisible()
  const widthOf = (element: Element) => element.getBoundingClientRect().width
  expect(widthOf(reference().element()) / widthOf(page.getByRole('main').element())).toBeCloseTo(0.3, 1)
})

test('the line between two panes moves by keyboard', async () => {
  const core = await start({
    signedInAs: fakeAccountOf('intake'),
    layouts: { intake: { main: 'dutyLog', side: 'reference', sideShare: 30 } },
  })
  await expect.element(dutyLog()).toBeVisible()
  const separator = page.getByRole('separator', { name: /并排宽度/ })
  await expect.element(separator).toHaveAttribute('tabindex', '0')
  ;(separator.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowLeft}')
  await expect.poll(() => core.state('settings.changed').layouts.intake?.sideShare).toBe(32)
})

test('each post has its own panes and home', async () => {
  await start({ signedInAs: fakeAccountOf('admin') })
  await expect.element(home().getByRole('heading', { name: '最近审计' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: '管理' }).first()).toBeVisible()
})

test('a presenter has neither audit nor administration, and is told why there is no log to write', async () => {
  await start({ signedInAs: fakeAccountOf('presenter') })
  await expect.element(home()).toBeVisible()
  expect(home().getByRole('heading', { name: '最近审计' }).query()).toBeNull()
  expect(page.getByRole('navigation', { name: '窗格' }).getByText('管理').query()).toBeNull()
  await userEvent.keyboard('{Control>}j{/Control}')
  await expect.element(page.getByText('您的岗位（讲解员）不写工作日志。')).toBeVisible()
})

test('choosing the dark theme repaints at once and is kept by the core', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.click(page.getByRole('button', { name: '浅色或深色' }))
  await userEvent.click(page.getByRole('menuitem', { name: '深色（夜间）' }))
  await expect.poll(() => getComputedStyle(document.body).backgroundColor).toBe('rgb(18, 22, 29)')
  expect(core.state('settings.changed').theme).toBe('dark')
})

test('F1 and ? list the keys; ? in a field stays text', async () => {
  await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  await userEvent.keyboard('{F1}')
  const help = page.getByRole('dialog', { name: '按键说明' })
  await expect.element(help).toMatchTextContent('锁定坐席')
  await userEvent.keyboard('{F1}')
  await expect.poll(() => help.query()).toBeNull()
  await userEvent.keyboard('{Control>}j{/Control}')
  const field = page.getByRole('complementary', { name: '记一条工作日志' }).getByRole('textbox')
  await expect.element(field).toHaveFocus()
  await userEvent.keyboard('?')
  await expect.element(field).toHaveValue('?')
  expect(help.query()).toBeNull()
})

test('only a notice that needs an answer is raised, and answering opens its place and puts it away', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  const notice = { at: Date.now(), text: '内容', opens: null } as const
  core.publish('notices.changed', {
    notices: [
      { ...notice, noticeId: fakeUuid(1), level: 'info', title: '新版本已备好' },
      { ...notice, noticeId: fakeUuid(2), level: 'error', title: '一条日志未被接受', opens: 'outbox' },
    ],
  })
  await userEvent.click(page.getByRole('button', { name: '处理待发送' }))
  await expect.element(page.getByRole('region', { name: '待发送' })).toBeVisible()
  await expect.poll(() => core.state('notices.changed').notices.map((each) => each.title)).toEqual(['新版本已备好'])
})

test('an emergency is raised with the way to its case', async () => {
  const core = await start({ signedInAs: fakeAccountOf('shiftLead') })
  await expect.element(home()).toBeVisible()
  const notice = { noticeId: fakeUuid(3), at: Date.now(), level: 'warning', title: '紧急件 20261121-0001', text: '污水井盖' } as const
  core.publish('notices.changed', { notices: [{ ...notice, opens: { caseId: fakeUuid(77) } }] })
  await userEvent.click(page.getByRole('button', { name: '打开案卷' }))
  await expect
    .poll(() => core.calls.filter(({ command }) => command === 'cases.open').map(({ input }) => input))
    .toContainEqual({ caseId: fakeUuid(77) })
  await expect.poll(() => core.state('notices.changed').notices).toEqual([])
})

test('a popped-out window shows one pane alone', async () => {
  await start({ signedInAs: fakeAccountOf('intake') }, 'dutyLog')
  await expect.element(dutyLog()).toBeVisible()
  expect(page.getByRole('navigation').query()).toBeNull()
  await expect.poll(() => document.title).toBe('12319 坐席工作站 · 工作日志')
})

test('a window that the browser blocked is said in words', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  core.failNext('windows.popOut', 'window/blocked')
  await userEvent.keyboard('{Control>}k{/Control}')
  await page.getByRole('combobox', { name: '命令' }).fill('单独窗口打开首页')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('浏览器拦截了新窗口', { exact: false })).toBeVisible()
})

test('Ctrl+B opens what waits to be sent; Esc closes it and gives the keyboard back', async () => {
  await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  const bell = page.getByTitle('通知', { exact: true })
  ;(bell.element() as HTMLElement).focus()
  await userEvent.keyboard('{Control>}b{/Control}')
  await expect.element(page.getByRole('region', { name: '待发送' })).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => page.getByRole('region', { name: '待发送' }).query()).toBeNull()
  await expect.element(bell).toHaveFocus()
})

test('a refused record asks for an answer; what the banner says already waits behind the bell', async () => {
  const core = await start({ signedInAs: fakeAccountOf('intake') })
  await expect.element(home()).toBeVisible()
  const notice = { level: 'warning', at: 0, text: '内容都在本机。' } as const
  core.publish('notices.changed', {
    notices: [
      { ...notice, noticeId: fakeUuid(901), title: '中心已离线 1 分钟', opens: 'connection' },
      { ...notice, noticeId: fakeUuid(902), title: '1 条记录未被接受', opens: 'outbox' },
    ],
  })
  await expect.element(page.getByRole('button', { name: '处理待发送' })).toBeVisible()
  await expect.element(page.getByText('中心已离线 1 分钟')).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: /通知 2/ })).toBeVisible()
})
