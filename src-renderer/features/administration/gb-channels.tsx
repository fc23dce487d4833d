import { Modal, Table } from 'antd'
import type { GbChannel, GbDevice } from '#shared/contracts/gb-shapes'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { Lamp } from '../../ui/lamp'
import { CodedError } from '../../ui/states'

/** What a device has, and which camera of the city's directory each channel is. */
export function GbChannels({
  device,
  reason,
  onAsk,
  onClose,
}: {
  readonly device: GbDevice
  readonly reason: string | null
  onAsk(): void
  onClose(): void
}) {
  const query = useQuery('gbDevices.channels', reason === null ? { deviceId: device.deviceId } : undefined)
  const rows = query.value?.items ?? []
  return (
    <Modal
      open
      title={`“${device.name}”的通道`}
      width={880}
      onCancel={onClose}
      footer={
        <>
          <ActionButton reason={reason ?? (device.isOnline ? null : '设备不在线。')} onClick={onAsk}>
            查询目录
          </ActionButton>
          <ActionButton reason={reason} onClick={query.reload}>
            刷新
          </ActionButton>
          <ActionButton type="primary" keys="Esc" reason={null} onClick={onClose}>
            关闭
          </ActionButton>
        </>
      }
    >
      {query.error && <CodedError error={query.error} onRetry={query.reload} />}
      <Table<GbChannel>
        size="small"
        rowKey="channelId"
        dataSource={[...rows]}
        loading={query.isLoading}
        pagination={rows.length > 200 ? { pageSize: 200, showSizeChanger: false } : false}
        scroll={{ y: 420 }}
        locale={{ emptyText: '设备还没有报来通道' }}
        columns={[
          {
            title: '状态',
            key: 'isOnline',
            width: 80,
            render: (_: unknown, { isOnline }: GbChannel) => (
              <span className="ui-sync">
                <Lamp tone={isOnline ? 'green' : 'red'} label="" />
                {isOnline ? '在线' : '离线'}
              </span>
            ),
          },
          { title: '通道编码', dataIndex: 'channelId', width: 200, className: 'adm-code' },
          { title: '设备上的名称', dataIndex: 'name', ellipsis: true },
          {
            title: '监控点目录',
            key: 'camera',
            width: 320,
            render: (_: unknown, { cameraNo, cameraName, missing }: GbChannel) =>
              cameraNo === null ? <span className="adm-quiet">{missings[missing]}</span> : `${cameraNo} ${cameraName ?? ''}`,
          },
        ]}
      />
    </Modal>
  )
}

const missings: Readonly<Record<GbChannel['missing'], string>> = {
  none: '',
  noPlace: '没有坐标：在“标准与区划”的监控点里按此编码录入',
  outside: '坐标不在本城区网格内，没有进目录',
  noCamera: '不是摄像机',
  waiting: '正在进目录',
}
