import type { Clock } from '#shared/base/clock'
import type { QueueNow } from '#shared/contracts/central-api/calls'
import type { QueueView } from '#shared/contracts/seat-api/telephone-views'
import type { Central, Publish } from '../ports'

/**
 * Asks the centre how many wait in the hotline's queue, often enough for a bar that people glance at. An answer that fails leaves the last one
 * standing with its age, which the window shows.
 */
export interface QueueWatch {
  /** Somebody else sits here now, or nobody: what was known is told anew. */
  restart(): void
  stop(): void
}

export interface QueueWatchParts {
  readonly clock: Clock
  readonly now: () => number
  readonly central: Central
  readonly publish: Publish
  /** Somebody is signed in whom the centre honours, it is reached, and the seat has a line or answers for the queue. */
  readonly isWanted: () => boolean
  /** What the exchange said, whole; null: the centre has no way to its queue. */
  readonly onRead: (queue: QueueNow | null) => void
}

export const queueReadEveryMs = 4_000
const nothing: QueueView = { state: 'unknown', waiting: 0, longestSince: null, free: 0, readAt: null }

export function createQueueWatch({ clock, now, central, publish, isWanted, onRead }: QueueWatchParts): QueueWatch {
  let isAsking = false
  async function read(): Promise<void> {
    if (isAsking) return
    // An alarm that nobody measures any more is none.
    if (!isWanted()) return onRead(null)
    isAsking = true
    const answer = await central.call('queue.get', {})
    isAsking = false
    if (!answer.ok || !isWanted()) return
    const { queue } = answer.value
    onRead(queue)
    if (!queue) return publish('queue.changed', { ...nothing, state: 'none', readAt: now() })
    const { waiting, members, at } = queue
    const free = members.filter(({ state }) => state === 'free').length
    publish('queue.changed', { state: 'known', waiting: waiting.length, longestSince: waiting[0]?.since ?? null, free, readAt: at })
  }
  publish('queue.changed', nothing)
  const stop = clock.every(queueReadEveryMs, () => void read())
  return {
    restart() {
      publish('queue.changed', nothing)
      onRead(null)
      void read()
    },
    stop,
  }
}
