import type { EpochMs } from '#shared/base/clock'
import { isReplyLate, type RowReply, replyStates } from '#shared/domain/case/reply'
import { Lamp, type LampTone } from '../../../ui/lamp'
import { formatMoment, formatRemaining } from '../../../ui/time-format'

type Told = Pick<RowReply, 'state' | 'via' | 'isUndelivered' | 'deliveredAt'>

interface StandProps {
  readonly replyBy: EpochMs | null
  readonly reply: Told | null
  readonly now: EpochMs
}

const dayMs = 86_400_000

/** How much time is left, or by how much it came late; the clock stops when the reply arrived. */
export function DueMark({ replyBy, reply, now }: StandProps) {
  if (replyBy === null)
    return (
      <span className="due-mark cases-quiet">
        <Lamp tone="none" label="" /> 不限
      </span>
    )
  const isLate = isReplyLate(replyBy, reply, now)
  if (reply?.deliveredAt != null)
    return (
      <span className={isLate ? 'due-mark ui-overrun' : 'due-mark'}>
        <Lamp tone={isLate ? 'red' : 'green'} label="" /> {isLate ? '逾期回复' : '按时'}
      </span>
    )
  const tone: LampTone = isLate ? 'red' : replyBy - now < dayMs ? 'amber' : 'green'
  return (
    <span className={isLate ? 'due-mark ui-overrun' : 'due-mark'}>
      <Lamp tone={tone} label="" /> {formatRemaining(replyBy - now)}
    </span>
  )
}

export function standWords(reply: Told | null, now: EpochMs): string {
  if (reply === null) return '待写'
  if (reply.state === 'approved' && reply.via !== null)
    return reply.isUndelivered ? `${reply.via} 三天送不到，请人工回传` : `已核准，正在送 ${reply.via}`
  if (reply.state === 'approved') return '已核准，待人工回传'
  if (reply.state === 'delivered' && reply.deliveredAt !== null) return `已回传 ${formatMoment(reply.deliveredAt, now)}`
  return replyStates[reply.state]
}

/** Where a reply stands, with its time. */
export function Stand(props: StandProps) {
  return (
    <span className="case-line-text">
      <DueMark {...props} />
      {`　${standWords(props.reply, props.now)}`}
    </span>
  )
}
