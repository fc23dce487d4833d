import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosenColumns, completeChoice, movedColumn, sizedColumn } from '../../../../src-renderer/ui/virtual-table/column-choice'
import { lineElements } from '../../../../src-renderer/ui/virtual-table/line-elements'
import { rowEdits } from '../../../../src-renderer/ui/virtual-table/row-edits'
import { createRowFilter } from '../../../../src-renderer/ui/virtual-table/row-filter'
import { createRowSorter, nextSort, type Sort } from '../../../../src-renderer/ui/virtual-table/row-sort'
import { intentOf } from '../../../../src-renderer/ui/virtual-table/table-keys'
import { createLines } from '../../../../src-renderer/ui/virtual-table/table-lines'
import { extended, shareOf, toggled, withAll } from '../../../../src-renderer/ui/virtual-table/table-selection'
import { keptOffset, scrollToShow, windowOf } from '../../../../src-renderer/ui/virtual-table/table-window'
import { type QueueRowFixture, queueRow, queueRows } from '../../../fixtures/queue-rows'

const letters = (text: string) => [...text].map((key) => ({ key, group: key.toUpperCase().charCodeAt(0) < 67 ? '前' : '后' }))
const linesOf = (text: string) => createLines({ rows: letters(text), rowKey: ({ key }) => key })
const grouped = (text: string, collapsed: readonly string[] = []) =>
  createLines({ rows: letters(text), rowKey: ({ key }) => key, groupOf: ({ group }) => group, collapsed: new Set(collapsed) })

describe('lines of a table', () => {
  it('are rows, with a heading and its count before each group', () => {
    const lines = grouped('abcde')
    expect(Array.from({ length: lines.count }, (_, index) => lines.at(index)?.key)).toEqual([
      'group:前',
      'a',
      'b',
      'group:后',
      'c',
      'd',
      'e',
    ])
    expect(lines.at(3)).toEqual({ kind: 'group', key: 'group:后', group: '后', count: 3, isCollapsed: false })
    expect([lines.indexOf('d'), lines.indexOf('group:后'), lines.indexOf('x'), lines.headingOf(5), lines.rowsFrom(4)]).toEqual([
      5, 3, -1, 3, 3,
    ])
  })

  it('leave out the rows of a collapsed group, which are then on no line', () => {
    const lines = grouped('abcde', ['前'])
    expect(Array.from({ length: lines.count }, (_, index) => lines.at(index)?.key)).toEqual(['group:前', 'group:后', 'c', 'd', 'e'])
    expect([lines.indexOf('b'), lines.rowsFrom(0), lines.at(-1), lines.at(5)]).toEqual([-1, 3, undefined, undefined])
  })

  it('are found and told by one another, whatever the groups', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), fc.integer({ min: 1, max: 7 }), fc.boolean(), (numbers, size, isCut) => {
        const rows = numbers.sort((a, b) => a - b)
        const groupOf = (row: number) => String(Math.floor(row / size))
        const lines = createLines({ rows, rowKey: String, groupOf, collapsed: new Set(isCut ? ['1', '2'] : []) })
        const keys = Array.from({ length: lines.count }, (_, index) => lines.at(index)?.key ?? '')
        expect(keys.map((key) => lines.indexOf(key))).toEqual(keys.map((_, index) => index))
        expect([...lines.indicesOf(new Set(keys)).values()].sort((a, b) => a - b)).toEqual(keys.map((_, index) => index))
        expect(lines.rowsFrom(0)).toBe(keys.filter((key) => !key.startsWith('group:')).length)
      }),
    )
  })
})

describe('what is in view', () => {
  it('is drawn with a margin, a fixed number of lines however long the table', () => {
    const window = windowOf(50_000 * 30, 600, 100_000)
    expect(window.from).toBeLessThanOrEqual(49_992)
    expect(window.to).toBeGreaterThanOrEqual(50_020)
    expect(window.to - window.from).toBeLessThan(60)
    expect(windowOf(3_000, 600, 5)).toEqual({ from: 0, to: 5 })
  })

  it('moves as little as shows the whole line', () => {
    expect([scrollToShow(2, 90, 300), scrollToShow(12, 0, 300), scrollToShow(5, 0, 300)]).toEqual([60, 90, 0])
  })

  const place = { scrollTop: 60, viewHeight: 90 }
  it('keeps the current row on its place when rows come and go above', () => {
    expect(keptOffset(linesOf('abcdefg'), linesOf('xyabcdefg'), place, 'd', false)).toBe(120)
    expect(keptOffset(linesOf('abcdefg'), linesOf('bcdefg'), place, 'd', false)).toBe(30)
    expect(keptOffset(linesOf('abcdefg'), linesOf('abdcefg'), place, 'd', false)).toBe(30)
  })

  it('keeps the first row in view when the current one is elsewhere or gone', () => {
    expect(keptOffset(linesOf('abcdefg'), linesOf('xabcdefg'), place, 'a', false)).toBe(90)
    expect(keptOffset(linesOf('abcdefg'), linesOf('xxabefg'), place, 'd', false)).toBe(60)
    expect(keptOffset(linesOf('abcdefg'), linesOf('xyz'), place, 'd', false)).toBeUndefined()
  })

  it('follows only the current row when the order is another one', () => {
    expect(keptOffset(linesOf('abcdefg'), linesOf('gfedcba'), place, 'd', true)).toBe(60)
    expect(keptOffset(linesOf('abcdefg'), linesOf('gfedcba'), place, 'a', true)).toBeUndefined()
  })
})

