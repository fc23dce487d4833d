import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fakeUuid } from '../../../src-renderer/bridge/fake-data'
import { DutyLogPane } from '../../../src-renderer/features/handover/duty-log-pane'
import { DutyLogQuickEntry } from '../../../src-renderer/features/handover/duty-log-quick-entry'
import { show } from './show'

const box = () => page.getByRole('textbox', { name: '日志内容' })
const rows = () => page.getByRole('grid', { name: '工作日志' }).getByRole('row')

describe('writing a duty log entry', () => {
  it('records kind and words with Ctrl+Enter, empties the box and shows the entry on top', async () => {
    const { asked } = await show(<DutyLogPane />, 'shiftLead')
    await expect.element(box()).toBeEnabled()
    await page.getByRole('radio', { name: '3 设备' }).click()
    await box().fill('大屏第 11 格通道满，已报修。')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(rows().first()).toMatchTextContent('设备大屏第 11 格通道满，已报修。')
    await expect.element(box()).toHaveValue('')
    expect(asked('dutyLog.append')).toEqual([{ kind: 'equipment', text: '大屏第 11 格通道满，已报修。', draftKey: 'dutyLog/new' }])
  })

  it('chooses the kind by its number and goes on to the words', async () => {
    await show(<DutyLogPane />, 'shiftLead')
    await expect.element(box()).toBeEnabled()
    await page.getByRole('radio', { name: '1 事件' }).click()
    await userEvent.keyboard('4')
    await expect.element(page.getByRole('radio', { name: '4 来访' })).toBeChecked()
    await expect.element(box()).toHaveFocus()
  })

  it('works the same without the centre and says 待发送', async () => {
    await show(<DutyLogPane />, 'intake', { prepare: (core) => core.setOffline(true) })
    await expect.element(page.getByText('中心离线，照常记录，恢复后自动送达')).toBeVisible()
    await box().fill('断网时写下的')
    await page.getByRole('button', { name: /记入日志/ }).click()
    await expect.element(rows().first()).toMatchTextContent('断网时写下的')
    await expect.element(rows().first()).toMatchTextContent('待发送')
  })

  it('keeps every word when the core refuses, and shows the sentence with its code', async () => {
    const { core } = await show(<DutyLogPane />, 'intake')
    core.failNext('dutyLog.append', 'store/full')
    await box().fill('磁盘满时写下的')
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(page.getByRole('alert')).toMatchTextContent(/本机磁盘已满.*store\/full/)
    await expect.element(box()).toHaveValue('磁盘满时写下的')
    await page.getByRole('button', { name: '重试' }).click()
    await expect.element(box()).toHaveValue('')
  })

  it('saves what is typed as a draft within a second and says when', async () => {
    const { asked } = await show(<DutyLogPane />, 'intake')
    await expect.element(box()).toBeEnabled()
    await box().fill('写了一半')
    await expect.element(page.getByText(/草稿已存 \d\d:\d\d:\d\d/)).toBeVisible()
    expect(asked('drafts.save')).toEqual([{ key: 'dutyLog/new', body: '{"kind":"event","text":"写了一半"}' }])
  })

  it('brings the draft back when the pane opens again', async () => {
    const first = await show(<DutyLogPane />, 'intake')
    await expect.element(box()).toBeEnabled()
    await page.getByRole('radio', { name: '6 发现' }).click()
    await box().fill('还没写完')
    await first.screen.unmount()
    const kept = first.asked('drafts.save').at(-1) as { key: string; body: string }
    await show(<DutyLogPane />, 'intake', { prepare: (core) => void core.transport.invoke('drafts.save', kept) })
    await expect.element(box()).toHaveValue('还没写完')
    await expect.element(page.getByRole('radio', { name: '6 发现' })).toBeChecked()
  })

  it('links a call and a seat that are chosen while writing, by keys alone', async () => {
    const { asked } = await show(<DutyLogPane />, 'shiftLead')
    await expect.element(box()).toBeEnabled()
    await box().fill('坐席耳机换新')
    await userEvent.keyboard('{Alt>}l{/Alt}')
    const field = page.getByRole('combobox', { name: '关联' })
    await expect.element(field).toHaveFocus()
    await userEvent.keyboard('坐席 02')
    await expect.element(page.getByRole('option').first()).toMatchTextContent('坐席')
    await userEvent.keyboard('{Enter}{Escape}')
    await expect.element(box()).toHaveFocus()
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await expect.element(rows().first()).toMatchTextContent('坐席耳机换新')
    expect(asked('dutyLog.append')).toMatchObject([{ text: '坐席耳机换新', links: [{ id: expect.anything() }] }])
  })

  it('puts an entry right by a new one that begins with its words and names it', async () => {
    const { asked, core } = await show(<DutyLogPane />, 'shiftLead')
    await expect.element(rows().first()).toBeVisible()
    const first = core.state('dutyLog.changed').entries.find(({ sync }) => sync === 'sent')
    ;(page.getByRole('grid', { name: '工作日志' }).element() as HTMLElement).focus()
    await page
      .getByText(first?.text ?? '')
      .first()
      .click()
    ;(page.getByRole('grid', { name: '工作日志' }).element() as HTMLElement).focus()
    await userEvent.keyboard('r')
    await expect.element(box()).toHaveValue(first?.text ?? '')
    await userEvent.keyboard('，应为 3 人{Control>}{Enter}{/Control}')
    await expect.poll(() => asked('dutyLog.append')).toMatchObject([{ corrects: first?.entryId, text: `${first?.text}，应为 3 人` }])
  })

  it('does not lose words to Esc', async () => {
    await show(<DutyLogPane />, 'intake')
    await expect.element(box()).toBeEnabled()
    await box().fill('不要丢')
    await userEvent.keyboard('{Escape}')
    await expect.element(box()).toHaveValue('不要丢')
  })

  it('counts only near the limit, and says by how much it is over', async () => {
    await show(<DutyLogPane />, 'intake')
    await expect.element(box()).toBeEnabled()
    await box().fill('字'.repeat(1700))
    await expect.element(page.getByText(/还可写/)).not.toBeInTheDocument()
    await box().fill('字'.repeat(1950))
    await expect.element(page.getByText('还可写 50 字')).toBeVisible()
    await box().fill('字'.repeat(2010))
    await expect.element(page.getByText('超 10 字，请分成几条')).toBeVisible()
  })

  it('is grey with its reason for a post that does not write the log', async () => {
    await show(<DutyLogPane />, 'admin')
    await expect.element(box()).toBeDisabled()
    const button = page.getByRole('button', { name: /记入日志/ })
    await expect.element(button).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button).toHaveAccessibleDescription('您的岗位（系统管理员）不记工作日志，只能查看。')
  })

  it.each([
    ['into the empty box', '', '撤回的话', true],
    ['below what was typed', '正在写', '正在写\n撤回的话', true],
    ['below what is typed and not yet kept', '正在写', '正在写\n撤回的话', false],
  ])('puts a withdrawn record back %s', async (_, typed, expected, isSaved) => {
    const { core } = await show(<DutyLogPane />, 'intake', {
      prepare(fake) {
        const waiting = { intentId: fakeUuid(1), kind: 'dutyLog.append', title: '工作日志', summary: '撤回的话', editableText: '撤回的话' }
        const rest = { accountNo: '0101', createdAt: 0, state: 'waiting' as const, attempts: 0, nextAttemptAt: null, reason: null }
        fake.publish('outbox.changed', { waiting: 1, parked: 0, intents: [{ ...waiting, ...rest }] })
      },
    })
    await expect.element(box()).toBeEnabled()
    if (typed !== '') {
      await box().fill(typed)
      if (isSaved) await expect.element(page.getByText(/草稿已存/)).toBeVisible()
    }
    await core.transport.invoke('outbox.withdraw', { intentId: fakeUuid(1) })
    await expect.element(box()).toHaveValue(expected)
    const kept = async () => (await core.transport.invoke('drafts.get', { key: 'dutyLog/new' })) as unknown
    const body = JSON.stringify({ kind: 'event', text: expected })
    await expect.poll(kept).toMatchObject({ value: { body, returned: null } })
  })

  it('leaves the box alone when a record was delivered while somebody takes words out of it', async () => {
    const intent = { intentId: fakeUuid(1), kind: 'dutyLog.append', title: '工作日志', summary: '', editableText: '', accountNo: '0101' }
    const rest = { createdAt: 0, state: 'waiting' as const, attempts: 0, nextAttemptAt: null, reason: null }
    const { core, asked } = await show(<DutyLogPane />, 'intake', {
      prepare: (fake) => fake.publish('outbox.changed', { waiting: 1, parked: 0, intents: [{ ...intent, ...rest }] }),
    })
    await expect.element(box()).toBeEnabled()
    await box().fill('写得太多')
    await expect.element(page.getByText(/草稿已存/)).toBeVisible()
    await box().fill('写得')
    const before = asked('drafts.get').length
    core.publish('outbox.changed', { waiting: 0, parked: 0, intents: [] })
    await expect.poll(() => asked('drafts.get').length).toBe(before + 1)
    await expect.poll(() => asked('drafts.save').length).toBe(2)
    await expect.element(box()).toHaveValue('写得')
  })
})

