import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeUuid } from '../../../src-renderer/bridge/fake-data'
import type { FakeCore } from '../../../src-renderer/bridge/fake-transport'
import { ConnectionPanel } from '../../../src-renderer/features/status/connection-panel'
import { DiagnosticsPanel } from '../../../src-renderer/features/status/diagnostics-panel'
import { NoticesPanel } from '../../../src-renderer/features/status/notices-panel'
import { OutboxPanel } from '../../../src-renderer/features/status/outbox-panel'
import { show } from './show'

const parkedId = fakeUuid(1)
const sendingId = fakeUuid(2)

function fillOutbox(core: FakeCore): void {
  const base = { kind: 'dutyLog.append', title: '工作日志', accountNo: '0101', createdAt: Date.now(), attempts: 1, nextAttemptAt: null }
  core.publish('outbox.changed', {
    waiting: 1,
    parked: 1,
    intents: [
      {
        ...base,
        intentId: parkedId,
        summary: '补记',
        editableText: '补记十月的事',
        state: 'parked',
        reason: { code: 'dutyLog/monthClosed', message: '该月已归档。' },
      },
      { ...base, intentId: sendingId, summary: '刚写的', editableText: '刚写的', state: 'sending', reason: null },
    ],
  })
}

const rows = () => page.getByRole('grid', { name: '待发送的记录' }).getByRole('row')
const focusGrid = () => (page.getByRole('grid', { name: '待发送的记录' }).element() as HTMLElement).focus()

describe('the outbox panel', () => {
  it('says what waits, why, and how far it has come', async () => {
    await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    await expect.element(page.getByText('1 条等待，1 条正在发送，1 条未被接受')).toBeVisible()
    await expect.element(rows().nth(1)).toMatchTextContent('未被接受')
    await expect.element(page.getByText(/该月已归档/)).toMatchTextContent('dutyLog/monthClosed')
  })

  it('retries with R', async () => {
    const { asked } = await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    await expect.element(rows().nth(1)).toBeVisible()
    focusGrid()
    await userEvent.keyboard('{ArrowDown}r')
    await expect.poll(() => asked('outbox.retry')).toEqual([{ intentId: parkedId }])
  })

  it('edits in place with E and queues again with Ctrl+Enter', async () => {
    const { asked } = await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    await expect.element(rows().nth(1)).toBeVisible()
    focusGrid()
    await userEvent.keyboard('{ArrowDown}e')
    const editor = page.getByRole('textbox', { name: '修改工作日志' })
    await expect.element(editor).toHaveValue('补记十月的事')
    await editor.fill('今天补记：十月的事')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.poll(() => asked('outbox.edit')).toEqual([{ intentId: parkedId, text: '今天补记：十月的事' }])
    await expect.element(editor).not.toBeInTheDocument()
  })

  it('withdraws with W only after saying what will happen', async () => {
    const { asked } = await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    await expect.element(rows().nth(1)).toBeVisible()
    focusGrid()
    await userEvent.keyboard('{ArrowDown}w')
    await expect.element(page.getByText(/撤回后不再发送，文字回到输入框的草稿里/)).toBeVisible()
    expect(asked('outbox.withdraw')).toEqual([])
    await page.getByRole('button', { name: '撤回', exact: true }).last().click()
    await expect.poll(() => asked('outbox.withdraw')).toEqual([{ intentId: parkedId }])
  })

  it('greys what cannot be done to a record that is being sent, with the reason', async () => {
    const { asked } = await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    await rows().nth(2).click()
    await expect.element(page.getByRole('button', { name: /重发/ })).toHaveAccessibleDescription('正在发送，请稍候。')
    focusGrid()
    await userEvent.keyboard('r')
    expect(asked('outbox.retry')).toEqual([])
  })

  it('shows the sentence when the core refuses', async () => {
    const { core } = await show(<OutboxPanel />, 'intake', { prepare: fillOutbox })
    core.failNext('outbox.retry', 'intent/sending')
    await rows().nth(1).click()
    await page.getByRole('button', { name: /重发/ }).click()
    await expect.element(page.getByRole('alert')).toMatchTextContent('这条记录正在发送')
  })
})

describe('the connection panel', () => {
  it('says state, since, round trip and clock difference', async () => {
    await show(<ConnectionPanel />, 'intake')
    const panel = page.getByRole('region', { name: '与中心的连接' })
    await expect.element(panel).toMatchTextContent('中心已连接，已 42 分')
    await expect.element(panel).toMatchTextContent('往返12 毫秒')
    await expect.element(panel).toMatchTextContent('+0.02 秒，已按中心校正')
    await expect.element(page.getByRole('button', { name: '立即重试' })).toHaveAccessibleDescription('已连接，不需要重试。')
  })

  it('says why it is offline and retries on demand', async () => {
    const { asked } = await show(<ConnectionPanel />, 'intake', { prepare: (core) => core.setOffline(true) })
    await expect.element(page.getByText('中心没有应答。')).toBeVisible()
    await page.getByRole('button', { name: '立即重试' }).click()
    await expect.poll(() => asked('connection.retry')).toEqual([{}])
  })
})

it('shows where things are on this PC, and reads again on demand', async () => {
  const { asked } = await show(<DiagnosticsPanel />, 'admin')
  const panel = page.getByRole('region', { name: '本机状态' })
  await expect.element(panel).toMatchTextContent('4.6 MB，第 3 版结构')
  await page.getByRole('button', { name: '刷新' }).click()
  await expect.poll(() => asked('diagnostics.get').length).toBe(2)
})

it('lists notices newest first, opens what one is about, and puts it away', async () => {
  const notice = { level: 'warning' as const, text: '', opens: null }
  const { opened, asked } = await show(<NoticesPanel />, 'intake', {
    prepare: (core) =>
      core.publish('notices.changed', {
        notices: [
          { ...notice, noticeId: fakeUuid(1), at: 1, title: '早的' },
          { ...notice, noticeId: fakeUuid(2), at: 2, title: '晚的', opens: 'connection' },
        ],
      }),
  })
  const grid = page.getByRole('grid', { name: '通知' })
  await expect.element(grid.getByRole('row').first()).toMatchTextContent('晚的')
  ;(grid.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}{Enter}{Delete}')
  expect(opened).toEqual(['connection'])
  await expect.poll(() => asked('notices.dismiss')).toEqual([{ noticeId: fakeUuid(2) }])
})
