import { LockOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { EpochMs } from '#shared/base/clock'
import { type QueueId, queueSpec } from '#shared/domain/case/queues'
import type { CaseRow } from '#shared/domain/case/row'
import { caseStates } from '#shared/domain/case/states'
import type { WorkCalendar } from '#shared/domain/clock/work-calendar'
import { useNow } from '../../../bridge/use-now'
import { Kbd } from '../../../ui/kbd'
import { Lamp } from '../../../ui/lamp'
import { formatClock } from '../../../ui/time-format'
import { ProvisionalMark } from '../queue/columns'
import { lampOf, marksOf, remainingWords } from '../queue/row-words'
import type { EditLock } from './use-lock'

interface CaseHeadProps {
  readonly row: CaseRow
  readonly queue: QueueId | null
  readonly calendar: WorkCalendar
  readonly now: EpochMs
  readonly overrun: string | null
  readonly lock: EditLock
  readonly place: { readonly index: number; readonly count: number; readonly isNextReady: boolean }
  readonly canTakeOver: boolean
  onTakeOver(): void
  onClose(): void
  onNext(by: 1 | -1): void
}

/** Which case it is and where it stands; on the right who edits it, how long the present node has, and the place in the list. */
export function CaseHead({ row, queue, calendar, now, overrun, lock, place, canTakeOver, onTakeOver, onClose, onNext }: CaseHeadProps) {
  return (
    <header className="case-head">
      <Button type="text" size="small" onClick={onClose} title="回到列表（Esc）">
        ‹ {queue === null ? '案卷' : queueSpec(queue).title}
      </Button>
      <h1>{row.subclassName === '' ? '未定小类' : row.subclassName}</h1>
      <span className="cases-tag" title={row.standard}>
        {row.kind === 'component' ? '部件' : '事件'} {row.subclassCode}
      </span>
      <b>{row.caseNo}</b>
      <bdi className="case-address" title={row.address}>
        {row.address}
      </bdi>
      {overrun !== null && (
        <span className="case-overrun">
          <Lamp tone="red" label="" /> 处置{overrun}
        </span>
      )}
      {marksOf(row).map(({ text, title, isStrong }) => (
        <span key={text} className={isStrong ? 'cases-mark cases-mark-strong' : 'cases-mark'} title={title}>
          {text}
        </span>
      ))}
      <span className="ui-spring" />
      <LockWords lock={lock} canTakeOver={canTakeOver} onTakeOver={onTakeOver} />
      <span className="case-node">
        <Lamp tone={lampOf(row, now)} label="" />
        <b>{caseStates[row.state].name}</b> {row.clock === null ? '' : remainingWords(row, calendar, now)}
        <ProvisionalMark row={row} calendar={calendar} />
      </span>
      {place.count > 0 && (
        <span className="case-place">
          第 {place.index + 1} 条，共 {place.count} 条
          <button type="button" className="ui-link" disabled={place.index + 1 >= place.count} onClick={() => onNext(1)}>
            {place.index + 1 >= place.count ? '已是最后一条' : place.isNextReady ? '下一条已备好' : '下一条'} <Kbd framed>J</Kbd>
          </button>
        </span>
      )}
    </header>
  )
}

function LockWords({ lock, canTakeOver, onTakeOver }: { readonly lock: EditLock; readonly canTakeOver: boolean; onTakeOver(): void }) {
  if (lock.state === 'none') return null
  if (lock.state === 'mine') {
    return (
      <span className="case-lock">
        <LockOutlined aria-hidden="true" /> 由您编辑　锁 <LockClock until={lock.lock.until} />
      </span>
    )
  }
  const { name, seatNo } = lock.error.detail ?? {}
  return (
    <span className="case-lock" role="status">
      <Lamp tone="late" label="" /> {String(name ?? '他人')}（{String(seatNo ?? '—')} 席）正在编辑，您可以阅读
      {canTakeOver && (
        <Button size="small" onClick={onTakeOver}>
          接管
        </Button>
      )}
    </span>
  )
}

function LockClock({ until }: { readonly until: EpochMs }) {
  const now = useNow(1_000)
  return <span>{formatClock(until - now)}</span>
}