describe('the elements of the lines', () => {
  const drawn = (list: ReturnType<typeof lineElements>) => list.map(({ element, key }) => `${element}${key}`).join(' ')

  it('are reused for lines that come, and stay where they stand while the table moves', () => {
    const first = lineElements([], ['a', 'b', 'c', 'd'], false)
    expect(drawn(first)).toBe('0a 1b 2c 3d')
    const moving = lineElements(first, ['c', 'd', 'e', 'f'], true)
    expect(drawn(moving)).toBe('0e 1f 2c 3d')
    expect(drawn(lineElements(moving, ['c', 'd', 'e', 'f'], false))).toBe('2c 3d 0e 1f')
  })

  it('become fewer and more with the lines, each line in one element', () => {
    const few = lineElements(lineElements([], ['a', 'b', 'c'], false), ['b'], true)
    expect(drawn(few)).toBe('1b')
    expect(drawn(lineElements(few, ['a', 'b', 'c'], true))).toBe('1b 2a 3c')
  })
})

describe('chosen rows', () => {
  const lines = grouped('abcde')
  const rows = letters('abcde')
  const isAllowed = ({ key }: { key: string }) => key !== 'd'
  const rowKey = ({ key }: { key: string }) => key

  it('extend from the pivot across headings, without the rows that may not be chosen, and give back', () => {
    const pivot = { key: 'b', base: new Set(['e']) }
    expect([...extended(lines, pivot, 5, isAllowed)]).toEqual(['e', 'b', 'c'])
    expect([...extended(lines, pivot, 2, isAllowed)]).toEqual(['e', 'b'])
    expect([...extended(lines, pivot, 0, isAllowed)]).toEqual(['e', 'a', 'b'])
  })

  it('are toggled one by one, or all that are allowed', () => {
    expect([...toggled(toggled(new Set(), 'a'), 'b')]).toEqual(['a', 'b'])
    expect([...toggled(new Set(['a']), 'a')]).toEqual([])
    const all = withAll(new Set(['z']), rows, rowKey, isAllowed)
    expect([...all]).toEqual(['z', 'a', 'b', 'c', 'e'])
    const shares = [new Set<string>(), new Set(['a']), all].map((selected) => shareOf(selected, rows, rowKey, isAllowed))
    expect(shares).toEqual(['none', 'some', 'all'])
  })
})

describe('keys of a table', () => {
  const press = (key: string, modifiers = {}) =>
    intentOf({ key, ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, ...modifiers }, 5, 100, 20)

  it('move within the table, and extend with Shift', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'End']
    expect(keys.map((key) => press(key))).toEqual([6, 4, 25, 0, 99].map((to) => ({ kind: 'move', to, isExtending: false })))
    expect(press('ArrowDown', { shiftKey: true })).toEqual({ kind: 'move', to: 6, isExtending: true })
    expect(press('Home')).toEqual({ kind: 'first' })
  })

  it('leave the keys of the program alone', () => {
    const others = [
      press('ArrowDown', { altKey: true }),
      press('k', { ctrlKey: true }),
      press('1', { altKey: true }),
      press('F9'),
      press('n'),
    ]
    expect(others).toEqual([undefined, undefined, undefined, undefined, undefined])
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'selectAll' })
  })
})

