import { useMemo, useState } from 'react'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { describeLimit } from '#shared/domain/clock/limit'
import { LineList, useNames, wrapped } from './city-views'
import type { DocumentViewProps } from './document-view'
import { itemKinds } from './documents'
import { type HandbookEntry, type ResponsibilityRow, withEntry, withRow } from './edit-document'
import { HandbookForm } from './handbook-form'
import { ResponsibilityForm } from './responsibility-form'
import { useSave } from './use-save'

/** Who answers for what, and when a report is filed and closed: read by everybody, kept by the administrator (Enter on a row). */
interface Opened<T> {
  readonly item: T
  /** Of the document that the form was opened on. */
  readonly hash: string
}

export function ResponsibilityView({ document, entry, entries, code }: DocumentViewProps<ReferenceDocument<'responsibility'>>) {
  const subclasses = useNames(entries, 'handbook')
  const departments = useNames(entries, 'departments')
  const areas = useNames(entries, 'areas')
  const saving = useSave(entry)
  const [opened, setOpened] = useState<Opened<ResponsibilityRow>>()
  const lines = useMemo(
    () =>
      document.rows.map((row) => ({
        row,
        key: `${row.kind}/${row.subclassCode}/${row.areaCode}`,
        code: row.subclassCode,
        name: subclasses.get(`${row.kind}/${row.subclassCode}`) ?? '',
      })),
    [document, subclasses],
  )
  return (
    <>
      <LineList
        title={document.title}
        meta={saving.mayEdit ? `${document.standard}，Enter 修改` : document.standard}
        lines={lines}
        nameTitle="小类"
        codeWidth="56px"
        wanted={code}
        onOpen={saving.mayEdit ? ({ row }) => setOpened({ item: row, hash: entry.hash }) : undefined}
        more={[
          { key: 'kind', title: '类', width: '40px', render: ({ row }) => itemKinds[row.kind] },
          { key: 'area', title: '范围', width: '88px', render: ({ row }) => areas.get(row.areaCode) ?? row.areaCode },
          {
            key: 'department',
            title: '责任单位',
            width: 'minmax(0,1fr)',
            render: ({ row }) => departments.get(row.departmentCode) ?? row.departmentCode,
          },
          { key: 'limit', title: '时限', width: '96px', render: ({ row }) => describeLimit(row.limit) },
          { key: 'law', title: '法律依据', width: 'minmax(0,1.4fr)', render: ({ row }) => wrapped(row.legalBasis) },
        ]}
      />
      {opened && (
        <ResponsibilityForm
          row={opened.item}
          name={subclasses.get(`${opened.item.kind}/${opened.item.subclassCode}`) ?? ''}
          {...{ departments, areas, saving }}
          onClose={() => setOpened(undefined)}
          onSave={async (row) => {
            const isSaved = await saving.save(withRow(document, row), opened.hash)
            if (isSaved) setOpened(undefined)
            return isSaved
          }}
        />
      )}
    </>
  )
}

function Conditions({ conditions }: { readonly conditions: HandbookEntry['conditions'] }) {
  return conditions.map(({ conditionId, text, limit }) => (
    <div key={conditionId} className="ui-wrap">
      {text} <b>{describeLimit(limit)}</b>
    </div>
  ))
}

export function HandbookView({ document, entry, code }: DocumentViewProps<ReferenceDocument<'handbook'>>) {
  const saving = useSave(entry)
  const [opened, setOpened] = useState<Opened<HandbookEntry>>()
  const lines = useMemo(
    () => document.entries.map((item) => ({ item, name: item.name, key: `${item.kind}/${item.subclassCode}`, code: item.subclassCode })),
    [document],
  )
  return (
    <>
      <LineList
        title={document.title}
        meta={saving.mayEdit ? `${document.standard}，Enter 修改` : document.standard}
        lines={lines}
        nameTitle="小类"
        codeWidth="56px"
        wanted={code}
        onOpen={saving.mayEdit ? ({ item }) => setOpened({ item, hash: entry.hash }) : undefined}
        more={[
          { key: 'kind', title: '类', width: '40px', render: ({ item }) => itemKinds[item.kind] },
          {
            key: 'conditions',
            title: '立案条件（时限）',
            width: 'minmax(0,2.4fr)',
            render: ({ item }) => <Conditions conditions={item.conditions} />,
          },
          { key: 'closing', title: '结案条件', width: 'minmax(0,1.4fr)', render: ({ item }) => wrapped(item.closing) },
          { key: 'department', title: '责任单位类型', width: '120px', render: ({ item }) => wrapped(item.departmentType) },
        ]}
      />
      {opened && (
        <HandbookForm
          entry={opened.item}
          saving={saving}
          onClose={() => setOpened(undefined)}
          onSave={async (item) => {
            const isSaved = await saving.save(withEntry(document, item), opened.hash)
            if (isSaved) setOpened(undefined)
            return isSaved
          }}
        />
      )}
    </>
  )
}
