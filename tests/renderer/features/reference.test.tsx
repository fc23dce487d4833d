import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import calendarFile from '../../../resources/reference/calendar-2026.json'
import oldEdition from '../../../resources/reference/classification-gbt30428.2-2013.json'
import newEdition from '../../../resources/reference/classification-gbt47678.5-2026.json'
import limitsFile from '../../../resources/reference/handling-limits-gbt30428.2-2013.json'
import type { FakeReference } from '../../../src-renderer/bridge/fake-data'
import { ReferencePane } from '../../../src-renderer/features/reference/reference-pane'
import { show } from './show'

const item = ({ id, document }: { id: string; document: unknown }, entries: number): FakeReference => {
  const checked = document as FakeReference['document']
  return { entry: { kind: checked.kind, id, title: checked.title, hash: id, entries, origin: 'product' }, document: checked }
}
const reference = [item(newEdition, 403), item(oldEdition, 204), item(limitsFile, 262), item(calendarFile, 33)]
const grid = (name: string) => page.getByRole('grid', { name })
const filter = () => page.getByRole('textbox', { name: '名称、拼音首字母、编码' })
const newest = () => grid('GB/T 47678.5-2026')

describe('the standards of this seat', () => {
  it('open with the newest edition, by major class, the limits beside each subclass', async () => {
    await show(<ReferencePane />, 'intake', { reference })
    await expect.element(newest().getByRole('row').nth(1)).toMatchTextContent('01001供水井盖 2 紧急工作时，4 工作时')
    await expect.element(newest()).toMatchTextContent('部件 01 市政公用设施')
    await expect.element(page.getByText('时限取自 GB/T 30428.2-2013，按后继编码对应')).toBeVisible()
  })

  it('stay readable beside another pane: the documents above, the filter wide enough to type in', async () => {
    await show(
      <div style={{ display: 'grid', width: 524, height: 600 }}>
        <ReferencePane />
      </div>,
      'intake',
      { reference },
    )
    await expect.element(newest().getByRole('row').nth(1)).toBeVisible()
    const box = filter().element().getBoundingClientRect()
    expect(box.width).toBeGreaterThan(120)
    expect(newest().element().getBoundingClientRect().width).toBeGreaterThan(480)
  })

  it('are found by pinyin initials and by code', async () => {
    await show(<ReferencePane />, 'intake', { reference })
    await expect.element(newest().getByRole('row').nth(1)).toBeVisible()
    ;(newest().element() as HTMLElement).focus()
    await userEvent.keyboard('/')
    await expect.element(filter()).toHaveFocus()
    await userEvent.keyboard('jgd')
    await expect.element(newest().getByRole('row').nth(1)).toMatchTextContent('景观灯')
    await filter().fill('01001')
    await expect.element(newest().getByRole('row').nth(1)).toMatchTextContent('供水井盖')
  })

  it('show the code in the edition that followed', async () => {
    await show(<ReferencePane />, 'intake', { reference })
    await page.getByTitle(oldEdition.document.title).click()
    await expect.element(grid('GB/T 30428.2-2013').getByRole('row').nth(1)).toMatchTextContent(/^0101上水井盖.*01001$/)
    await expect.element(page.getByText('已被 GB/T 47678.5-2026 代替，旧案卷仍按它显示')).toBeVisible()
  })

  it('come to the row that the command line asked for', async () => {
    await show(<ReferencePane focus={{ kind: 'classification', id: 'gbt47678.5-2026', code: '04012' }} />, 'intake', { reference })
    const row = newest().getByRole('row', { selected: true })
    await expect.element(row).toMatchTextContent('04012')
    await expect.element(row).toBeInViewport()
  })

  it('stay readable without the centre, and say how old they are', async () => {
    await show(<ReferencePane />, 'intake', { reference, prepare: (core) => core.setOffline(true) })
    await expect.element(newest().getByRole('row').nth(1)).toMatchTextContent('供水井盖')
    await expect.element(page.getByText(/^截至/)).toBeVisible()
  })

  it('show a year with its holidays and worked weekends in words, not by colour alone', async () => {
    await show(<ReferencePane focus={{ kind: 'calendar', id: '2026' }} />, 'intake', { reference })
    const january = page.getByRole('region', { name: '1 月', exact: true })
    await expect.element(january).toMatchTextContent('元旦休 1–3 日；4 日上班（元旦调休）')
    await expect.element(january.getByTitle('2026-01-04 元旦调休上班')).toMatchTextContent('4班')
  })

  it('say so when a document cannot be read', async () => {
    const { core } = await show(<ReferencePane />, 'intake', {
      reference,
      prepare: (fake) => fake.failNext('reference.get', 'record/notFound'),
    })
    await expect.element(page.getByRole('alert').first()).toMatchTextContent('没有找到这条记录')
    expect(core.calls.some((call) => call.command === 'reference.get')).toBe(true)
  })
})
