import { DatePicker, Input, type InputRef, Select } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useRef, useState } from 'react'
import { dutyLogRoutes } from '#shared/contracts/central-api/duty-log'
import { type RoleId, roles } from '#shared/domain/account/role'
import { type DutyLogKind, dutyLogKinds } from '#shared/domain/duty-log/duty-log'
import { type Origin, origins } from '#shared/domain/duty-log/seal'
import { mayCall } from '../../bridge/permissions'
import { useFreshness } from '../../bridge/use-freshness'
import { useNow } from '../../bridge/use-now'
import { ActionButton } from '../../ui/action-button'
import { DataGrid } from '../../ui/data-grid'
import { FilterBox } from '../../ui/filter-box'
import { CodedError, EmptyState, LoadingState, NoPermission } from '../../ui/states'
import { formatDay } from '../../ui/time-format'
import { columnsOfLog, correctedIn, type LogLine } from './log-columns'
import { type LogQuery, useLogSearch } from './use-log-search'

interface HistoryProps {
  readonly switcher: React.ReactNode
  readonly role: RoleId | undefined
  onCorrect(entry: LogLine): void
}

interface Filters {
  readonly text: string
  readonly kind: DutyLogKind | undefined
  readonly origin: Origin | undefined
  readonly authorNo: string
  readonly seatNo: string
  readonly days: readonly [from: string, until: string] | undefined
}

const noFilters: Filters = { text: '', kind: undefined, origin: undefined, authorNo: '', seatNo: '', days: undefined }
const optionsOf = <K extends string>(names: Readonly<Record<K, string>>) =>
  (Object.keys(names) as K[]).map((value) => ({ value, label: names[value] }))

/** The log of all the years, at the centre: words, and what narrows them. */
export function DutyLogHistory({ switcher, role, onCorrect }: HistoryProps) {
  const { isLive, reason } = useFreshness()
  const now = useNow(60_000)
  const [filters, setFilters] = useState(noFilters)
  const filterRef = useRef<InputRef>(null)
  const mayRead = role !== undefined && dutyLogRoutes['dutyLog.search'].roles.some((each) => each === role)
  const search = useLogSearch(queryOf(filters), isLive && mayRead)
  const corrected = useMemo(() => correctedIn(search.items), [search.items])
  const columns = useMemo(() => columnsOfLog(corrected).filter(({ key }) => key !== 'sync'), [corrected])
  if (!mayRead) return <NoPermission text={`您的岗位（${role ? roles[role] : '未签入'}）不查看工作日志；需要时请找值班长。`} />
  const isNarrowed = JSON.stringify(filters) !== JSON.stringify(noFilters)
  return (
    <>
      <div className="ui-toolbar">
        {switcher}
        <FilterBox
          value={filters.text}
          onChange={(text) => setFilters({ ...filters, text })}
          placeholder="历年日志里的字词、姓名、关联"
          inputRef={filterRef}
        />
        <MoreFilters filters={filters} onChange={setFilters} />
        <span className="ui-spring" />
        <span className="ui-meta" role="status">
          {search.isLoading ? '正在查…' : `${search.items.length} 条${search.next === null ? '' : '，还有更早的'}`}
        </span>
      </div>
      {search.error && <CodedError error={search.error} onRetry={search.reload} />}
      {!isLive && <p className="log-offline">{reason}这里显示的是断开前查到的。</p>}
      {search.items.length === 0 && search.isLoading ? (
        <LoadingState what="历年日志" />
      ) : (
        <DataGrid
          label="历年工作日志"
          hasHead={false}
          columns={columns}
          rows={search.items}
          rowKey={(entry) => entry.entryId}
          groupOf={(entry) => formatDay(entry.writtenAt, now)}
          filterRef={filterRef}
          isDimmed={!isLive || search.isLoading}
          hints={[['R', '更正']]}
          onRowKey={(key, entry) => {
            if (key !== 'r' || !mayCall('dutyLog.append', role)) return false
            onCorrect(entry)
            return true
          }}
          empty={
            isNarrowed ? (
              <EmptyState text="历年日志里没有符合的。" keys="/" action="换字词，Esc 清空" />
            ) : (
              <EmptyState text={isLive ? '中心还没有工作日志。' : '历年日志在中心，连上后可查。'} />
            )
          }
        />
      )}
      {search.next !== null && (
        <div className="log-more">
          <ActionButton block size="small" reason={reason} loading={search.isLoading} onClick={search.more}>
            更早的
          </ActionButton>
        </div>
      )}
    </>
  )
}

function MoreFilters({ filters, onChange }: { readonly filters: Filters; onChange(filters: Filters): void }) {
  const number = (label: string, field: 'authorNo' | 'seatNo') => (
    <Input
      size="small"
      className="log-number"
      allowClear
      aria-label={label}
      placeholder={label}
      value={filters[field]}
      onChange={(event) => onChange({ ...filters, [field]: event.target.value.trim() })}
    />
  )
  return (
    <>
      <Select<DutyLogKind>
        size="small"
        className="log-choice"
        aria-label="种类"
        placeholder="种类"
        allowClear
        value={filters.kind ?? null}
        onChange={(kind) => onChange({ ...filters, kind: kind ?? undefined })}
        options={optionsOf(dutyLogKinds)}
      />
      <Select<Origin>
        size="small"
        className="log-choice"
        aria-label="来历"
        placeholder="来历"
        allowClear
        value={filters.origin ?? null}
        onChange={(origin) => onChange({ ...filters, origin: origin ?? undefined })}
        options={optionsOf(origins)}
      />
      {number('工号', 'authorNo')}
      {number('坐席', 'seatNo')}
      <DatePicker.RangePicker
        size="small"
        aria-label="日期"
        placeholder={['起', '止']}
        allowEmpty={[true, true]}
        value={filters.days ? [dayOf(filters.days[0]), dayOf(filters.days[1])] : null}
        onChange={(range) =>
          onChange({ ...filters, days: range ? [range[0]?.format('YYYY-MM-DD') ?? '', range[1]?.format('YYYY-MM-DD') ?? ''] : undefined })
        }
      />
    </>
  )
}

const dayOf = (date: string) => (date === '' ? null : dayjs(date))
const startOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`)

function queryOf({ text, kind, origin, authorNo, seatNo, days }: Filters): LogQuery {
  const words = text.trim()
  return {
    ...(words !== '' && { q: words }),
    ...(kind && { kind }),
    ...(origin && { origin }),
    // A number that is not whole yet narrows nothing.
    ...(/^[0-9A-Za-z]{2,16}$/.test(authorNo) && { authorNo }),
    ...(/^[0-9A-Za-z]{2,8}$/.test(seatNo) && { seatNo }),
    ...(days?.[0] && { from: startOf(days[0]) }),
    ...(days?.[1] && { until: startOf(days[1]) + 86_400_000 }),
  }
}
