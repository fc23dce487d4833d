import { ModalForm, type ProFormInstance, ProFormSwitch, ProFormText } from '@ant-design/pro-components'
import { App, type InputRef } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { OutputOfCommand, StateOfTopic } from '#shared/contracts/seat-api/table'
import { mayCall } from '../../bridge/permissions'
import { useBridge, useTopic } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { FilterBox } from '../../ui/filter-box'
import { FormKeys } from '../../ui/form-keys'
import { Lamp } from '../../ui/lamp'
import { CodedError, EmptyState } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'
import { KeyedTable } from './keyed-table'
import { TabToolbar } from './tab-toolbar'

type Seat = OutputOfCommand<'seats.create'>
type Person = StateOfTopic<'onDuty.changed'>['people'][number]

/** Seats as the centre knows them: who is at each, new ones, changes. Leads may look, the administrator may change. */
export function SeatsTab() {
  const fresh = useFreshness()
  const now = useNow(60_000)
  const role = useTopic('session.changed')?.agent?.role
  const onDuty = useTopic('onDuty.changed')
  const query = useQuery('seats.list', fresh.isLive ? {} : undefined)
  const [text, setText] = useState('')
  const [currentKey, setCurrentKey] = useState<string>()
  const [editing, setEditing] = useState<'new' | string | null>(null)
  const filterRef = useRef<InputRef>(null)
  const { message } = App.useApp()
  const reason = mayCall('seats.update', role) ? fresh.reason : '坐席由系统管理员登记和修改，您可以查看。'
  const all = query.value?.items ?? []
  const needle = text.trim()
  const rows = all.filter((seat) => needle === '' || [seat.seatNo, seat.name, seat.extension ?? ''].some((field) => field.includes(needle)))
  const edited = editing === null || editing === 'new' ? null : all.find((seat) => seat.seatId === editing)
  const open = (target: 'new' | string) => reason === null && setEditing(target)

  return (
    <div className="adm-main">
      <TabToolbar
        filter={<FilterBox value={text} onChange={setText} inputRef={filterRef} placeholder="坐席号、位置、分机" />}
        count={`${rows.length} 席`}
        readAt={query.readAt}
        now={now}
        reason={fresh.reason}
        onReload={query.reload}
      >
        <ActionButton type="primary" keys="N" reason={reason} onClick={() => open('new')}>
          登记坐席
        </ActionButton>
      </TabToolbar>
      {query.error && <CodedError error={query.error} onRetry={query.reload} />}
      <KeyedTable<Seat>
        label="坐席"
        columns={columnsFor(onDuty?.people ?? [], now, (seat) => open(seat.seatId), reason)}
        rows={rows}
        rowKey={(seat) => seat.seatId}
        currentKey={currentKey ?? rows[0]?.seatId}
        onCurrent={setCurrentKey}
        onOpen={(seat) => open(seat.seatId)}
        onRowKey={(key, seat) => {
          if (reason !== null || (key !== 'n' && key !== 'e')) return false
          open(key === 'n' ? 'new' : seat.seatId)
          return true
        }}
        filterRef={filterRef}
        hints={[
          ['N', '登记'],
          ['E', '修改'],
        ]}
        isLoading={query.isLoading}
        isDimmed={!fresh.isLive || query.isLoading}
        empty={
          <EmptyState
            text={fresh.isLive ? '还没有登记坐席。' : '坐席由中心管理，连上后显示。'}
            {...(reason === null && { keys: 'N', action: '登记' })}
          />
        }
      />
      {(editing === 'new' || edited) && (
        <SeatForm
          seat={edited ?? null}
          onClose={() => setEditing(null)}
          onStale={query.reload}
          onSaved={(seat) => {
            setEditing(null)
            setCurrentKey(seat.seatId)
            query.reload()
            void message.success(`坐席 ${seat.seatNo} 已保存。`)
          }}
        />
      )}
    </div>
  )
}

