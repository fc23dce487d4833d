import { App, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import type { GbDevice } from '#shared/contracts/gb-shapes'
import { useBridge } from '../../bridge/react'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { FilterBox } from '../../ui/filter-box'
import { Lamp, type LampTone } from '../../ui/lamp'
import { CodedError, EmptyState } from '../../ui/states'
import { formatMoment } from '../../ui/time-format'
import { GbChannels } from './gb-channels'
import { GbDeviceForm } from './gb-device-form'
import { GbDoor } from './gb-door'
import { KeyedTable } from './keyed-table'
import { TabToolbar } from './tab-toolbar'

/** 国标设备 (GB/T 28181): which devices may register, whether they are there, what each has, and who knocked in vain. */
export function GbTab() {
  const { call } = useBridge()
  const fresh = useFreshness()
  const now = useNow(10_000)
  const query = useQuery('gbDevices.list', fresh.isLive ? {} : undefined)
  const [text, setText] = useState('')
  const [currentKey, setCurrentKey] = useState<string>()
  const [editing, setEditing] = useState<GbDevice | { readonly newId: string } | null>(null)
  const [shown, setShown] = useState<GbDevice | null>(null)
  const filterRef = useRef<InputRef>(null)
  const { message } = App.useApp()
  const platform = query.value?.platform
  const reason = fresh.reason ?? (query.value && !platform ? '中心没有启用国标接入。' : null)
  const all = query.value?.items ?? []
  const needle = text.trim()
  const rows = all.filter(
    ({ name, deviceId, address }) => needle === '' || [name, deviceId, address ?? ''].some((one) => one.includes(needle)),
  )
  const online = all.filter(({ isOnline }) => isOnline).length
  const add = (newId: string) => reason === null && setEditing({ newId })
  const ask = async (device: GbDevice) => {
    const asked = await call('gbDevices.askCatalog', { deviceId: device.deviceId })
    void (asked.ok ? message.success(`已向“${device.name}”查询目录，稍后刷新。`) : message.error(asked.error.message))
  }

  return (
    <div className="adm-main">
      <TabToolbar
        filter={<FilterBox value={text} onChange={setText} inputRef={filterRef} placeholder="名称、编码、地址" />}
        count={`${rows.length} 台，在线 ${online}`}
        readAt={query.readAt}
        now={now}
        reason={fresh.reason}
        onReload={query.reload}
      >
        <ActionButton type="primary" keys="N" reason={reason} onClick={() => add('')}>
          登记设备
        </ActionButton>
      </TabToolbar>
      {query.error && <CodedError error={query.error} onRetry={query.reload} />}
      {query.value && <GbDoor platform={platform ?? null} refused={query.value.refused} now={now} reason={reason} onAdd={add} />}
      <KeyedTable<GbDevice>
        label="国标设备"
        columns={columnsFor(now, reason, { onEdit: setEditing, onShow: setShown })}
        rows={rows}
        rowKey={({ deviceId }) => deviceId}
        currentKey={currentKey ?? rows[0]?.deviceId}
        onCurrent={setCurrentKey}
        onOpen={setShown}
        onRowKey={(key, device) => {
          if (reason !== null || !'ner'.includes(key)) return false
          if (key === 'n') add('')
          else if (key === 'e') setEditing(device)
          else void ask(device)
          return true
        }}
        filterRef={filterRef}
        hints={[
          ['Enter', '看通道'],
          ['N', '登记'],
          ['E', '修改'],
          ['R', '查询目录'],
        ]}
        isLoading={query.isLoading}
        isDimmed={!fresh.isLive || query.isLoading}
        empty={
          <EmptyState
            text={!fresh.isLive ? '设备由中心管理，连上后显示。' : platform === null ? '中心没有启用国标接入。' : '还没有登记国标设备。'}
            {...(reason === null && { keys: 'N', action: '登记' })}
          />
        }
      />
      {editing && (
        <GbDeviceForm
          device={'newId' in editing ? null : editing}
          newId={'newId' in editing ? editing.newId : ''}
          onClose={() => setEditing(null)}
          onStale={query.reload}
          onSaved={(device) => {
            setEditing(null)
            setCurrentKey(device.deviceId)
            query.reload()
            void message.success(`“${device.name}”已保存。`)
          }}
        />
      )}
      {shown && <GbChannels device={shown} reason={reason} onAsk={() => void ask(shown)} onClose={() => setShown(null)} />}
    </div>
  )
}

function stateOf({ isEnabled, needsPassword, isOnline, seenAt }: GbDevice): readonly [LampTone, string] {
  if (!isEnabled) return ['none', '停用']
  if (needsPassword) return ['amber', '口令要重录']
  if (isOnline) return ['green', '在线']
  return seenAt === null ? ['none', '没来过'] : ['red', '离线']
}

function columnsFor(now: number, reason: string | null, on: { onEdit(device: GbDevice): void; onShow(device: GbDevice): void }) {
  return [
    {
      title: '状态',
      key: 'state',
      width: 104,
      render: (_: unknown, device: GbDevice) => {
        const [tone, words] = stateOf(device)
        return (
          <span className="ui-sync">
            <Lamp tone={tone} label="" />
            {words}
          </span>
        )
      },
    },
    { title: '名称', dataIndex: 'name', ellipsis: true },
    { title: '国标编码', dataIndex: 'deviceId', width: 200, className: 'adm-code' },
    { title: '来自', key: 'address', width: 176, render: (_: unknown, { address }: GbDevice) => address ?? '—' },
    { title: '厂家型号', key: 'make', width: 128, ellipsis: true, render: (_: unknown, { make }: GbDevice) => make ?? '—' },
    {
      title: '通道',
      key: 'channels',
      width: 128,
      render: (_: unknown, { channels, channelsOnline, catalogAt, isCatalogWhole }: GbDevice) =>
        catalogAt === null ? '没有报来' : `在线 ${channelsOnline} / ${channels}${isCatalogWhole ? '' : '，没报全'}`,
    },
    {
      title: '最近',
      key: 'seenAt',
      width: 96,
      render: (_: unknown, { seenAt }: GbDevice) => (seenAt === null ? '—' : formatMoment(seenAt, now)),
    },
    {
      title: '',
      key: 'actions',
      width: 136,
      align: 'right' as const,
      render: (_: unknown, device: GbDevice) => (
        <span className="adm-row-actions">
          <ActionButton size="small" reason={null} onClick={() => on.onShow(device)}>
            通道
          </ActionButton>
          <ActionButton size="small" keys="E" reason={reason} onClick={() => on.onEdit(device)}>
            修改
          </ActionButton>
        </span>
      ),
    },
  ]
}
