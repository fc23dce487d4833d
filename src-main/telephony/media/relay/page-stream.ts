import { timestampDistance } from '../rtp/rtp-packet'

/**
 * The one stream that the page hears, whichever call it comes from: numbers go on growing by one, except where a packet was lost, so that the page's
 * decoder conceals what is missing; timestamps go on in time when the source changes.
 */
export interface PageStream {
  /** `source`: who speaks; a new one begins where the time is. */
  place(source: string, timestamp: number, missed: number, isNewStream: boolean, nowMs: number): Placed
}

export interface Placed {
  readonly sequence: number
  readonly timestamp: number
  readonly marker: boolean
}

const unitsPerMs = 8
/** A stream that is this far from where the time is has begun anew without saying so. */
const mostDriftUnits = 2_000 * unitsPerMs

export function createPageStream(start: { readonly sequence: number; readonly timestamp: number }, startMs: number): PageStream {
  let source: string | null = null
  let sequence = start.sequence
  let offset = 0
  const timeAt = (nowMs: number): number => (start.timestamp + Math.round((nowMs - startMs) * unitsPerMs)) >>> 0
  let last = start.timestamp
  return {
    place: (from, timestamp, missed, isNewStream, nowMs) => {
      const isTurn =
        from !== source || isNewStream || Math.abs(timestampDistance((timestamp + offset) >>> 0, timeAt(nowMs))) > mostDriftUnits
      if (isTurn) {
        source = from
        // Never backwards: the last source may have been a little ahead of the time.
        const now = timeAt(nowMs)
        offset = (timestampDistance(now, last) > 160 ? now : last + 160) - timestamp
      }
      sequence = (sequence + 1 + (isTurn ? 0 : Math.min(missed, 1_000))) & 0xffff
      last = (timestamp + offset) >>> 0
      return { sequence, timestamp: last, marker: isTurn }
    },
  }
}