function columnsFor(people: readonly Person[], now: number, onEdit: (seat: Seat) => void, reason: string | null) {
  return [
    { title: '坐席', dataIndex: 'seatNo', width: 72 },
    { title: '位置', dataIndex: 'name' },
    { title: '分机', key: 'extension', width: 96, render: (_: unknown, seat: Seat) => seat.extension ?? '—' },
    {
      title: '状态',
      key: 'isEnabled',
      width: 96,
      render: (_: unknown, seat: Seat) => (
        <span className="ui-sync">
          <Lamp tone={seat.isEnabled ? 'green' : 'none'} label="" />
          {seat.isEnabled ? '在用' : '停用'}
        </span>
      ),
    },
    {
      title: '此刻',
      key: 'person',
      width: 200,
      render: (_: unknown, seat: Seat) => {
        const person = people.find((each) => each.seatNo === seat.seatNo)
        return person ? `${person.name}，${formatMoment(person.since, now)} 起` : '空'
      },
    },
    {
      title: '',
      key: 'actions',
      width: 72,
      align: 'right' as const,
      render: (_: unknown, seat: Seat) => (
        <ActionButton size="small" keys="E" reason={reason} onClick={() => onEdit(seat)}>
          修改
        </ActionButton>
      ),
    },
  ]
}

interface SeatFields {
  readonly seatNo: string
  readonly name: string
  readonly extension?: string
  readonly isEnabled: boolean
}

interface SeatFormProps {
  readonly seat: Seat | null
  onClose(): void
  onSaved(seat: Seat): void
  onStale(): void
}

function SeatForm({ seat, onClose, onSaved, onStale }: SeatFormProps) {
  const { call } = useBridge()
  const form = useRef<ProFormInstance<SeatFields>>(undefined)
  const [error, setError] = useState<AppError>()
  const initial = useMemo(
    () => ({ seatNo: seat?.seatNo ?? '', name: seat?.name ?? '', extension: seat?.extension ?? '', isEnabled: seat?.isEnabled ?? true }),
    [seat],
  )
  useEffect(() => {
    form.current?.setFieldsValue(initial)
  }, [initial])

  async function save({ seatNo, name, extension, isEnabled }: SeatFields): Promise<boolean> {
    const number = extension === undefined || extension === '' ? null : extension
    const answer =
      seat === null
        ? await call('seats.create', { seatNo, name, extension: number })
        : await call('seats.update', { seatId: seat.seatId, version: seat.version, name, extension: number, isEnabled })
    setError(answer.ok ? undefined : answer.error)
    if (answer.ok) onSaved(answer.value)
    else if (answer.error.code === 'record/stale') onStale()
    return answer.ok
  }

  return (
    <ModalForm<SeatFields>
      open
      title={seat ? `修改坐席 ${seat.seatNo}` : '登记坐席'}
      width={440}
      layout="horizontal"
      labelCol={{ flex: '72px' }}
      formRef={form}
      initialValues={initial}
      autoFocusFirstInput
      modalProps={{ onCancel: onClose, mask: { closable: false }, destroyOnHidden: true }}
      submitter={{ searchConfig: { submitText: seat ? '保存 Ctrl+Enter' : '登记 Ctrl+Enter', resetText: '取消 Esc' } }}
      onFinish={save}
    >
      <FormKeys formRef={form}>
        {error && <CodedError error={error} />}
        <ProFormText
          name="seatNo"
          label="坐席号"
          disabled={seat !== null}
          placeholder="1 至 4 位数字，如 02"
          rules={[{ required: true, pattern: /^[0-9]{1,4}$/, message: '1 至 4 位数字' }]}
        />
        <ProFormText
          name="name"
          label="位置"
          placeholder="如 大厅一排"
          rules={[{ required: true, whitespace: true, max: 40, message: '填位置，不超过 40 字' }]}
        />
        <ProFormText
          name="extension"
          label="分机"
          placeholder="2 至 8 位数字，可空"
          rules={[{ pattern: /^[0-9]{2,8}$/, message: '2 至 8 位数字' }]}
        />
        {seat && (
          <ProFormSwitch
            name="isEnabled"
            label="状态"
            checkedChildren="在用"
            unCheckedChildren="停用"
            extra="停用后不能在此坐席签入；记录都保留。"
          />
        )}
      </FormKeys>
    </ModalForm>
  )
}
