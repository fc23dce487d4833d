import { useMemo } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Highlight } from '../../ui/highlight'
import { SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { Certainty, type DocumentViewProps, type FilteredRow, RowFilterBox, useRowFilter } from './document-view'

type Areas = ReferenceDocument<'areas'>

/** A street or a community as one line: communities stand under their street. */
interface AreaLine {
  readonly level: 'street' | 'community'
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly communities: number | null
  readonly grids: number
  readonly source: string
  readonly isCertain: boolean
}

const targetOf = ({ name, code }: AreaLine) => ({ text: name, code })

export function AreasView({ document, code }: DocumentViewProps<Areas>) {
  const lines = useMemo(() => linesOf(document), [document])
  const filter = useRowFilter(lines, targetOf)
  const { region, streets, communities, grids } = document
  return (
    <>
      <SectionTitle title={`${region.provinceName}${region.cityName}${region.name}`} meta={region.code}>
        <span className="ui-meta">
          {`${streets.length} 个街道，${communities.length} 个社区，${grids.length > 0 ? `${grids.length} 个单元网格` : '单元网格尚未导入'}`}
        </span>
      </SectionTitle>
      <div className="ui-toolbar">
        <RowFilterBox filter={filter} total={lines.length} />
      </div>
      <DataGrid<FilteredRow<AreaLine>>
        label={document.title}
        rows={filter.rows}
        rowKey={({ item }) => item.code}
        wantedKey={code}
        filterRef={filter.inputRef}
        columns={columns}
        rowClass={({ item }) => (item.level === 'street' ? 'ref-street' : undefined)}
        empty={<EmptyState text="没有符合的街道或社区。" keys="/" action="改筛选，Esc 清空" />}
      />
    </>
  )
}

const columns: readonly GridColumn<FilteredRow<AreaLine>>[] = [
  {
    key: 'name',
    title: '街道、社区',
    width: 'minmax(0,1fr)',
    render: ({ item, positions }) => (
      <span className={item.level === 'community' ? 'ref-indent' : undefined}>
        <Highlight text={item.name} positions={positions} /> <Certainty isCertain={item.isCertain} />
      </span>
    ),
  },
  { key: 'code', title: '区划代码', width: '112px', render: ({ item }) => item.code },
  { key: 'kind', title: '类别', width: '56px', render: ({ item }) => <span className="ref-quiet">{item.kind}</span> },
  {
    key: 'communities',
    title: '社区',
    width: '48px',
    align: 'right',
    render: ({ item }) => item.communities ?? '',
  },
  { key: 'grids', title: '网格', width: '48px', align: 'right', render: ({ item }) => (item.grids > 0 ? item.grids : '—') },
  { key: 'source', title: '来源', width: 'minmax(0,1fr)', render: ({ item }) => <span className="ref-quiet">{item.source}</span> },
]

function linesOf({ streets, communities, grids }: Areas): readonly AreaLine[] {
  const gridsOf = new Map<string, number>()
  for (const grid of grids) gridsOf.set(grid.communityCode, (gridsOf.get(grid.communityCode) ?? 0) + 1)
  return streets.flatMap((street): AreaLine[] => {
    const inside = communities.filter((community) => community.streetCode === street.code)
    const under = inside.map(
      (community): AreaLine => ({
        ...community,
        level: 'community',
        kind: '社区',
        communities: null,
        grids: gridsOf.get(community.code) ?? 0,
      }),
    )
    const total = under.reduce((sum, community) => sum + community.grids, 0)
    return [{ ...street, level: 'street', communities: inside.length, grids: total }, ...under]
  })
}
