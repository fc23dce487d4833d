import type { EpochMs } from '#shared/base/clock'
import type { RoleId } from '#shared/domain/account/role'
import type { QueueId } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { useNowAs } from '../../../bridge/use-now'
import { Lamp } from '../../../ui/lamp'
import { formatMoment } from '../../../ui/time-format'
import type { ColumnChoice } from '../../../ui/virtual-table/column-choice'
import type { SortValue } from '../../../ui/virtual-table/row-sort'
import type { TableColumn } from '../../../ui/virtual-table/table-types'
import type { CaseSettings } from '../use-case-settings'
import {
  checkWords,
  dueWords,
  lampNames,
  lampOf,
  lastDigits,
  marksOf,
  proposalWords,
  provisionalWords,
  type RowLamp,
  remainingWords,
  requestWords,
  shortStreet,
  sourceName,
  stateName,
  verificationWords,
  type Words,
} from './row-words'

/** Every column a queue can show, what each post sees of them first, and by what they sort. Filters are put into them by the table's owner. */
export type ColumnKey =
  | 'lamp'
  | 'caseNo'
  | 'subclass'
  | 'source'
  | 'street'
  | 'address'
  | 'summary'
  | 'photos'
  | 'verification'
  | 'check'
  | 'proposal'
  | 'department'
  | 'collector'
  | 'request'
  | 'state'
  | 'arrived'

const words = ({ text, isOff }: Words) => (isOff ? <b className="ui-overrun">{text}</b> : text)
const quiet = (text: string | null) => <span className="cases-quiet">{text ?? '—'}</span>

export function columnsOf(settings: CaseSettings): readonly (TableColumn<CaseRow> & { readonly key: ColumnKey })[] {
  const { calendar, streets } = settings
  const street = (code: string | null) => (code === null ? '—' : shortStreet(streets.get(code) ?? code))
  return [
    {
      key: 'lamp',
      title: '时限',
      width: '132px',
      isSticky: true,
      isSortable: true,
      render: (row) => <Remaining row={row} calendar={calendar} />,
    },
    {
      key: 'caseNo',
      title: '案卷号',
      width: '116px',
      isSticky: true,
      isSortable: true,
      render: ({ caseNo }) => (
        <span title={caseNo}>
          <span className="cases-quiet">{caseNo.slice(0, caseNo.indexOf('-') + 1)}</span>
          <b>{lastDigits(caseNo)}</b>
        </span>
      ),
    },
    { key: 'subclass', title: '小类', width: 'minmax(112px, 1fr)', isSortable: true, render: (row) => <Subclass row={row} /> },
    { key: 'source', title: '来源', width: '92px', isSortable: true, render: sourceName },
    { key: 'street', title: '街道', width: '72px', isSortable: true, render: (row) => street(row.streetCode) },
    {
      key: 'address',
      title: '位置',
      width: 'minmax(144px, 2fr)',
      isSortable: true,
      render: (row) => (
        <span className="cases-cut cases-quiet" title={row.address}>
          {row.address}
        </span>
      ),
    },
    {
      key: 'summary',
      title: '描述',
      width: 'minmax(160px, 2fr)',
      render: (row) => (
        <span className="cases-cut cases-quiet" title={row.summary}>
          {row.summary}
        </span>
      ),
    },
    {
      key: 'photos',
      title: '照片',
      width: '52px',
      isSortable: true,
      render: ({ photoCount }) => (photoCount === 0 ? '无' : `${photoCount} 张`),
    },
    { key: 'verification', title: '核实', width: '76px', isSortable: true, render: (row) => words(verificationWords(row)) },
    { key: 'check', title: '核查', width: '64px', isSortable: true, render: (row) => words(checkWords(row)) },
    {
      key: 'proposal',
      title: '提议',
      width: '60px',
      isSortable: true,
      render: (row) => (row.proposal === 'decline' ? <b>{proposalWords(row)}</b> : proposalWords(row)),
    },
    { key: 'department', title: '责任部门', width: 'minmax(112px, 1fr)', isSortable: true, render: (row) => quiet(row.departmentName) },
    { key: 'collector', title: '监督员', width: '64px', isSortable: true, render: (row) => quiet(row.collectorNo) },
    {
      key: 'request',
      title: '申请',
      width: '104px',
      isSortable: true,
      render: (row) => <span title={row.request ? `${row.request.byName} 申请` : undefined}>{requestWords(row)}</span>,
    },
    { key: 'state', title: '状态', width: '68px', isSortable: true, render: stateName },
    { key: 'arrived', title: '到达', width: '84px', isSortable: true, render: (row) => <Arrived at={row.enteredAt} /> },
  ]
}

