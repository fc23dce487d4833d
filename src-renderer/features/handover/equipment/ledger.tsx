import { App, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { csvLine, csvMark } from '#shared/base/csv'
import { type Equipment, type EquipmentState, equipmentKinds, equipmentStates, warrantyAt } from '#shared/domain/equipment/equipment'
import { mayCall } from '../../../bridge/permissions'
import { useBridge, useTopic } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { useNow } from '../../../bridge/use-now'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { FilterBox } from '../../../ui/filter-box'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { CodedError, EmptyState } from '../../../ui/states'
import { formatDate } from '../../../ui/time-format'
import { LedgerForm } from './ledger-form'

const tones: Readonly<Record<EquipmentState, LampTone>> = {
  ...{ inUse: 'green', faulty: 'red', inRepair: 'amber', spare: 'none', retired: 'none' },
}

/** The ledger: what stands where, under which number, in which state, and how long its warranty lasts. */
export function Ledger({ items, isLive }: { readonly items: readonly Equipment[]; readonly isLive: boolean }) {
  const { call } = useBridge()
  const { message } = App.useApp()
  const today = formatDate(useNow(60_000))
  const role = useTopic('session.changed')?.agent?.role
  const [text, setText] = useState('')
  const [editing, setEditing] = useState<Equipment | 'new'>()
  const [error, setError] = useState<AppError>()
  const filterRef = useRef<InputRef>(null)
  const reason = !mayCall('equipment.write', role)
    ? '台账由值班长、平台助理和主管写。'
    : isLive
      ? null
      : '中心连不上，台账暂不能改；报障照常。'
  const fits = ({ equipmentNo, name, place, kind }: Equipment) =>
    `${equipmentNo} ${name} ${place} ${equipmentKinds[kind]}`.includes(text.trim())
  const rows = items.filter(fits)

  async function write(equipment: Omit<Equipment, 'equipmentId'>): Promise<boolean> {
    const own = editing === undefined || editing === 'new' ? {} : { equipmentId: editing.equipmentId }
    const answer = await call('equipment.write', { ...own, equipment })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return false
    setEditing(undefined)
    void message.success(`${equipment.equipmentNo} 已写入台账。`)
    return true
  }
  function save(): void {
    const lines = rows.map((one) => [
      ...[one.equipmentNo, one.name, equipmentKinds[one.kind], one.place, equipmentStates[one.state], one.warrantyUntil ?? '', one.note],
    ])
    const head = ['编号', '名称', '类别', '位置', '状态', '保修至', '备注']
    saveBlob(new Blob([`${csvMark}${[head, ...lines].map(csvLine).join('')}`], { type: 'text/csv' }), `设备台账 ${today}.csv`)
  }
  return (
    <>
      <div className="ui-toolbar">
        <FilterBox value={text} onChange={setText} placeholder="编号、名称、位置、类别" inputRef={filterRef} />
        <ActionButton size="small" reason={reason} onClick={() => setEditing('new')}>
          添一件
        </ActionButton>
        <ActionButton size="small" reason={rows.length === 0 ? '没有内容。' : null} onClick={save}>
          存表格
        </ActionButton>
        <span className="ui-spring" />
        <span className="ui-meta">{rows.length} 件</span>
      </div>
      {editing !== undefined && (
        <LedgerForm
          key={editing === 'new' ? 'new' : editing.equipmentId}
          present={editing === 'new' ? undefined : editing}
          reason={reason}
          onWrite={write}
          onClose={() => setEditing(undefined)}
        />
      )}
      {error && <CodedError error={error} />}
      <DataGrid
        label="设备台账"
        columns={columnsOn(today)}
        rows={rows}
        rowKey={({ equipmentId }) => equipmentId}
        filterRef={filterRef}
        isDimmed={!isLive}
        hints={reason === null ? [['E', '改']] : []}
        onOpen={(item) => reason === null && setEditing(item)}
        onRowKey={(key, item) => {
          if (key !== 'e' || reason !== null) return false
          setEditing(item)
          return true
        }}
        empty={<EmptyState text={items.length === 0 ? '台账里还没有设备，点“添一件”。没有台账也能报障。' : '没有符合的设备。'} />}
      />
    </>
  )
}

function columnsOn(today: string): readonly GridColumn<Equipment>[] {
  return [
    { key: 'no', title: '编号', width: '104px', render: ({ equipmentNo }) => <b>{equipmentNo}</b> },
    { key: 'name', title: '名称', width: 'minmax(120px,1fr)', render: ({ name }) => name },
    { key: 'kind', title: '类别', width: '80px', render: ({ kind }) => equipmentKinds[kind] },
    { key: 'place', title: '位置', width: 'minmax(100px,1fr)', render: ({ place }) => place },
    {
      key: 'state',
      title: '状态',
      width: '80px',
      render: ({ state }) => (
        <>
          <Lamp tone={tones[state]} label="" /> {equipmentStates[state]}
        </>
      ),
    },
    {
      key: 'warranty',
      title: '保修至',
      width: '150px',
      render: (item) => {
        const stands = warrantyAt(item, today)
        if (stands === 'none') return <span className="ui-meta">未记</span>
        return (
          <>
            {item.warrantyUntil}
            {stands === 'over' && <span className="ui-meta"> 已过保</span>}
            {stands === 'ending' && <b> 快到期</b>}
          </>
        )
      },
    },
    { key: 'note', title: '备注', width: 'minmax(0,1fr)', render: ({ note }) => <span className="ui-meta">{note}</span> },
  ]
}
