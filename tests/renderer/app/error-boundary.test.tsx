import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { ErrorBoundary } from '../../../src-renderer/app/frame/error-boundary'
import { fakeAccountOf } from '../../../src-renderer/bridge/fake-data'
import { inputsOf, start } from './start'

test('a fault stays in its pane, is reported once, and the pane can be loaded again', async () => {
  // React prints what it caught; the test expects it.
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  const reported: string[] = []
  let isBroken = true
  function Pane() {
    if (isBroken) throw new Error('第 7 行没有编码')
    return <p>内容在</p>
  }
  await render(
    <>
      <p>旁边的窗格</p>
      <ErrorBoundary name="「工作日志」" scope="pane" onFault={(error) => reported.push(error.message)}>
        <Pane />
      </ErrorBoundary>
    </>,
  )
  await expect.element(page.getByRole('alert')).toMatchTextContent('「工作日志」出错了')
  await expect.element(page.getByRole('alert')).toMatchTextContent('已填写的文字都存在本机，不会丢')
  await expect.element(page.getByText('旁边的窗格')).toBeVisible()
  expect(reported).toEqual(['第 7 行没有编码'])
  isBroken = false
  await userEvent.click(page.getByRole('button', { name: '重新载入本窗格' }))
  await expect.element(page.getByText('内容在')).toBeVisible()
  printed.mockRestore()
})

test('in the window: a pane that cannot show what it was given leaves the frame working and tells the core', async () => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  const core = await start({ signedInAs: fakeAccountOf('intake'), layouts: { intake: { main: 'dutyLog', side: null, sideShare: 40 } } })
  await expect.element(page.getByRole('region', { name: '工作日志', exact: true })).toBeVisible()
  const whole = core.state('dutyLog.changed')
  core.publish('dutyLog.changed', { ...whole, entries: null as never })
  await expect.element(page.getByRole('alert')).toMatchTextContent('「工作日志」出错了')
  await expect.poll(() => inputsOf(core, 'app.reportFault').length).toBeGreaterThan(0)
  await userEvent.keyboard('{Alt>}7{/Alt}')
  await expect.element(page.getByRole('region', { name: '标准与区划' })).toBeVisible()
  core.publish('dutyLog.changed', whole)
  await userEvent.keyboard('{Alt>}5{/Alt}')
  await expect.element(page.getByRole('region', { name: '工作日志', exact: true })).toBeVisible()
  printed.mockRestore()
})