describe('reading the duty log', () => {
  it('filters by words with / and by kind, and Esc empties the filter first', async () => {
    await show(<DutyLogPane />, 'shiftLead')
    await expect.element(rows().first()).toBeVisible()
    await page.getByRole('grid', { name: '工作日志' }).element().focus()
    await userEvent.keyboard('/')
    await userEvent.keyboard('扬尘')
    await expect.poll(() => rows().elements().length).toBe(1)
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => rows().elements().length).toBe(6)
    await page.getByTitle('纪律').click()
    await expect.element(rows().first()).toMatchTextContent('迟到')
  })

  it('moves by arrows and tells a screen reader which row is current', async () => {
    await show(<DutyLogPane />, 'shiftLead')
    await expect.element(rows().first()).toBeVisible()
    const grid = page.getByRole('grid', { name: '工作日志' })
    ;(grid.element() as HTMLElement).focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect.element(rows().nth(1)).toHaveAttribute('aria-selected', 'true')
    expect(grid.element().getAttribute('aria-activedescendant')).toBe(rows().nth(1).element().id)
  })

  it('says why an entry was not accepted and leads to the outbox', async () => {
    const { opened } = await show(<DutyLogPane />, 'intake', {
      prepare(core) {
        const log = core.state('dutyLog.changed')
        const [first, ...others] = log.entries
        if (!first) throw new Error('the fake log is empty')
        core.publish('dutyLog.changed', { ...log, entries: [{ ...first, sync: 'parked', reason: '该月已归档。' }, ...others] })
      },
    })
    await expect.element(rows().first()).toMatchTextContent('该月已归档。')
    await page.getByRole('button', { name: '到待发送处理' }).click()
    expect(opened).toEqual(['outbox'])
  })

  it('searches the years at the centre by words and what narrows them', async () => {
    const { asked } = await show(<DutyLogPane />, 'shiftLead')
    await page.getByTitle('查历年').click()
    await expect.element(page.getByText('中心还没有工作日志。')).toBeVisible()
    await page.getByPlaceholder('历年日志里的字词、姓名、关联').fill('井盖')
    await page.getByPlaceholder('坐席').fill('02')
    await expect.poll(() => asked('dutyLog.search').at(-1)).toEqual({ q: '井盖', seatNo: '02', limit: 100 })
    await expect.element(page.getByText(/历年日志里没有符合的/)).toBeVisible()
  })

  it('says since when it is stale', async () => {
    await show(<DutyLogPane />, 'intake', { prepare: (core) => core.setOffline(true) })
    await expect.element(page.getByText(/^截至 \d\d:\d\d$/)).toBeVisible()
  })

  it('tells a post without the right that it may not, instead of an empty list', async () => {
    await show(<DutyLogPane />, 'presenter', { prepare: (core) => core.publish('dutyLog.changed', { entries: [], readAt: null }) })
    await expect.element(page.getByText(/讲解员）不查看工作日志/)).toBeVisible()
  })

  it('teaches the key when there is nothing yet', async () => {
    await show(<DutyLogPane />, 'intake', { prepare: (core) => core.publish('dutyLog.changed', { entries: [], readAt: null }) })
    await expect.element(page.getByText(/还没有工作日志/)).toMatchTextContent('按 Ctrl+J 记第一条')
  })
})

it('closes the quick entry after recording, and keeps what was typed when it is closed before', async () => {
  const onClose = vi.fn()
  const { asked, screen } = await show(<DutyLogQuickEntry onClose={onClose} />, 'intake')
  await expect.element(box()).toHaveFocus()
  await userEvent.keyboard('快记一条')
  await screen.rerender(<div />)
  expect(asked('drafts.save').at(-1)).toEqual({ key: 'dutyLog/quick', body: '{"kind":"event","text":"快记一条"}' })
  const again = await show(<DutyLogQuickEntry onClose={onClose} />, 'intake')
  await expect.element(box()).toHaveFocus()
  await userEvent.keyboard('再记{Control>}{Enter}{/Control}')
  await expect.poll(() => onClose.mock.calls.length).toBe(1)
  expect(again.asked('dutyLog.append')).toEqual([{ kind: 'event', text: '再记', draftKey: 'dutyLog/quick' }])
})
