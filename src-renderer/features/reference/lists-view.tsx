import type { ReferenceDocument } from '#shared/contracts/reference'
import { useTopic } from '../../bridge/react'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Highlight } from '../../ui/highlight'
import { Lamp } from '../../ui/lamp'
import { SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { formatLength } from '../../ui/time-format'
import { Certainty, type DocumentViewProps, type FilteredRow, RowFilterBox, useRowFilter } from './document-view'
import { itemKinds, limitsText } from './documents'

/** The documents that are plain lists: handling limits, departments, shift patterns. */
type Limits = ReferenceDocument<'handlingLimits'>
type Rule = Limits['rules'][number]
type Department = ReferenceDocument<'departments'>['departments'][number]
type Pattern = ReferenceDocument<'shiftPatterns'>['patterns'][number]

const nothingFits = <EmptyState text="没有符合的条目。" keys="/" action="改筛选，Esc 清空" />
const nameAndCode = ({ name, code }: { readonly name: string; readonly code: string }) => ({ text: name, code })

export function HandlingLimitsView({ document, code }: DocumentViewProps<Limits>) {
  const filter = useRowFilter(document.rules, nameAndCode)
  const wanted = document.rules.find((rule) => rule.code === code)
  const keyOf = (rule: Rule) => `${rule.kind}/${rule.code}/${document.rules.indexOf(rule)}`
  const columns: readonly GridColumn<FilteredRow<Rule>>[] = [
    { key: 'code', title: '编码', width: '48px', render: ({ item }) => <b>{item.code}</b> },
    { key: 'kind', title: '类', width: '32px', render: ({ item }) => itemKinds[item.kind] },
    {
      key: 'name',
      title: '小类',
      width: 'minmax(0,1fr)',
      render: ({ item, positions }) => (
        <>
          <Highlight text={item.name} positions={positions} /> <Certainty isCertain={item.isCertain} />
        </>
      ),
    },
    {
      key: 'limits',
      title: '时限，最严的在前',
      width: 'minmax(0,1.4fr)',
      render: ({ item }) => <span className="ui-wrap">{limitsText(item.limits, document.units)}</span>,
    },
    {
      key: 'departments',
      title: '责任单位类型',
      width: 'minmax(0,1.2fr)',
      render: ({ item }) => <span className="ui-wrap ref-quiet">{item.departmentTypes.join('、')}</span>,
    },
  ]
  return (
    <>
      <SectionTitle title={document.title} />
      <dl className="ref-units">
        {document.units.map((unit) => (
          <div key={unit.id}>
            <dt>{unit.name}</dt>
            <dd>{unit.meaning}</dd>
          </div>
        ))}
      </dl>
      <div className="ui-toolbar">
        <RowFilterBox filter={filter} total={document.rules.length} />
      </div>
      <DataGrid
        label={document.title}
        rows={filter.rows}
        rowKey={({ item }) => keyOf(item)}
        wantedKey={wanted && keyOf(wanted)}
        filterRef={filter.inputRef}
        columns={columns}
        empty={nothingFits}
      />
    </>
  )
}

export function DepartmentsView({ document, code }: DocumentViewProps<ReferenceDocument<'departments'>>) {
  const filter = useRowFilter(document.departments, nameAndCode)
  const columns: readonly GridColumn<FilteredRow<Department>>[] = [
    { key: 'code', title: '编码', width: '48px', render: ({ item }) => <b>{item.code}</b> },
    {
      key: 'name',
      title: '单位',
      width: 'minmax(0,1fr)',
      render: ({ item, positions }) => (
        <>
          <Highlight text={item.name} positions={positions} /> <Certainty isCertain={item.isCertain} />
        </>
      ),
    },
    { key: 'type', title: '类型', width: 'minmax(0,1fr)', render: ({ item }) => item.type },
    { key: 'source', title: '来源', width: 'minmax(0,1fr)', render: ({ item }) => <span className="ref-quiet">{item.source}</span> },
  ]
  return (
    <>
      <SectionTitle title={document.title} />
      <div className="ui-toolbar">
        <RowFilterBox filter={filter} total={document.departments.length} />
      </div>
      <DataGrid
        label={document.title}
        rows={filter.rows}
        rowKey={({ item }) => item.code}
        wantedKey={code}
        filterRef={filter.inputRef}
        columns={columns}
        empty={nothingFits}
      />
    </>
  )
}

interface PatternLine {
  readonly pattern: Pattern
  readonly shift: Pattern['shifts'][number]
}

const dayMinutes = 1440
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export function ShiftPatternsView({ document }: DocumentViewProps<ReferenceDocument<'shiftPatterns'>>) {
  const inForce = useTopic('centre.changed')?.centre?.shiftPatternId
  const lines = document.patterns.flatMap((pattern) => pattern.shifts.map((shift): PatternLine => ({ pattern, shift })))
  const columns: readonly GridColumn<PatternLine>[] = [
    { key: 'name', title: '班次', width: '120px', render: ({ shift }) => shift.name },
    { key: 'hours', title: '起止', width: '120px', render: ({ shift }) => `${shift.start}–${shift.end}` },
    {
      key: 'length',
      title: '时长',
      width: '96px',
      align: 'right',
      render: ({ shift }) => {
        const minutes = minutesOf(shift.end) - minutesOf(shift.start)
        return formatLength((minutes > 0 ? minutes : minutes + dayMinutes) * 60_000)
      },
    },
    {
      key: 'inForce',
      title: '本中心',
      width: '72px',
      render: ({ pattern }) =>
        pattern.id === inForce && (
          <span className="ui-sync">
            <Lamp tone="green" label="" />
            在用
          </span>
        ),
    },
    {
      key: 'source',
      title: '来源',
      width: 'minmax(0,1fr)',
      render: ({ pattern }) => (
        <>
          <span className="ref-quiet">{pattern.source}</span> <Certainty isCertain={pattern.isCertain} />
        </>
      ),
    },
  ]
  return (
    <>
      <SectionTitle title={document.title} meta={`${document.patterns.length} 种班制`} />
      <DataGrid
        label={document.title}
        rows={lines}
        rowKey={({ pattern, shift }) => `${pattern.id}/${shift.id}`}
        groupOf={({ pattern }) => pattern.name}
        columns={columns}
        empty={<EmptyState text="没有班制。" />}
      />
    </>
  )
}
