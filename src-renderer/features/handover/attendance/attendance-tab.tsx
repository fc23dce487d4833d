import { App, DatePicker, type InputRef, Segmented } from 'antd'
import dayjs from 'dayjs'
import { useMemo, useRef, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import { type AttendanceLine, statementDue, statementPeriod, type Verdict, verdicts } from '#shared/domain/shift/attendance'
import { mayCall } from '../../../bridge/permissions'
import { useBridge, useTopic } from '../../../bridge/react'
import { saveBlob } from '../../../bridge/save-blob'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { useQuery } from '../../../bridge/use-query'
import { ActionButton } from '../../../ui/action-button'
import { DataGrid, type GridColumn } from '../../../ui/data-grid'
import { FilterBox } from '../../../ui/filter-box'
import { Lamp } from '../../../ui/lamp'
import { MonthNav, monthByKey } from '../../../ui/month-nav'
import { PaneHeader } from '../../../ui/pane-header'
import { StaleMark } from '../../../ui/stale-mark'
import { CodedError, EmptyState, LoadingState } from '../../../ui/states'
import { formatDate, formatDateTime, formatTime } from '../../../ui/time-format'
import { AttendancePaper } from './attendance-paper'
import { csvOf, momentOf, remarkOf, type Statement, statementColumns, statementMonthOf, toneOf } from './attendance-words'
import { CorrectionForm } from './correction-form'

type View = 'day' | 'month'

/** Attendance: duty by duty for a day, and the statement from the 26th to the 25th; put right by whoever answers for the roster. */
export function AttendanceTab() {
  const now = useNow(60_000)
  const today = formatDate(now)
  const { isLive, asOf, reason } = useFreshness()
  const { call } = useBridge()
  const { message } = App.useApp()
  const me = useTopic('session.changed')?.agent
  const [view, setView] = useState<View>('day')
  const [day, setDay] = useState(today)
  const [month, setMonth] = useState(statementMonthOf(today))
  const [text, setText] = useState('')
  const [correcting, setCorrecting] = useState<AttendanceLine>()
  const [error, setError] = useState<AppError>()
  const filterRef = useRef<InputRef>(null)
  const period = view === 'day' ? { from: day, until: day } : statementPeriod(month)
  const read = useQuery('attendance.read', isLive ? period : undefined)
  const mayCorrect = mayCall('attendance.correct', me?.role)
  const due = mayCorrect ? statementDue(today) : null
  const fits = (one: { readonly name: string; readonly accountNo: string }) =>
    text.trim() === '' || `${one.name}${one.accountNo}`.includes(text.trim())
  const lines = ((read.value?.lines ?? []) as readonly AttendanceLine[]).filter(fits)
  const rows = ((read.value?.rows ?? []) as readonly Statement[]).filter(fits)
  const title = view === 'day' ? `${day} 考勤` : `${month} 月考勤统计`

  async function correct(line: AttendanceLine, verdict: Verdict, why: string): Promise<boolean> {
    const answer = await call('attendance.correct', { accountNo: line.accountNo, shiftId: line.span.shiftId, verdict, reason: why })
    setError(answer.ok ? undefined : answer.error)
    if (!answer.ok) return false
    void message.success('更正已记下，原结论保留在旁。')
    read.reload()
    return true
  }
  function onRowKey(key: string, line: AttendanceLine | undefined): boolean {
    if (key === 'c' && line && mayCorrect) setCorrecting(line)
    else {
      const other = view === 'month' ? monthByKey(key, month) : undefined
      const otherDay =
        view === 'day' && (key === ',' || key === '.')
          ? dayjs(day)
              .add(key === ',' ? -1 : 1, 'day')
              .format('YYYY-MM-DD')
          : undefined
      if (other) setMonth(other)
      else if (otherDay) setDay(otherDay)
      else return false
    }
    return true
  }
  function saveCsv(): void {
    const body =
      view === 'month'
        ? csvOf(
            statementColumns.map(({ title: name }) => name),
            rows.map((row) => statementColumns.map(({ of }) => of(row))),
          )
        : csvOf(
            ['日期', '班次', '工号', '姓名', '到', '离', '结论', '说明'],
            lines.map((line) => [
              ...[line.date, line.span.name, line.accountNo, line.name, momentOf(line.cameAt), momentOf(line.leftAt)],
              ...[verdicts[line.verdict], remarkOf(line)],
            ]),
          )
    saveBlob(new Blob([body], { type: 'text/csv' }), `${title}.csv`)
  }
  const nothing = reason ?? (lines.length + rows.length === 0 ? '没有内容。' : null)
  return (
    <section
      className="ui-pane attendance"
      aria-label="考勤"
      onKeyDown={(event) => {
        const target = event.target as HTMLElement
        if (!target.matches('input, textarea') && !event.ctrlKey && !event.altKey && onRowKey(event.key, undefined)) event.preventDefault()
      }}
    >
      <PaneHeader title="考勤" meta={mayCorrect ? '各岗' : '本人'}>
        {!isLive && <StaleMark asOf={asOf} now={now} />}
        <Segmented<View>
          size="small"
          aria-label="看什么"
          value={view}
          onChange={setView}
          options={[
            { value: 'day', label: '逐日' },
            { value: 'month', label: '月统计' },
          ]}
        />
        {view === 'day' ? (
          <DatePicker size="small" allowClear={false} value={dayjs(day)} onChange={(date) => date && setDay(date.format('YYYY-MM-DD'))} />
        ) : (
          <MonthNav month={month} words={`${period.from.slice(5)} 至 ${period.until.slice(5)}`} onChange={setMonth} />
        )}
        <ActionButton size="small" reason={nothing} onClick={saveCsv}>
          存表格
        </ActionButton>
        <ActionButton size="small" reason={nothing} onClick={() => window.print()}>
          打印
        </ActionButton>
      </PaneHeader>
      {due !== null && (
        <p className="attendance-due" role="status">
          <Lamp tone="amber" label="" />
          <b>{`${due} 月考勤 25 日前统计上报`}</b>
          <span>
            计 {statementPeriod(due).from} 至 {statementPeriod(due).until}；看过“月统计”，有误的按 C 更正后打印签字。
          </span>
        </p>
      )}
      {(error ?? read.error) && <CodedError error={(error ?? read.error) as AppError} onRetry={read.reload} />}
      {correcting && (
        <CorrectionForm
          key={`${correcting.accountNo}/${correcting.span.shiftId}`}
          line={correcting}
          reason={reason}
          onCorrect={(verdict, why) => correct(correcting, verdict, why)}
          onClose={() => setCorrecting(undefined)}
        />
      )}
      <div className="ui-toolbar">
        <FilterBox value={text} onChange={setText} placeholder="姓名或工号" inputRef={filterRef} />
        <span className="ui-meta">
          <kbd>,</kbd> <kbd>.</kbd> {view === 'day' ? '前一天、后一天' : '上一月、下一月'}
        </span>
        <span className="ui-spring" />
        <span className="ui-meta">
          {read.isLoading
            ? '正在取…'
            : read.readAt === null
              ? ''
              : `${view === 'day' ? `${lines.length} 班` : `${rows.length} 人`}，算于 ${formatDateTime(read.readAt).slice(11)}`}
        </span>
      </div>
      {read.value === undefined && read.isLoading ? (
        <LoadingState what="考勤" />
      ) : view === 'day' ? (
        <DataGrid
          label="逐日考勤"
          columns={dayColumns}
          rows={lines}
          rowKey={({ accountNo, span }) => `${accountNo}/${span.shiftId}`}
          groupOf={({ span }) => `${span.name} ${formatTime(span.startsAt)}–${formatTime(span.endsAt)}`}
          filterRef={filterRef}
          isDimmed={!isLive || read.isLoading}
          hints={mayCorrect ? [['C', '更正']] : []}
          onRowKey={(key, line) => onRowKey(key, line)}
          empty={<EmptyState text={isLive ? '这一天没有排班，或班次还没有开始。' : '考勤在中心，连上后可看。'} />}
        />
      ) : (
        <MonthGrid rows={rows} isDimmed={!isLive || read.isLoading} isLive={isLive} />
      )}
      <AttendancePaper
        title={view === 'day' ? '坐席考勤表' : '坐席月考勤统计表'}
        meta={`${view === 'day' ? day : `${period.from} 至 ${period.until}`}　算于 ${read.readAt === null ? '' : formatDateTime(read.readAt)}`}
        {...{ rows, lines }}
        isDaily={view === 'day'}
      />
    </section>
  )
}

function MonthGrid({
  rows,
  isDimmed,
  isLive,
}: {
  readonly rows: readonly Statement[]
  readonly isDimmed: boolean
  readonly isLive: boolean
}) {
  const columns = useMemo(
    () =>
      statementColumns.map(
        ({ title, of }, index): GridColumn<Statement> => ({
          key: title,
          title,
          width: index === 0 ? '56px' : index === 1 ? 'minmax(64px, 1fr)' : title.length > 4 ? '92px' : '62px',
          ...(index > 1 && { align: 'right' as const }),
          render: (row) => <span className={of(row) === 0 ? 'ui-meta' : undefined}>{of(row)}</span>,
        }),
      ),
    [],
  )
  return (
    <DataGrid
      label="月考勤统计"
      columns={columns}
      rows={rows}
      rowKey={({ accountNo }) => accountNo}
      isDimmed={isDimmed}
      empty={<EmptyState text={isLive ? '这个月还没有排班，没有可统计的。' : '考勤在中心，连上后可看。'} />}
    />
  )
}

const dayColumns: readonly GridColumn<AttendanceLine>[] = [
  { key: 'no', title: '工号', width: '64px', render: ({ accountNo }) => accountNo },
  { key: 'name', title: '姓名', width: '80px', render: ({ name }) => name },
  {
    key: 'verdict',
    title: '结论',
    width: '96px',
    render: ({ verdict }) => (
      <>
        <Lamp tone={toneOf[verdict]} label="" /> {verdicts[verdict]}
      </>
    ),
  },
  { key: 'came', title: '到', width: '56px', render: ({ cameAt }) => momentOf(cameAt) },
  {
    key: 'left',
    title: '离',
    width: '56px',
    render: ({ leftAt, cameAt }) => (cameAt !== null && leftAt === null ? '在岗' : momentOf(leftAt)),
  },
  { key: 'points', title: '扣分', width: '48px', align: 'right', render: ({ points }) => (points === 0 ? '' : points) },
  { key: 'remark', title: '说明', width: 'minmax(0,1fr)', render: (line) => <span className="ui-meta">{remarkOf(line)}</span> },
]
