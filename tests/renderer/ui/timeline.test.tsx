/** What happened, on one line: what is shown, what is folded, and how the keyboard scrolls it. */
import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { EventLine, EventMore, type EventRow } from '../../../src-renderer/ui/timeline'
import { put } from './photos-on-page'

const row = (no: number, over: Partial<EventRow> = {}): EventRow => ({
  key: String(no),
  at: `08:${String(no).padStart(2, '0')}`,
  title: `第 ${no} 步`,
  who: '吴** 07 席',
  used: '2',
  limit: '10 分',
  isOver: false,
  text: '照片清楚',
  tone: 'plain',
  ...over,
})
const rows = Array.from({ length: 14 }, (_, index) => row(index + 1))
const shown = () => page.getByRole('listitem').elements()
const dotOf = (item: Element | undefined) => getComputedStyle(item?.querySelector('.event-dot') as Element)

describe('a row', () => {
  it('says when, what, who, how long and what came of it', async () => {
    await put(<EventLine label="办理经过" rows={[row(1)]} />)
    await expect.element(page.getByRole('listitem')).toMatchTextContent('08:01第 1 步吴** 07 席2 / 10 分照片清楚')
  })

  it('shows an overrun as a square and in words, what waits as a full dot, what has no limit as a dash', async () => {
    await put(
      <EventLine
        label="办理经过"
        rows={[row(1), row(2, { used: '超 26 分', limit: '', isOver: true }), row(3, { tone: 'now' }), row(4, { used: '', limit: '' })]}
      />,
    )
    const [plain, over, now, none] = shown()
    expect([plain, over, now].map((each) => dotOf(each).borderRadius)).toEqual(['50%', '0px', '50%'])
    expect(dotOf(plain).backgroundColor).not.toBe(dotOf(now).backgroundColor)
    expect(getComputedStyle(page.getByText('超 26 分').element()).color).toBe('rgb(183, 28, 28)')
    expect(over?.textContent).toContain('超 26 分')
    expect(none?.textContent).toContain('—')
  })

  it('strikes out what was taken back, and says so', async () => {
    await put(<EventLine label="办理经过" rows={[row(1, { isUndone: true })]} />)
    expect(getComputedStyle(page.getByTitle('第 1 步').element()).textDecorationLine).toBe('line-through')
    await expect.element(page.getByText('已撤回')).toBeVisible()
  })

  it('lines up with the others, with a day before the time or without', async () => {
    await put(<EventLine label="办理经过" rows={[row(1, { at: '2026-11-19 08:01' }), row(2)]} />)
    const lefts = shown().map((each) => each.querySelector('.event-title')?.getBoundingClientRect().left)
    expect(lefts[0]).toBe(lefts[1])
  })
})

describe('the time used and its limit', () => {
  const used = [
    ['不足 0.1', '4 工作时'],
    ['1 天 23 小时', '3 天'],
    ['不足 0.1 工作时', '15 工作日'],
  ] as const
  it.each([520, 700, 900])('is whole in a line %i px wide', async (width) => {
    const lines = used.map(([time, limit], index) => row(index + 1, { used: time, limit, text: '照片清楚，与描述相符。'.repeat(20) }))
    await put(
      <div style={{ width }}>
        <EventLine label="办理经过" rows={lines} />
      </div>,
    )
    const cells = used.map(([time, limit]) => page.getByText(`${time} / ${limit}`).element())
    expect(cells.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toEqual([0, 0, 0])
  })
})

describe('a long line', () => {
  it('shows the newest until all are asked for, and folds again', async () => {
    await put(<EventLine label="办理经过" rows={rows} collapsedCount={5} />)
    expect(shown().map((each) => each.querySelector('time')?.textContent)).toEqual(['08:10', '08:11', '08:12', '08:13', '08:14'])
    await page.getByRole('button', { name: '全部 14 条' }).click()
    expect(shown()).toHaveLength(14)
    await page.getByRole('button', { name: '只看最近 5 条' }).click()
    expect(shown()).toHaveLength(5)
  })

  it('lets the parent keep whether all are shown, with the button where it likes', async () => {
    const onToggle = vi.fn()
    await put(
      <>
        <EventMore count={14} collapsedCount={5} isExpanded={false} keys="H" onToggle={onToggle} />
        <EventLine label="办理经过" rows={rows} collapsedCount={5} isExpanded />
      </>,
    )
    expect(shown()).toHaveLength(14)
    await page.getByRole('button', { name: 'H 全部 14 条' }).click()
    expect(onToggle).toHaveBeenCalledOnce()
  })

  it('has no button when all are there anyway', async () => {
    await put(<EventLine label="办理经过" rows={rows.slice(0, 5)} collapsedCount={5} />)
    expect(page.getByRole('button').elements()).toHaveLength(0)
  })

  it('scrolls with the keyboard', async () => {
    await put(
      <div style={{ height: 120 }}>
        <EventLine label="办理经过" rows={rows} />
      </div>,
    )
    const box = page.getByRole('region', { name: '办理经过' }).element() as HTMLElement
    await userEvent.keyboard('{Tab}')
    expect(document.activeElement).toBe(box)
    await userEvent.keyboard('{ArrowDown}')
    expect(box.scrollTop).toBe(22)
    await userEvent.keyboard('{End}')
    expect(box.scrollTop).toBe(box.scrollHeight - box.clientHeight)
    await userEvent.keyboard('{Home}')
    expect(box.scrollTop).toBe(0)
  })
})

it('says that nothing has happened yet', async () => {
  await put(<EventLine label="办理经过" rows={[]} />)
  await expect.element(page.getByText('还没有办理记录。')).toBeVisible()
})
