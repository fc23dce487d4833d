import type { Clock, Stop } from '#shared/base/clock'

/**
 * The one beat of all speech: every 20 ms, and not at all while nobody wants it. It follows the monotonic clock, so that late timers make no speech
 * slower; after a long stop (a suspended machine) it goes on from now.
 */
export interface Ticker {
  add(beat: () => void): Stop
}

export const beatMs = 20
const mostBehindMs = 200

export function createTicker(clock: Clock): Ticker {
  const beats = new Set<() => void>()
  let stop: Stop | null = null
  let nextMs = 0

  const look = (): void => {
    const nowMs = clock.monotonicMs()
    if (nowMs - nextMs > mostBehindMs) nextMs = nowMs
    for (; nextMs <= nowMs; nextMs += beatMs) for (const beat of [...beats]) if (beats.has(beat)) beat()
  }
  return {
    add: (beat) => {
      // A wrapper of its own: the same function may be added twice.
      const own = (): void => beat()
      beats.add(own)
      if (!stop) {
        nextMs = clock.monotonicMs() + beatMs
        stop = clock.every(beatMs, look)
      }
      return () => {
        beats.delete(own)
        if (beats.size > 0) return
        stop?.()
        stop = null
      }
    },
  }
}
