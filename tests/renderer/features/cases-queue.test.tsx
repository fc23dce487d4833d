import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { CasePane } from '../../../src-renderer/features/cases/case-pane'
import { show } from './show'

/** The pane on the fake core, whose cases were brought where they are by the real rules. */
const grid = (name = '待立案') => page.getByRole('grid', { name, exact: true })
const rows = () => [...grid().element().querySelectorAll('.vt-row')]
const currentRow = () => grid().element().querySelector('.vt-current')?.textContent ?? ''

async function showQueue() {
  const shown = await show(<CasePane />, 'shiftLead')
  await expect.element(grid()).toBeVisible()
  await expect.poll(() => rows().length).toBeGreaterThan(3)
  grid().element().focus()
  return shown
}

describe('the case queue', () => {
  it('opens the first queue of the post, the least time left on top, and shows the current case beside it', async () => {
    await showQueue()
    await userEvent.keyboard('{Home}')
    const first = rows()[0]?.textContent ?? ''
    expect(first).toMatch(/超|剩/)
    const preview = page.getByRole('complementary', { name: '案卷预览' })
    await expect.element(preview).toMatchTextContent('三要素')
    await expect.element(preview).toMatchTextContent(/\d{15}/)
  })

  it('files the chosen ones with one opinion and says how it went', async () => {
    const { asked } = await showQueue()
    await page.getByRole('combobox', { name: '来源' }).element().focus()
    grid().element().focus()
    await userEvent.keyboard('{Home}{Control>}a{/Control}')
    const bar = page.getByRole('region', { name: '批量办理' })
    await expect.element(bar).toMatchTextContent(/可立案 \d/)
    await expect.element(bar).toMatchTextContent('提议不立案，不随批')
    // Sending back asks for words; the field takes the focus and nothing is sent.
    await userEvent.keyboard('{F10}')
    expect(asked('bulk.start')).toEqual([])
    await expect.element(bar.getByRole('textbox')).toHaveFocus()
    await userEvent.keyboard('同意立案{F9}')
    await expect.poll(() => asked('bulk.start').length).toBe(1)
    const [sent] = asked('bulk.start') as { action: string; input: unknown; items: unknown[] }[]
    expect(sent).toMatchObject({ action: 'file', input: { opinion: '同意立案' } })
    await expect.element(page.getByRole('region', { name: '批量进度' })).toMatchTextContent(/办完了：已办 \d/)
  })

  it('files with the sentence that the empty field shows, as the opened case does', async () => {
    const { asked } = await showQueue()
    await userEvent.keyboard('{Home}{Control>}a{/Control}')
    const words = '符合立案条件，同意立案。'
    const field = page.getByRole('region', { name: '批量办理' }).getByRole('textbox')
    await expect.element(field).toHaveAttribute('placeholder', expect.stringContaining(words))
    await userEvent.keyboard('{F9}')
    await expect.poll(() => asked('bulk.start')).toMatchObject([{ action: 'file', input: { opinion: words } }])
  })

  it('decides the current case alone and takes it back with Ctrl+Z', async () => {
    const { asked } = await showQueue()
    await userEvent.keyboard('{Home}{F10}')
    await expect.element(page.getByRole('region', { name: '批量办理' })).toMatchTextContent(/本条 \d{4}/)
    await expect.element(page.getByRole('region', { name: '批量办理' }).getByRole('textbox')).toHaveFocus()
    await userEvent.keyboard('位置不清，请核对{F10}')
    await expect.poll(() => asked('cases.act').length).toBe(1)
    const [sent] = asked('cases.act') as { actId: string; action: string }[]
    expect(sent?.action).toBe('sendBack')
    await expect.element(page.getByText(/已回退，\d+ 秒内按 Ctrl\+Z 撤销/)).toBeVisible()
    await userEvent.keyboard('{Control>}z{/Control}')
    await expect.poll(() => (asked('cases.undo') as { actId: string }[])[0]?.actId).toBe(sent?.actId)
  })

  it('says why a decision that needs each case by itself is grey', async () => {
    await showQueue()
    await userEvent.keyboard('{Home} ')
    const decline = page.getByRole('region', { name: '批量办理' }).getByRole('button', { name: /不立案/ })
    await expect.element(decline).toHaveAttribute('aria-disabled', 'true')
    await expect.element(decline).toMatchTextContent('须逐件确认已告知来电人')
  })

  it('filters by address from / and gives all rows back with Esc', async () => {
    await showQueue()
    const all = rows().length
    await userEvent.keyboard('/')
    await expect.element(page.getByRole('textbox', { name: '位置或描述' })).toHaveFocus()
    await userEvent.keyboard('松花路')
    await expect.poll(() => rows().length).toBe(1)
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => rows().length).toBe(all)
    await userEvent.keyboard('{Escape}')
    await expect.element(grid()).toHaveFocus()
  })

  it('holds back what arrives until Home, and the current row stays', async () => {
    const { core } = await showQueue()
    const before = rows().length
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    const current = currentRow()
    const answer = await core.transport.invoke('cases.list', { isOpen: true, limit: 1000 })
    const items = (answer as { value: { items: { caseId: string; caseNo: string; state: string; version: number }[] } }).value.items
    const given = items.find(({ state }) => state === 'preFiled')
    const { upTo } = core.state('cases.changed')
    const row = { ...given, caseId: '00000000-0000-4000-8000-00000000ffff', caseNo: '20261122-9999' }
    core.publish('cases.changed', { after: upTo, upTo: upTo + 1, changes: [{ caseId: row.caseId, row: row as never, byNo: '0101' }] })
    await expect.element(page.getByRole('button', { name: /1 条新到/ })).toBeVisible()
    expect(rows().length).toBe(before)
    expect(currentRow()).toBe(current)
    await userEvent.keyboard('{Home}')
    await expect.poll(() => rows().length).toBe(before + 1)
  })

  it('reads the queue anew when a batch does not join what it holds', async () => {
    const { core, asked } = await showQueue()
    const reads = asked('queues.read').length
    const { upTo } = core.state('cases.changed')
    core.publish('cases.changed', { after: upTo + 5, upTo: upTo + 6, changes: [] })
    await expect.poll(() => asked('queues.read').length).toBe(reads + 1)
  })

  it('opens a case in place of the table and comes back to the same row', async () => {
    await showQueue()
    await userEvent.keyboard('{Home}{ArrowDown}')
    const current = currentRow()
    await userEvent.keyboard('{Enter}')
    await expect.element(page.getByRole('button', { name: /‹ 待立案/ })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(grid()).toHaveFocus()
    expect(currentRow()).toBe(current)
  })

  it('changes queues with ] and remembers the last one', async () => {
    const { core } = await showQueue()
    await userEvent.keyboard(']')
    await expect.element(grid('待结案')).toBeVisible()
    await expect.poll(() => core.state('settings.changed').caseLists.shiftLead?.queue).toBe('toClose')
  })

  it('begins as the post last arranged it, filters left out, and keeps what is arranged', async () => {
    const first = await showQueue()
    await page.getByRole('button', { name: '列', exact: true }).click()
    const box = page.getByRole('checkbox', { name: '来源' })
    await expect.element(page.getByRole('checkbox', { name: '小类' })).toHaveFocus()
    await box.click()
    await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}{Escape}')
    await expect.element(box).not.toBeInTheDocument()
    await expect.element(page.getByRole('button', { name: '列', exact: true })).toHaveFocus()
    grid().element().focus()
    await userEvent.keyboard('p/路')
    const kept = () => first.core.state('settings.changed').caseLists
    await expect.poll(() => kept().shiftLead?.isPreviewShown).toBe(false)
    expect(kept().shiftLead?.columns.find(({ key }) => key === 'source')).toEqual({ key: 'source', isShown: false, width: 108 })
    expect(JSON.stringify(kept())).not.toContain('路')
    const caseLists = kept()
    await first.screen.unmount()
    await show(<CasePane />, 'shiftLead', { caseLists })
    await expect.element(grid()).toBeVisible()
    await expect.element(page.getByRole('columnheader', { name: '小类' })).toBeVisible()
    await expect.element(page.getByRole('columnheader', { name: '来源' })).not.toBeInTheDocument()
    await expect.element(page.getByRole('complementary', { name: '案卷预览' })).not.toBeInTheDocument()
  })

  it('keeps every title over its column', async () => {
    await showQueue()
    const lefts = (line: string) =>
      [...grid().element().querySelectorAll(`${line} .vt-cell`)].map((cell) => Math.round(cell.getBoundingClientRect().left))
    expect(lefts('.vt-head').length).toBeGreaterThan(5)
    expect(lefts('.vt-head')).toEqual(lefts('.vt-row:first-child'))
  })

  it('keeps a view under a name, renames it, and takes back the keyboard with Esc', async () => {
    const { asked } = await showQueue()
    const open = page.getByRole('button', { name: '视图', exact: true })
    await open.click()
    await expect.element(page.getByLabelText('视图名称')).toHaveFocus()
    await userEvent.keyboard('早班{Enter}')
    await page.getByRole('button', { name: '改名「早班」' }).click()
    await expect.element(page.getByLabelText('「早班」的新名称')).toHaveFocus()
    await userEvent.keyboard('晚班{Enter}')
    await expect.element(page.getByRole('button', { name: '晚班', exact: true })).toBeVisible()
    const [made, renamed] = asked('views.save') as { viewId: string; name: string; settings: unknown }[]
    expect(renamed).toEqual({ ...made, name: '晚班' })
    page.getByRole('button', { name: '晚班', exact: true }).element().focus()
    await userEvent.keyboard('{Escape}')
    await expect.element(page.getByLabelText('视图名称')).not.toBeInTheDocument()
    await expect.element(open).toHaveFocus()
  })

  it('opens the case for a decision that needs more than words', async () => {
    await show(<CasePane />, 'dispatcher')
    await expect.element(grid('待派遣')).toBeVisible()
    await expect.poll(() => grid('待派遣').element().querySelectorAll('.vt-row').length).toBeGreaterThan(0)
    grid('待派遣').element().focus()
    await userEvent.keyboard('{Home}{F9}')
    await expect.element(page.getByRole('button', { name: /派遣.*F9/ }).last()).toBeVisible()
    await expect.element(page.getByText('前后照片')).toBeVisible()
  })

  it('gives the keyboard back to the table after the export box', async () => {
    await showQueue()
    await userEvent.keyboard('{Control>}e{/Control}')
    await expect.element(page.getByRole('button', { name: '开始导出' })).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.element(grid()).toHaveFocus()
  })

  it('keeps the rows while the centre is away and says why nothing can be decided', async () => {
    const { core, asked } = await showQueue()
    const before = rows().length
    core.setOffline(true)
    await expect.element(page.getByText(/截至/).first()).toBeVisible()
    expect(rows().length).toBe(before)
    await userEvent.keyboard('{Home} {F9}')
    await expect.element(page.getByText(/中心离线/).first()).toBeVisible()
    expect(asked('bulk.start')).toEqual([])
    expect(asked('cases.act')).toEqual([])
  })

  it('searches all cases of the centre from Ctrl+F', async () => {
    const { asked } = await showQueue()
    await userEvent.keyboard('{Control>}f{/Control}')
    await expect.element(page.getByRole('textbox', { name: '搜案卷' })).toHaveFocus()
    await userEvent.keyboard('松花路')
    await expect.poll(() => grid('搜到的案卷').element().querySelectorAll('.vt-row').length).toBeGreaterThan(0)
    expect(asked('cases.search')).toEqual([{ q: '松花路' }])
  })

  it('tells a post without queues that it has none', async () => {
    await show(<CasePane />, 'presenter')
    await expect.element(page.getByText(/不办理案卷/)).toBeVisible()
  })
})
