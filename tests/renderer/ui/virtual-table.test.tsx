import { Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { type ColumnChoice, chosenColumns } from '../../../src-renderer/ui/virtual-table/column-choice'
import { ColumnChooser } from '../../../src-renderer/ui/virtual-table/column-chooser'
import type { Sort } from '../../../src-renderer/ui/virtual-table/row-sort'
import type { TableColumn, VirtualTableProps } from '../../../src-renderer/ui/virtual-table/table-types'
import { VirtualTable } from '../../../src-renderer/ui/virtual-table/virtual-table'
import { type QueueRowFixture, queueRow, queueRows } from '../../fixtures/queue-rows'
import '../../../src-renderer/app/theme/tokens.css'

type Row = QueueRowFixture

/** What the table told its owner, and how often each row was drawn. */
interface Told {
  readonly opened: string[]
  readonly rowKeys: string[]
  readonly sorts: Sort[]
  readonly drawn: string[]
  shownNew: number
}

const text = (key: keyof Row & string, width: string, title: string, told: Told): TableColumn<Row> => ({
  key,
  title,
  width,
  isSortable: true,
  render: (row) => {
    if (key === 'caseNo') told.drawn.push(row.id)
    return row[key]
  },
})

async function show(rows: readonly Row[], extra: Partial<VirtualTableProps<Row>> = {}) {
  await page.viewport(1366, 768)
  const told: Told = { opened: [], rowKeys: [], sorts: [], drawn: [], shownNew: 0 }
  const columns: readonly TableColumn<Row>[] = [
    { ...text('caseNo', '130px', '案卷号', told), isSticky: true },
    text('subclass', '110px', '小类', told),
    text('place', 'minmax(160px, 1fr)', '位置', told),
    text('arrivedAt', '60px', '到达', told),
  ]
  const rowKey = (row: Row) => row.id
  function Owner(props: Partial<VirtualTableProps<Row>>) {
    const [currentKey, setCurrent] = useState<string | undefined>(undefined)
    const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
    const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
    const filter = useRef<InputRef>(null)
    return (
      <div style={{ height: 500, display: 'flex', flexDirection: 'column' }}>
        <Input ref={filter} aria-label="筛选" />
        <VirtualTable<Row>
          label="待立案"
          columns={columns}
          rows={rows}
          rowKey={rowKey}
          currentKey={currentKey}
          onCurrent={setCurrent}
          onOpen={(row) => told.opened.push(row.id)}
          onRowKey={(key, row) => key === 'u' && told.rowKeys.push(`${key} ${row.id}`) > 0}
          selection={{ selected, onChange: setSelected }}
          onSort={(sort) => told.sorts.push(sort)}
          onShowNew={() => {
            told.shownNew += 1
          }}
          collapsed={collapsed}
          onCollapsed={setCollapsed}
          filterRef={filter}
          empty="没有案卷"
          {...props}
        />
        <output aria-label="已选">{[...selected].sort().join(' ')}</output>
      </div>
    )
  }
  const screen = await render(<Owner {...extra} />)
  return { told, update: (next: Partial<VirtualTableProps<Row>>) => screen.rerender(<Owner {...extra} {...next} />) }
}

const grid = () => page.getByRole('grid', { name: '待立案' })
const gridElement = () => grid().element() as HTMLElement
const focusGrid = () => gridElement().focus()
const chosen = () => page.getByLabelText('已选').element().textContent
const row = (id: string) => document.querySelector<HTMLElement>(`[id$="-${id}"]`)
const topOf = (id: string) => Math.round(row(id)?.getBoundingClientRect().top ?? Number.NaN)
const active = () => (gridElement().getAttribute('aria-activedescendant') ?? '').replace(/^.*?-(?=case|group)/, '')
const press = (keys: string) => userEvent.keyboard(keys)

describe('the keys of a long table', () => {
  it('walk, page and jump, the focus staying on the grid', async () => {
    await show(queueRows(1_000))
    focusGrid()
    await press('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(active()).toBe('case-1')
    await press('{End}')
    expect([active(), document.activeElement === gridElement()]).toEqual(['case-999', true])
    await expect.element(page.getByText('20261120-000999')).toBeInViewport()
    await press('{PageUp}')
    expect(Number(active().slice(5))).toBeLessThan(990)
    await press('{Home}')
    expect(active()).toBe('case-0')
    expect(row('case-0')?.getAttribute('aria-rowindex')).toBe('2')
  })

  it('open, act on the current row, filter and show what they are', async () => {
    const { told } = await show(queueRows(50))
    focusGrid()
    await press('{ArrowDown}{Enter}u')
    await press('?')
    expect([told.opened, told.rowKeys]).toEqual([['case-0'], ['u case-0']])
    await expect.element(page.getByText(/取消选择/)).toBeVisible()
    await press('/')
    await expect.element(page.getByRole('textbox', { name: '筛选' })).toHaveFocus()
  })

  it('choose rows: Space goes on, Shift extends and gives back, Ctrl+A takes all that may be chosen, Esc lets go', async () => {
    await show(queueRows(6), { isDisabledRow: ({ id }) => id === 'case-2' })
    focusGrid()
    await press('{ArrowDown} ')
    expect([chosen(), active()]).toEqual(['case-0', 'case-1'])
    await press('{Shift>}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}{/Shift}')
    expect(chosen()).toBe('case-0 case-1 case-3')
    await press('{Control>}a{/Control}')
    expect(chosen()).toBe('case-0 case-1 case-3 case-4 case-5')
    expect(row('case-5')?.getAttribute('aria-selected')).toBe('true')
    await press('{Escape}')
    expect(chosen()).toBe('')
  })

  it('never fall on the neighbour of a row that left', async () => {
    const rows = queueRows(10)
    const { told, update } = await show(rows)
    focusGrid()
    await press('{ArrowDown}{ArrowDown}{ArrowDown}')
    await update({ rows: rows.filter(({ id }) => id !== 'case-2') })
    await press('{Enter}')
    expect(told.opened).toEqual([])
    await press('{ArrowDown}{Enter}')
    expect(told.opened).toEqual(['case-3'])
  })

  it('sort by the titles, with Shift by several', async () => {
    const { told } = await show(queueRows(5), { sort: [{ column: 'subclass', direction: 'ascending' }] })
    await page.getByRole('button', { name: '位置' }).click({ modifiers: ['Shift'] })
    ;(page.getByRole('button', { name: '小类' }).element() as HTMLElement).focus()
    await press('{Enter}')
    expect(told.sorts.map((sort) => sort.map(({ column, direction }) => `${column} ${direction}`))).toEqual([
      ['subclass ascending', 'place ascending'],
      ['subclass descending'],
    ])
    expect(page.getByRole('columnheader', { name: '小类' }).element().getAttribute('aria-sort')).toBe('ascending')
  })
})

describe('the mouse in a long table', () => {
  it('makes current, opens, chooses by box and by range', async () => {
    const { told } = await show(queueRows(20))
    await page.getByText('20261120-000002').click()
    expect([active(), chosen()]).toEqual(['case-2', ''])
    await page.getByText('20261120-000004').click({ modifiers: ['Shift'] })
    expect(chosen()).toBe('case-2 case-3 case-4')
    await userEvent.click(row('case-7')?.querySelector('[data-box]') as HTMLElement)
    expect([chosen(), active(), document.activeElement === gridElement()]).toEqual(['case-2 case-3 case-4 case-7', 'case-7', true])
    await page.getByText('20261120-000001').dblClick()
    expect(told.opened).toEqual(['case-1'])
  })
})

describe('rows that come and go', () => {
  it('do not move the row under the cursor', async () => {
    const rows = queueRows(200, 100)
    const { update } = await show(rows)
    focusGrid()
    await press('{PageDown}{PageDown}{PageDown}')
    const key = active()
    const before = topOf(key)
    await update({ rows: [...queueRows(37), ...rows] })
    expect([topOf(key), active()]).toEqual([before, key])
    await update({ rows: rows.slice(5) })
    expect(topOf(key)).toBe(before)
  })

  it('do not move what is read when the current row is elsewhere, not even at the top', async () => {
    const rows = queueRows(200, 100)
    const { update } = await show(rows)
    const before = topOf('case-100')
    await update({ rows: [queueRow(1), queueRow(2), ...rows] })
    expect(topOf('case-100')).toBe(before)
  })

  it('are told as a count; Home and the pill ask for them, and they are shown from the top', async () => {
    const rows = queueRows(200, 100)
    const { told, update } = await show(rows, { pendingNew: 3 })
    focusGrid()
    await press('{End}{Home}')
    await update({ pendingNew: 0, rows: [...queueRows(3), ...rows] })
    expect([told.shownNew, gridElement().scrollTop]).toEqual([1, 0])
    await update({ pendingNew: 2 })
    await page.getByRole('button', { name: /2 条新到/ }).click()
    expect(told.shownNew).toBe(2)
  })

  it('are drawn alone: one changed row draws one row', async () => {
    const rows = queueRows(100_000)
    const { told, update } = await show(rows)
    told.drawn.length = 0
    await update({ rows: rows.map((one) => (one.id === 'case-3' ? { ...one, subclass: '路灯' } : one)) })
    expect(told.drawn).toEqual(['case-3'])
  })
})

describe('a table of 100 k rows', () => {
  it('reuses its elements while it is scrolled, and stands in order in the document once it rests', async () => {
    await show(queueRows(100_000))
    const drawn = () => [...gridElement().querySelectorAll('[data-line]')]
    const numbers = () => drawn().map((line) => Number(line.getAttribute('data-line')))
    for (let wheel = 1; wheel <= 4; wheel += 1) {
      gridElement().scrollTop = wheel * 240
      await new Promise(requestAnimationFrame)
    }
    const before = new Set(drawn())
    gridElement().scrollTop = 5 * 240
    await expect.poll(() => Math.max(...numbers())).toBeGreaterThan(45)
    expect(drawn().filter((line) => !before.has(line))).toEqual([])
    await expect.poll(() => numbers().every((number, at) => at === 0 || number === (numbers()[at - 1] ?? 0) + 1)).toBe(true)
  })

  it('has few elements, wherever it stands', async () => {
    await show(queueRows(100_000))
    focusGrid()
    for (const key of ['{PageDown}', '{End}', '{Home}']) {
      await press(key)
      expect(gridElement().querySelectorAll('[data-line]').length).toBeLessThan(60)
    }
    expect(gridElement().getAttribute('aria-rowcount')).toBe('100001')
    await expect.element(page.getByText(/^下面还有 \d+ 条，End 到底$/)).toBeVisible()
    gridElement().scrollTop = 1_500_000
    await expect.element(page.getByText('20261120-050000')).toBeInViewport()
  })
})

describe('groups', () => {
  const rows = [...queueRows(30)].sort((a, b) => a.street.localeCompare(b.street))
  it('have headings with counts, which ← collapses and → opens', async () => {
    await show(rows, { groupOf: ({ street }) => street })
    const [first] = rows
    const size = rows.filter(({ street }) => street === first?.street).length
    await expect.element(grid().getByRole('row').nth(1)).toMatchTextContent(`${first?.street}${size} 条`)
    focusGrid()
    await press('{ArrowDown}{ArrowDown}{ArrowDown}')
    await press('{ArrowLeft}')
    expect([active(), row(active())?.getAttribute('aria-expanded'), row(first?.id ?? '')]).toEqual([
      `group:${first?.street}`,
      'false',
      null,
    ])
    await press('{ArrowRight}{ArrowDown}')
    expect(active()).toBe(first?.id)
  })
})

describe('states of a table', () => {
  it('say that there is nothing, and keep the old rows dimmed while new ones are fetched', async () => {
    const { update } = await show([])
    await expect.element(page.getByText('没有案卷')).toBeVisible()
    await update({ rows: queueRows(3), isDimmed: true })
    await expect.element(page.getByText('20261120-000002')).toBeVisible()
    expect(gridElement().getAttribute('aria-busy')).toBe('true')
    await expect.element(page.getByText('共 3 条')).toBeVisible()
  })

  it('keep sticky columns in view when the table is scrolled sideways', async () => {
    const wide = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => ({
      key,
      title: key,
      width: '400px',
      isSticky: key === 'a',
      render: () => key,
    }))
    await show(queueRows(5), { columns: wide })
    const left = () => row('case-0')?.querySelector('.vt-sticky')?.getBoundingClientRect().left
    const before = left()
    focusGrid()
    await press('{ArrowDown}{ArrowRight}{ArrowRight}')
    expect([gridElement().scrollLeft, left()]).toEqual([240, before])
  })
})

describe('the choice of columns', () => {
  it('hides, shows and orders by keyboard alone', async () => {
    const columns = ['lamp', 'no', 'street', 'place'].map((key) => ({
      key,
      title: key,
      width: '9px',
      isSticky: key === 'lamp',
      render: () => key,
    }))
    function Owner() {
      const [choice, setChoice] = useState<readonly ColumnChoice[]>([])
      return (
        <>
          <ColumnChooser columns={columns} choice={choice} onChange={setChoice} />
          <output aria-label="列">
            {chosenColumns(columns, choice)
              .map(({ key }) => key)
              .join(' ')}
          </output>
        </>
      )
    }
    await render(<Owner />)
    await page.getByRole('button', { name: '列' }).click()
    await expect.element(page.getByRole('checkbox', { name: 'no' })).toBeVisible()
    ;(page.getByRole('checkbox', { name: 'no' }).element() as HTMLElement).focus()
    await press('{Alt>}{ArrowDown}{/Alt}')
    await expect.element(page.getByLabelText('列', { exact: true }).last()).toMatchTextContent('lamp street no place')
    await expect.element(page.getByRole('checkbox', { name: 'no' })).toHaveFocus()
    await press('{ArrowDown} ')
    await expect.element(page.getByLabelText('列', { exact: true }).last()).toMatchTextContent('lamp street no')
  })
})
