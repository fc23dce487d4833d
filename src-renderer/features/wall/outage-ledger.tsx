import { DatePicker, Modal, Table } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { chinaMidnight, dayMs } from '#shared/base/china-time'
import { csvLine, csvMark } from '#shared/base/csv'
import { absences, type OutagePart, outageCauses, outagesWithin } from '#shared/domain/camera/outages'
import { saveBlob } from '../../bridge/save-blob'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { useQuery } from '../../bridge/use-query'
import { ActionButton } from '../../ui/action-button'
import { CodedError } from '../../ui/states'
import { formatDate, formatDateTime, formatLength, formatTime } from '../../ui/time-format'

/** 离线台账: which cameras were away on a day, since when and for how long, as the centre kept it; goes out as a table for spreadsheets. */
export function OutageLedger({ onClose }: { onClose(): void }) {
  const now = useNow(30_000)
  const fresh = useFreshness()
  const today = chinaMidnight(now)
  const [picked, setPicked] = useState<number>()
  const from = picked ?? today
  const until = from + dayMs
  const query = useQuery('cameras.outages', fresh.isLive ? { from, until } : undefined)
  const parts = outagesWithin(query.value?.items ?? [], from, until, now)
  const away = absences(parts, from, until, now)
  const lasting = parts.filter(({ endedAt }) => endedAt === null).length
  const step = (days: number) => setPicked(Math.min(today, from + days * dayMs))
  const save = () => saveBlob(new Blob([ledgerCsv(parts, from)], { type: 'text/csv' }), `探头离线台账 ${formatDate(from)}.csv`)

  return (
    <Modal
      open
      title={`探头离线台账 ${formatDate(from)}`}
      width={860}
      onCancel={onClose}
      footer={
        <>
          <ActionButton reason={parts.length === 0 ? '这一天没有离线记录。' : null} onClick={save}>
            导出 CSV
          </ActionButton>
          <ActionButton type="primary" keys="Esc" reason={null} onClick={onClose}>
            关闭
          </ActionButton>
        </>
      }
    >
      <div className="wall-ledger-bar">
        <ActionButton size="small" reason={null} onClick={() => step(-1)}>
          前一天
        </ActionButton>
        <DatePicker
          size="small"
          allowClear={false}
          value={dayjs(formatDate(from))}
          maxDate={dayjs(formatDate(now))}
          onChange={(day) => day && setPicked(chinaMidnight(Date.parse(`${day.format('YYYY-MM-DD')}T12:00:00+08:00`)))}
        />
        <ActionButton size="small" reason={from >= today ? '已是今天。' : null} onClick={() => step(1)}>
          后一天
        </ActionButton>
        <span>
          {parts.length === 0 ? '没有离线' : `${away.length} 路离线 ${parts.length} 次${lasting > 0 ? `，${lasting} 路还没恢复` : ''}`}
        </span>
        {away[0] && away[0].times > 1 && (
          <span className="wall-quiet">
            最多：{away[0].cameraNo} {away[0].name}，{away[0].times} 次，在线率 {Math.floor(away[0].presentShare * 1000) / 10}%
          </span>
        )}
      </div>
      {fresh.reason && <p className="wall-quiet">台账在中心，连上后显示。</p>}
      {query.error && <CodedError error={query.error} onRetry={query.reload} />}
      <Table<OutagePart>
        size="small"
        rowKey="outageId"
        dataSource={[...parts]}
        loading={query.isLoading && !query.value}
        pagination={parts.length > 200 ? { pageSize: 200, showSizeChanger: false } : false}
        scroll={{ y: 420 }}
        locale={{ emptyText: '这一天中心掌握的探头没有离线' }}
        columns={[
          { title: '探头', dataIndex: 'cameraNo', width: 72 },
          { title: '名称', dataIndex: 'name', ellipsis: true },
          { title: '原因', key: 'cause', width: 96, render: (_: unknown, { cause }: OutagePart) => outageCauses[cause] },
          { title: '离线', key: 'beganAt', width: 136, render: (_: unknown, { beganAt }: OutagePart) => momentOn(beganAt, from) },
          {
            title: '恢复',
            key: 'endedAt',
            width: 136,
            render: (_: unknown, { endedAt }: OutagePart) => (endedAt === null ? '还没恢复' : momentOn(endedAt, from)),
          },
          { title: '当日时长', key: 'lengthMs', width: 112, render: (_: unknown, { lengthMs }: OutagePart) => formatLength(lengthMs) },
        ]}
      />
    </Modal>
  )
}

/** The day is said only where it is another one. */
const momentOn = (at: number, from: number): string => (at >= from && at < from + dayMs ? formatTime(at) : formatDateTime(at))

export function ledgerCsv(parts: readonly OutagePart[], from: number): string {
  const rows = parts.map(({ cameraNo, name, cause, beganAt, endedAt, lengthMs }) => [
    ...[formatDate(from), cameraNo, name, outageCauses[cause], formatDateTime(beganAt)],
    ...[endedAt === null ? '' : formatDateTime(endedAt), Math.round(lengthMs / 60_000)],
  ])
  return `${csvMark}${[['日期', '探头', '名称', '原因', '离线时间', '恢复时间', '当日时长（分钟）'], ...rows].map(csvLine).join('')}`
}
