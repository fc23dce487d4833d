/** The queue table alone, with invented rows: `?rows=100000`. `p6-queue-table.ts` drives it; with `?scheme=dark` it is also what one looks at. */
import { ConfigProvider, Input, type InputRef, Select, theme } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { useMemo, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Lamp, type LampTone } from '../../../src-renderer/ui/lamp'
import { createRowFilter } from '../../../src-renderer/ui/virtual-table/row-filter'
import { createRowSorter, type Sort } from '../../../src-renderer/ui/virtual-table/row-sort'
import type { TableColumn } from '../../../src-renderer/ui/virtual-table/table-types'
import { VirtualTable } from '../../../src-renderer/ui/virtual-table/virtual-table'
import { type QueueRowFixture, queueRows } from '../../fixtures/queue-rows'
import { measures } from './measure'
import '@fontsource-variable/noto-sans-sc/index.css'
import '../../../src-renderer/app/theme/tokens.css'

const wanted = new URLSearchParams(location.search)
const isDark = wanted.get('scheme') === 'dark'
if (isDark) document.documentElement.dataset.scheme = 'dark'
const all = queueRows(Number(wanted.get('rows') ?? 1_000))
const filter = createRowFilter<QueueRowFixture>({
  textOf: ({ caseNo, subclass, place }) => `${caseNo}\n${subclass}\n${place}`,
  namesOf: ({ subclass, street }) => [subclass, street],
})
filter.warmUp(all, 0, all.length)
const sorter = createRowSorter<QueueRowFixture>({ left: ({ leftMinutes }) => leftMinutes, street: ({ street }) => street })
const rowKey = ({ id }: QueueRowFixture) => id
const rowClass = ({ leftMinutes }: QueueRowFixture) => (leftMinutes < 0 ? 'late' : undefined)
const isDisabledRow = ({ verification }: QueueRowFixture) => verification === '未回'
const groupOf = ({ street }: QueueRowFixture) => street

function lampOf(minutes: number): LampTone {
  if (minutes < 0) return 'red'
  return minutes < 45 ? 'amber' : 'green'
}

function Left({ minutes }: { readonly minutes: number }) {
  return (
    <>
      <Lamp tone={lampOf(minutes)} label="" />
      <span className={minutes < 0 ? 'ui-overrun' : ''} style={{ marginLeft: 6 }}>
        {minutes < 0 ? `超 ${-minutes} 分` : `剩 ${minutes} 分`}
      </span>
    </>
  )
}

const anyValue = <Select size="small" defaultValue="全部" options={[{ value: '全部' }]} />

function columnsOf(): readonly TableColumn<QueueRowFixture>[] {
  const text = (key: keyof QueueRowFixture & string, title: string, width: string): TableColumn<QueueRowFixture> => ({
    key,
    title,
    width,
    render: (row) => row[key],
  })
  return [
    {
      key: 'left',
      title: '立案时限',
      width: '104px',
      isSticky: true,
      isSortable: true,
      render: (row) => <Left minutes={row.leftMinutes} />,
    },
    { ...text('caseNo', '案卷号', '128px'), isSticky: true },
    { ...text('subclass', '小类', '112px') },
    { ...text('source', '来源', '100px') },
    { ...text('street', '街道', '76px'), isSortable: true },
    { ...text('place', '位置', 'minmax(180px, 1fr)') },
    { ...text('verification', '核实', '76px') },
    { ...text('arrivedAt', '到达', '80px'), align: 'right' },
  ]
}

const columns = columnsOf()

function Page() {
  const [query, setQuery] = useState('')
  const [sort, setSort] = useState<Sort>([])
  const [currentKey, setCurrent] = useState<string>()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const box = useRef<InputRef>(null)
  const isGrouped = wanted.has('grouped')
  const order = isGrouped && sort.length === 0 ? groupedOrder : sort
  const rows = useMemo(() => sorter.sort(filter.filter(all, query), order), [query, order])
  const filters = useMemo(
    () => ({
      ...{ source: anyValue, street: anyValue, verification: anyValue },
      place: <Input ref={box} size="small" aria-label="筛选" onChange={(event) => setQuery(event.target.value)} />,
    }),
    [],
  )
  return (
    <VirtualTable
      label="待立案"
      columns={columns}
      filters={filters}
      rows={rows}
      rowKey={rowKey}
      currentKey={currentKey}
      onCurrent={setCurrent}
      selection={{ selected, onChange: setSelected }}
      isDisabledRow={isDisabledRow}
      rowClass={rowClass}
      sort={sort}
      onSort={setSort}
      {...(isGrouped && { groupOf, collapsed, onCollapsed: setCollapsed })}
      pendingNew={3}
      filterRef={box}
      empty="没有符合筛选的案卷"
      autoFocus
    />
  )
}

const groupedOrder: Sort = [{ column: 'street', direction: 'ascending' }]
const antd = { algorithm: [isDark ? theme.darkAlgorithm : theme.defaultAlgorithm, theme.compactAlgorithm], token: { motion: false } }
Object.assign(window, { p6: measures })
createRoot(document.getElementById('root') as HTMLElement).render(
  <ConfigProvider locale={zhCN} theme={antd}>
    <Page />
  </ConfigProvider>,
)