/** Lamp and words change by themselves; only rows in view exist, so only they are looked at every second, and drawn when they read differently. */
function Remaining({ row, calendar }: { readonly row: CaseRow; readonly calendar: WorkCalendar }) {
  const text = useNowAs(1000, (now) => `${lampOf(row, now)} ${remainingWords(row, calendar, now)}`)
  const lamp = text.slice(0, text.indexOf(' ')) as RowLamp
  const words = text.slice(lamp.length + 1)
  return (
    <>
      <Lamp tone={lamp} label={lampNames[lamp]} />
      <span className="cases-remaining" title={dueWords(row, calendar)}>
        {lamp === 'red' ? <b className="ui-overrun">{words}</b> : words}
      </span>
      <ProvisionalMark row={row} calendar={calendar} />
    </>
  )
}

/** 暂定 in words beside a due time that a calendar still to come may move. */
export function ProvisionalMark({ row, calendar }: { readonly row: CaseRow; readonly calendar: WorkCalendar }) {
  const words = provisionalWords(row, calendar)
  if (words === null) return null
  return (
    <span className="cases-mark" title={words}>
      暂定
    </span>
  )
}

function Subclass({ row }: { readonly row: CaseRow }) {
  return (
    <>
      <span className="cases-cut" title={row.subclassName}>
        {row.subclassName === '' ? '未定小类' : row.subclassName}
      </span>
      <CaseMarks row={row} />
    </>
  )
}

export function CaseMarks({ row }: { readonly row: CaseRow }) {
  return marksOf(row).map(({ text, title, isStrong }) => (
    <span key={title} className={isStrong ? 'cases-mark cases-mark-strong' : 'cases-mark'} title={title}>
      {text}
    </span>
  ))
}

function Arrived({ at }: { readonly at: EpochMs }) {
  const words = useNowAs(60_000, (now) => formatMoment(at, now))
  return <span className="cases-quiet">{words}</span>
}

/** By what each column sorts; a paused or untimed row comes after those whose time runs out. */
export function sortValues(settings: CaseSettings): Readonly<Record<ColumnKey, (row: CaseRow) => SortValue>> {
  return {
    lamp: ({ clock }) => (clock === null || clock.pausedSince !== null ? null : clock.dueAt),
    caseNo: ({ caseNo }) => caseNo,
    subclass: ({ subclassName }) => subclassName,
    source: sourceName,
    street: ({ streetCode }) => (streetCode === null ? null : (settings.streets.get(streetCode) ?? streetCode)),
    address: ({ address }) => address,
    summary: ({ summary }) => summary,
    photos: ({ photoCount }) => photoCount,
    verification: (row) => verificationWords(row).text,
    check: (row) => checkWords(row).text,
    proposal: ({ proposal }) => proposal,
    department: ({ departmentName }) => departmentName,
    collector: ({ collectorNo }) => collectorNo,
    request: (row) => (row.request === null ? null : requestWords(row)),
    state: stateName,
    arrived: ({ enteredAt }) => enteredAt,
  }
}

const common: readonly ColumnKey[] = ['lamp', 'caseNo', 'subclass', 'source', 'street', 'address']
const withoutSource = common.filter((key) => key !== 'source')

const firstColumns: Readonly<Partial<Record<RoleId, readonly ColumnKey[]>>> = {
  intake: [...common, 'verification', 'collector', 'state', 'arrived'],
  shiftLead: [...common, 'verification', 'proposal', 'arrived'],
  dispatcher: [...withoutSource, 'photos', 'department', 'state', 'arrived'],
  supervisor: [...withoutSource, 'department', 'request', 'state', 'arrived'],
  opinionMonitor: [...common, 'department', 'state', 'arrived'],
  wallOperator: [...withoutSource, 'state', 'arrived'],
  commander: [...withoutSource, 'department', 'request', 'state', 'arrived'],
  assistant: [...withoutSource, 'department', 'request', 'state', 'arrived'],
  director: [...withoutSource, 'department', 'request', 'state', 'arrived'],
  departmentOperator: [...withoutSource, 'photos', 'request', 'state', 'arrived'],
}

/** A shift lead files, closes and answers requests: each list shows what that is judged by. */
const columnsOfLead: Readonly<Partial<Record<QueueId, readonly ColumnKey[]>>> = {
  toClose: [...common, 'check', 'department', 'arrived'],
  requests: [...withoutSource, 'department', 'request', 'arrived'],
  emergencies: [...withoutSource, 'department', 'state', 'arrived'],
  disputesSeen: [...withoutSource, 'summary', 'arrived'],
  recused: [...common, 'state', 'arrived'],
  deferred: [...common, 'summary', 'arrived'],
}

/** The columns of a post and list until somebody chooses others: the rest stands hidden after them. */
export function firstChoice(role: RoleId, columns: readonly { readonly key: ColumnKey }[], queue?: QueueId): readonly ColumnChoice[] {
  const ofQueue = role === 'shiftLead' && queue !== undefined ? columnsOfLead[queue] : undefined
  const shown = ofQueue ?? firstColumns[role] ?? common
  const rest = columns.map(({ key }) => key).filter((key) => !shown.includes(key))
  return [...shown.map((key) => ({ key, isShown: true })), ...rest.map((key) => ({ key, isShown: false }))]
}
