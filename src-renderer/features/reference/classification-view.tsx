import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import type { ReferenceDocument, ReferenceManifestEntry } from '#shared/contracts/reference'
import { useQuery } from '../../bridge/use-query'
import { DataGrid, type GridColumn } from '../../ui/data-grid'
import { Highlight } from '../../ui/highlight'
import { SectionTitle } from '../../ui/pane-header'
import { EmptyState } from '../../ui/states'
import { Certainty, type DocumentViewProps, type FilteredRow, RowFilterBox, useRowFilter } from './document-view'
import { itemKinds, limitsText, rulesByCode } from './documents'

type Edition = ReferenceDocument<'classification'>
type Subclass = Edition['subclasses'][number]
type Row = FilteredRow<Subclass>
type KindFilter = 'all' | 'component' | 'event'

const targetOf = ({ name, code }: Subclass) => ({ text: name, code })
const kindOptions = [
  { value: 'all', label: '全部' },
  { value: 'component', label: '部件' },
  { value: 'event', label: '事件' },
] as const

/** One edition of the classification by major class, with the handling limits beside each subclass and the code in the edition that followed. */
export function ClassificationView({ document, entry, entries, code, onChoose }: DocumentViewProps<Edition>) {
  const [kind, setKind] = useState<KindFilter>('all')
  const items = useMemo(
    () => (kind === 'all' ? document.subclasses : document.subclasses.filter((subclass) => subclass.kind === kind)),
    [document, kind],
  )
  const filter = useRowFilter(items, targetOf)
  const { rules, limits } = useLimits(document, entries)
  const majorNames = useMemo(() => new Map(document.majorClasses.map((major) => [`${major.kind}/${major.code}`, major.name])), [document])
  const majorOf = ({ kind: of, majorCode }: Subclass) => `${itemKinds[of]} ${majorCode} ${majorNames.get(`${of}/${majorCode}`) ?? ''}`
  const rulesOf = (subclass: Subclass) => rules.get(`${subclass.kind}/${subclass.code}`) ?? []
  const columns = columnsOf({
    hasSuccessor: document.replacedBy !== null && document.subclasses.some((subclass) => subclass.successor !== undefined),
    majorOf: filter.isActive ? majorOf : undefined,
    limitsOf:
      limits &&
      ((subclass) =>
        rulesOf(subclass)
          .map((rule) => limitsText(rule.limits, limits.units))
          .join('；')),
    departmentsOf: limits && ((subclass) => [...new Set(rulesOf(subclass).flatMap((rule) => rule.departmentTypes))].join('、')),
  })
  return (
    <>
      <SectionTitle title={document.standard} meta={standingOf(document)}>
        {limits && (
          <span className="ui-meta">{`时限取自 ${limits.standard}${limits.standard === document.standard ? '' : '，按后继编码对应'}`}</span>
        )}
      </SectionTitle>
      <div className="ui-toolbar">
        <RowFilterBox filter={filter} total={items.length} />
        <Segmented<KindFilter> size="small" aria-label="部件或事件" value={kind} onChange={setKind} options={[...kindOptions]} />
        <span className="ui-spring" />
        <EditionSwitch entry={entry} entries={entries} onChoose={onChoose} />
      </div>
      <DataGrid<Row>
        label={document.standard}
        rows={filter.rows}
        rowKey={({ item }) => `${item.kind}/${item.code}`}
        wantedKey={code === undefined ? undefined : keyOfCode(document, code)}
        filterRef={filter.inputRef}
        columns={columns}
        {...(!filter.isActive && { groupOf: ({ item }: Row) => majorOf(item) })}
        empty={<EmptyState text="没有符合的小类。" keys="/" action="改筛选，Esc 清空" />}
      />
    </>
  )
}

function keyOfCode(document: Edition, code: string): string | undefined {
  const found = document.subclasses.find((subclass) => subclass.code === code)
  return found && `${found.kind}/${found.code}`
}

function standingOf({ inForceFrom, replacedBy }: Edition): string {
  if (replacedBy !== null) return `已被 ${replacedBy} 代替，旧案卷仍按它显示`
  return inForceFrom === null ? '现行' : `${inForceFrom} 起实施`
}

function EditionSwitch({ entry, entries, onChoose }: Pick<DocumentViewProps<Edition>, 'entry' | 'entries' | 'onChoose'>) {
  const editions = entries.filter((each) => each.kind === 'classification')
  if (editions.length < 2) return null
  const label = (each: ReferenceManifestEntry) => /(\d{4})$/.exec(each.id)?.[1] ?? each.id
  return (
    <span className="ref-editions">
      <span className="ui-meta">版本</span>
      <Segmented
        size="small"
        aria-label="版本"
        value={entry.id}
        options={editions.map((each) => ({ value: each.id, label: label(each), title: each.title }))}
        onChange={(id) => {
          const chosen = editions.find((each) => each.id === id)
          if (chosen) onChoose(chosen)
        }}
      />
    </span>
  )
}

/** Limits are a document of their own, written for one edition; that edition is read too, to find the successors of its codes. */
function useLimits(document: Edition, entries: readonly ReferenceManifestEntry[]) {
  const limitsEntry = entries.find((each) => each.kind === 'handlingLimits')
  const editionEntry = entries.find((each) => each.kind === 'classification' && each.id === limitsEntry?.id)
  const limitsAnswer = useQuery('reference.get', limitsEntry && { kind: 'handlingLimits', id: limitsEntry.id })
  const editionAnswer = useQuery('reference.get', editionEntry && { kind: 'classification', id: editionEntry.id })
  return useMemo(() => {
    const limits = limitsAnswer.value?.document.kind === 'handlingLimits' ? limitsAnswer.value.document : undefined
    const edition = editionAnswer.value?.document.kind === 'classification' ? editionAnswer.value.document : undefined
    const rules = rulesByCode(document, limits, edition)
    return { rules, limits: rules.size > 0 ? limits : undefined }
  }, [document, limitsAnswer.value, editionAnswer.value])
}

interface ColumnChoice {
  readonly hasSuccessor: boolean
  readonly majorOf: ((subclass: Subclass) => string) | undefined
  readonly limitsOf: ((subclass: Subclass) => string) | undefined
  readonly departmentsOf: ((subclass: Subclass) => string) | undefined
}

function columnsOf({ hasSuccessor, majorOf, limitsOf, departmentsOf }: ColumnChoice): readonly GridColumn<Row>[] {
  const quiet = (text: string) => (
    <span className="ref-quiet" title={text}>
      {text === '' ? '—' : text}
    </span>
  )
  return [
    { key: 'code', title: '编码', width: '48px', render: ({ item }) => <b>{item.code}</b> },
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
    ...(majorOf ? [{ key: 'major', title: '大类', width: '144px', render: ({ item }: Row) => quiet(majorOf(item)) }] : []),
    ...(limitsOf
      ? [
          {
            key: 'limits',
            title: '处置时限',
            width: 'minmax(0,1.3fr)',
            render: ({ item }: Row) => <span title={limitsOf(item)}>{limitsOf(item) || '—'}</span>,
          },
        ]
      : []),
    ...(departmentsOf
      ? [{ key: 'departments', title: '责任单位类型', width: 'minmax(0,1fr)', render: ({ item }: Row) => quiet(departmentsOf(item)) }]
      : []),
    ...(hasSuccessor ? [{ key: 'successor', title: '新编码', width: '56px', render: ({ item }: Row) => item.successor ?? quiet('') }] : []),
  ]
}
