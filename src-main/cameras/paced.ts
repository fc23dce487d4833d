import type { Clock, Stop } from '#shared/base/clock'
import type { CodedPicture } from './rtsp/h264'
import { timestampDistance } from './rtsp/rtp'

/**
 * Gives pictures that come in heaps, a segment at a time, at the pace at which they were filmed. It waits for nothing at the beginning: each hold-up
 * of the source moves the pace back once, and a heap too far behind is left out up to its last key picture, as a late picture is worse than a rough
 * one. Times that jump are made to go on, as a gateway that was restarted begins its clock anew.
 */
export interface Paced {
  push(picture: CodedPicture): void
  stop(): void
}

const ticksPerMs = 90
const tickMs = 10
/** A jump in the stream's time beyond this is no gap between pictures. */
const mostGapMs = 10_000
const usualGapMs = 40

export function createPaced(
  clock: Clock,
  { mostWaitingMs, onPicture }: { mostWaitingMs(): number; onPicture(picture: CodedPicture): void },
): Paced {
  /** `atMs`: on a time line that never goes back. */
  let waiting: { readonly picture: CodedPicture; readonly atMs: number }[] = []
  let last: { readonly timestamp: number; readonly atMs: number } | null = null
  /** Add it to a place on the time line to know when it is due. */
  let dueAfter: number | null = null
  let timer: Stop | null = null

  const give = () => {
    const now = clock.monotonicMs()
    while (waiting[0]) {
      const { picture, atMs } = waiting[0]
      dueAfter ??= now - atMs
      if (atMs + dueAfter > now) break
      // The source held up: from here on everything is that much later.
      if (now - (atMs + dueAfter) > usualGapMs * 2) dueAfter = now - atMs
      waiting.shift()
      onPicture({ ...picture, timestamp: Math.round(atMs * ticksPerMs) >>> 0 })
    }
    if (waiting.length > 0) return
    timer?.()
    timer = null
  }
  const skipAhead = () => {
    const [first, newest] = [waiting[0], waiting.at(-1)]
    if (!first || !newest || newest.atMs - first.atMs <= mostWaitingMs()) return
    const key = waiting.findLastIndex(({ picture }) => picture.isKey)
    if (key <= 0) return
    waiting = waiting.slice(key)
    dueAfter = null
  }
  return {
    push(picture) {
      const gapMs = last === null ? 0 : timestampDistance(last.timestamp, picture.timestamp) / ticksPerMs
      const atMs = last === null ? 0 : last.atMs + (gapMs > 0 && gapMs <= mostGapMs ? gapMs : usualGapMs)
      last = { timestamp: picture.timestamp, atMs }
      waiting.push({ picture, atMs })
      skipAhead()
      timer ??= clock.every(tickMs, give)
    },
    stop() {
      timer?.()
      timer = null
      waiting = []
    },
  }
}