describe('where two lists differ', () => {
  const edits = (before: string, after: string) => rowEdits([...before], [...after])

  it('is told by place: replaced, gone, new, at either end', () => {
    expect(edits('abcdef', 'abXYef')).toEqual([{ from: 2, removed: 2, to: 2, added: 2 }])
    expect(edits('abcdef', 'Nabdef')).toEqual([
      { from: 0, removed: 0, to: 0, added: 1 },
      { from: 2, removed: 1, to: 3, added: 0 },
    ])
    expect(edits('ab', 'abcd')).toEqual([{ from: 2, removed: 0, to: 2, added: 2 }])
    expect([edits('abc', ''), edits('', ''), edits('abc', 'abc')]).toEqual([[{ from: 0, removed: 3, to: 0, added: 0 }], [], []])
  })

  it('is given up where too much differs', () => {
    expect(rowEdits(queueRows(2_000), queueRows(2_000))).toBeUndefined()
  })

  it('leads from the one to the other', () => {
    const list = fc.uniqueArray(fc.nat(40), { maxLength: 30 })
    fc.assert(
      fc.property(list, list, (before, after) => {
        const made: number[] = []
        let at = 0
        for (const { from, removed, to, added } of rowEdits(before, after) ?? []) {
          made.push(...before.slice(at, from), ...after.slice(to, to + added))
          at = from + removed
        }
        expect([...made, ...before.slice(at)]).toEqual(after)
      }),
    )
  })
})

describe('sorting', () => {
  const sorter = createRowSorter<{ readonly name: string; readonly street: string; readonly left: number | null }>({
    street: ({ street }) => street,
    left: ({ left }) => left,
  })
  const rows = [
    { name: '一', street: '友协', left: 5 },
    { name: '二', street: '保国', left: null },
    { name: '三', street: '保国', left: 7 },
    { name: '四', street: '友协', left: 5 },
  ]
  const names = (...sort: (readonly [string, 'ascending' | 'descending'])[]) =>
    sorter
      .sort(
        rows,
        sort.map(([column, direction]) => ({ column, direction })),
      )
      .map(({ name }) => name)
      .join('')

  it('is stable, Chinese by dictionary, rows without a value last in either direction', () => {
    expect([names(['left', 'ascending']), names(['left', 'descending'])]).toEqual(['一四三二', '三一四二'])
    expect([names(['street', 'ascending']), names(['street', 'descending'])]).toEqual(['二三一四', '一四二三'])
    expect(names(['street', 'ascending'], ['left', 'ascending'])).toBe('三二一四')
    expect(sorter.sort(rows, [])).toBe(rows)
  })

  it('puts a few changed, new and gone rows where a fresh sort has them', () => {
    const row = fc.record({
      name: fc.string({ maxLength: 2 }),
      street: fc.constantFrom('友协', '保国', '7 号', '07 号', ''),
      left: fc.option(fc.integer({ min: 0, max: 3 })),
    })
    const edit = fc.record({ at: fc.nat(40), removed: fc.nat(2), added: fc.array(row, { maxLength: 2 }) })
    const direction = fc.constantFrom('ascending' as const, 'descending' as const)
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.array(edit, { maxLength: 4 }), direction, direction, (first, edits, one, other) => {
        const values = { street: (of: (typeof first)[number]) => of.street, left: (of: (typeof first)[number]) => of.left }
        const sort: Sort = [
          { column: 'street', direction: one },
          { column: 'left', direction: other },
        ]
        const kept = createRowSorter(values)
        let list: readonly (typeof first)[number][] = first
        kept.sort(list, sort)
        for (const { at, removed, added } of edits) {
          list = [...list.slice(0, at), ...added, ...list.slice(at + removed)]
          const fresh = createRowSorter(values).sort(list, sort)
          const mended = kept.sort(list, sort)
          expect(mended.length).toBe(fresh.length)
          expect(mended.every((each, index) => each === fresh[index])).toBe(true)
        }
      }),
    )
  })

  it('reads the values of changed rows only, however long the list', () => {
    let reads = 0
    const sorted = createRowSorter<QueueRowFixture>({
      left: ({ leftMinutes }) => {
        reads += 1
        return leftMinutes
      },
    })
    const sort: Sort = [{ column: 'left', direction: 'ascending' }]
    const long = queueRows(20_000)
    sorted.sort(long, sort)
    reads = 0
    const changed = { ...queueRow(700), leftMinutes: -9_999 }
    const next = sorted.sort(
      long.map((each) => (each.id === changed.id ? changed : each)),
      sort,
    )
    expect([next[0], reads]).toEqual([changed, 1])
  })

  it('goes from ascending to descending to none, one column or, with Shift, several', () => {
    const up = { column: 'a', direction: 'ascending' } as const
    const down = { column: 'a', direction: 'descending' } as const
    const other = { column: 'b', direction: 'ascending' } as const
    expect([nextSort([], 'a', false), nextSort([up], 'a', false), nextSort([down], 'a', false)]).toEqual([[up], [down], []])
    expect([nextSort([up], 'b', false), nextSort([up], 'b', true), nextSort([up, other], 'a', true)]).toEqual([
      [other],
      [up, other],
      [down, other],
    ])
  })
})

