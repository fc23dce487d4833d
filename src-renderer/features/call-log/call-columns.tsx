import type { CallRecord } from '#shared/contracts/call-shapes'
import { callPurposes } from '#shared/domain/call/call'
import { faultyHalf, faultyHalfWords } from '#shared/domain/call/quality'
import { useNowAs } from '../../bridge/use-now'
import { Lamp } from '../../ui/lamp'
import { PhoneNumber } from '../../ui/phone-number'
import { formatMoment } from '../../ui/time-format'
import type { TableColumn } from '../../ui/virtual-table/table-types'
import { codeWords, endWords, isLost, lengthWords, partyWords, qualityWords, satisfactionWords } from './call-words'
import type { ListedCall } from './use-call-pages'

/** The call log's columns: what a person looks for first stands first. */
export const callColumns: readonly TableColumn<ListedCall>[] = [
  { key: 'time', title: '时间', width: '84px', isSticky: true, render: (call) => <Moment at={call.startedAt} /> },
  { key: 'direction', title: '方向', width: '64px', isSticky: true, render: (call) => <Direction call={call} /> },
  {
    key: 'number',
    title: '号码',
    width: '124px',
    render: (call) =>
      call.number === null ? (
        <span className="calls-quiet">{partyWords(call)}</span>
      ) : (
        <span className="calls-number">
          <PhoneNumber number={call.number} caseNo={call.caseNo} />
        </span>
      ),
  },
  {
    key: 'party',
    title: '对方',
    width: 'minmax(72px, 1fr)',
    render: (call) => <span className="calls-quiet">{call.displayName ?? ''}</span>,
  },
  { key: 'purpose', title: '用途', width: '68px', render: (call) => callPurposes[call.purpose].name },
  {
    key: 'length',
    title: '通话',
    width: '72px',
    align: 'right',
    render: (call) => <span className={call.answeredAt === null ? 'calls-quiet' : undefined}>{lengthWords(call)}</span>,
  },
  { key: 'end', title: '结束', width: '100px', render: (call) => endWords(call) },
  { key: 'satisfaction', title: '评价', width: '72px', render: (call) => <Said call={call} /> },
  { key: 'quality', title: '音质', width: '76px', render: (call) => <Quality call={call} /> },
  { key: 'recording', title: '录音', width: '36px', render: (call) => <RecordingMark call={call} /> },
  { key: 'code', title: '小结', width: '84px', render: (call) => codeWords(call.wrapUpCode) },
  {
    key: 'note',
    title: '备注',
    width: 'minmax(88px, 2fr)',
    render: (call) => <span title={call.wrapUpNote ?? ''}>{call.wrapUpNote ?? ''}</span>,
  },
]

/** Of the hall: who took the call, and where. */
export const centreColumns: readonly TableColumn<ListedCall>[] = [
  ...callColumns.slice(0, 2),
  { key: 'person', title: '接听人', width: '92px', render: ({ name, seatNo }) => `${name ?? '无人签入'} ${seatNo}` },
  ...callColumns
    .slice(2)
    .filter(({ key }) => key !== 'party')
    // Masked: there is nothing to dial.
    .map((column) =>
      column.key === 'number'
        ? { ...column, render: (call: ListedCall) => <span className="calls-number">{partyWords(call)}</span> }
        : column,
    ),
]

function Moment({ at }: { readonly at: number }) {
  return <span>{useNowAs(60_000, (now) => formatMoment(at, now))}</span>
}

function Direction({ call }: { readonly call: CallRecord }) {
  if (isLost(call)) {
    return (
      <span className="calls-mark">
        <Lamp tone="red" label="" /> 未接
      </span>
    )
  }
  return (
    <span className="calls-mark">
      <span aria-hidden="true" className="calls-arrow">
        {call.direction === 'incoming' ? '↙' : '↗'}
      </span>
      {call.direction === 'incoming' ? '来电' : '去电'}
    </span>
  )
}

/** A bad line is marked by shape, too: the network's fault is no person's. */
function Quality({ call }: { readonly call: CallRecord }) {
  const words = qualityWords(call.quality)
  const isBad = (call.quality?.mosMean ?? 5) < 3.1
  const isOwn = call.quality !== null && faultyHalf(call.quality) === 'seat'
  return (
    <span className="calls-mark">
      {(isBad || isOwn) && <Lamp tone="amber" label={isOwn ? '断在本机' : '音质很差'} />}
      {isOwn ? <span title={faultyHalfWords.seat}>{words} 本机</span> : words}
    </span>
  )
}

/** Somebody will want to ask why: marked by shape, too. What is awaited says nothing yet. */
function Said({ call }: { readonly call: CallRecord }) {
  const { satisfaction } = call
  const isOpen = satisfaction === 'awaited' || satisfaction === 'none'
  return (
    <span className={isOpen ? 'calls-quiet' : 'calls-mark'}>
      {satisfaction === 'dissatisfied' && <Lamp tone="amber" label="" />}
      {satisfactionWords(satisfaction)}
    </span>
  )
}

function RecordingMark({ call }: { readonly call: ListedCall }) {
  if (call.recordingId === null) return null
  if (call.hold) return <b title={`录音已保全：${call.hold.reason}`}>保全</b>
  return (
    <svg className="calls-wave" viewBox="0 0 16 12" role="img" aria-label="有录音">
      <title>有录音</title>
      <path d="M1.500 5v2M4 3v6M6.500 1v10M9 3.500v5M11.500 2v8M14 5v2" />
    </svg>
  )
}
