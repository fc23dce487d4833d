import type { QueueView } from '#shared/contracts/seat-api/telephone-views'
import { useTopic } from '../../../bridge/react'
import { useFreshness } from '../../../bridge/use-freshness'
import { useNow } from '../../../bridge/use-now'
import { formatMoment } from '../../../ui/time-format'

/** GB/T 33358: a call is answered within 15 seconds. */
const answerWithinMs = 15_000
/** The core reads every four seconds; what is older than a few of them is no longer now. */
const staleAfterMs = 20_000

/** How many wait at the hotline, and how long the first of them: under the agent's clock, where it costs no room. Nothing without a queue. */
export function QueueLine() {
  const queue = useTopic('queue.changed')
  const { isLive } = useFreshness()
  const now = useNow(1000)
  if (queue?.state !== 'known' || queue.readAt === null) return null
  const isStale = !isLive || now - queue.readAt > staleAfterMs
  const longestMs = queue.longestSince === null ? 0 : Math.max(0, now - queue.longestSince)
  const words = queue.waiting === 0 ? '排队 0' : `排队 ${queue.waiting}·${shortClock(longestMs)}`
  return (
    <span
      className="queue-line"
      data-stale={isStale || undefined}
      data-late={(!isStale && longestMs > answerWithinMs) || undefined}
      title={titleOf(queue, isStale, now)}
    >
      {isStale ? `(${words})` : words}
    </span>
  )
}

function titleOf({ waiting, free, readAt }: QueueView, isStale: boolean, now: number): string {
  const who = waiting === 0 ? '没有人在排队' : `${waiting} 人在排队，最久的等了这么久`
  const since = isStale && readAt !== null ? `（截至 ${formatMoment(readAt, now)}，现在读不到）` : ''
  return `12319 热线：${who}；${free} 个坐席空闲${since}`
}

/** `0:08`, `12:30`: minutes and seconds, as short as they can be. */
function shortClock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