describe('the text filter', () => {
  const source = {
    textOf: ({ caseNo, subclass, place }: QueueRowFixture) => [caseNo, subclass, place].join('\n'),
    namesOf: ({ subclass }: QueueRowFixture) => [subclass],
  }
  const row = { ...queueRow(1), id: 'x', caseNo: '20261120-0388', subclass: '暴露垃圾', place: '东风社区 6 栋 A 座' }
  const finds = (query: string) => createRowFilter(source).filter([row], query).length === 1

  it('takes characters anywhere, digits, initials, and mixed pinyin of names', () => {
    const queries = ['垃圾', '0388', '社区 6', 'dfsq', 'bllj', 'baolulj', 'a 座', '东风 垃圾', 'BL df', '']
    expect(queries.filter((query) => !finds(query))).toEqual([])
    expect(['路灯', '0389', 'dongfeng', 'ljdf', '东风 路灯'].filter(finds)).toEqual([])
  })

  it('narrows what it already found to the same rows as a fresh look, in the same order', () => {
    const rows = queueRows(300)
    const words = ['暴', '暴露', 'b', 'bl', 'bao', '0', '01', '街', 'jie', ' ', ' b', '道', 'd', 'z']
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 4 }), (parts) => {
        const kept = createRowFilter(source)
        const typed = parts.join('')
        for (let length = 1; length <= typed.length; length += 1) {
          const query = typed.slice(0, length)
          expect(kept.filter(rows, query)).toEqual(createRowFilter(source).filter(rows, query))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('finds a row that changed under the same query, and loses one that no longer fits', () => {
    const filter = createRowFilter(source)
    const [first, ...others] = queueRows(20)
    const without = filter.filter([first, ...others] as QueueRowFixture[], '某处')
    const changed = { ...first, place: '某处' } as QueueRowFixture
    expect([without, filter.filter([changed, ...others], '某处'), filter.filter([first, ...others] as QueueRowFixture[], '某处')]).toEqual([
      [],
      [changed],
      [],
    ])
  })

  it('reads a row only once, and a changed row (another object) again', () => {
    let reads = 0
    const filter = createRowFilter<QueueRowFixture>({
      textOf: ({ caseNo }) => {
        reads += 1
        return caseNo
      },
    })
    const rows = queueRows(10)
    expect(filter.warmUp(rows, 0, 4)).toBe(4)
    filter.filter(rows, '2')
    filter.filter([...rows.slice(1), { ...row }], '0')
    expect(reads).toBe(11)
  })
})

describe('the choice of columns', () => {
  const columns = ['lamp', 'no', 'street', 'place'].map((key) => ({
    key,
    title: key,
    width: '10px',
    isSticky: key === 'lamp',
    render: () => null,
  }))
  const choice = [
    { key: 'place', isShown: true },
    { key: 'gone', isShown: true },
    { key: 'no', isShown: false },
  ]

  it('shows chosen columns in the chosen order, sticky ones first, new ones last', () => {
    expect(chosenColumns(columns, choice).map(({ key }) => key)).toEqual(['lamp', 'place', 'street'])
  })

  it('sizes any column within what can be read, and gives the width of the product back', () => {
    const widths = (wide: typeof choice | ReturnType<typeof sizedColumn>) => chosenColumns(columns, wide).map(({ width }) => width)
    const sized = sizedColumn(columns, sizedColumn(columns, choice, 'lamp', 120.4), 'place', 9999)
    expect(widths(sized)).toEqual(['120px', '640px', '10px'])
    expect(widths(sizedColumn(columns, sized, 'lamp', undefined))).toEqual(['10px', '640px', '10px'])
    expect(widths(sizedColumn(columns, sized, 'place', 1))).toEqual(['120px', '48px', '10px'])
  })

  it('moves a column by one place, never past a sticky one', () => {
    const all = completeChoice(columns, choice)
    const fixed = new Set(['lamp'])
    const order = (key: string, by: -1 | 1) => movedColumn(all, key, by, fixed).map((one) => one.key)
    expect(order('place', 1)).toEqual(['lamp', 'no', 'place', 'street'])
    expect([order('place', -1), order('street', 1)]).toEqual([all.map(({ key }) => key), all.map(({ key }) => key)])
  })
})
