import type { Clock, EpochMs, Stop } from '#shared/base/clock'
import type { Bridge } from './bridge'

/**
 * The time that the screen shows, this PC's corrected by the offset last measured against the centre, and one timer per period for all the parts
 * of a window that follow it. A period ends at a whole one, so that seconds change together all over the window. It draws nothing.
 */
export interface Ticker {
  now(): EpochMs
  /** Calls at the end of every period, and when the clock was set right meanwhile. */
  watch(periodMs: number, listener: () => void): Stop
}

interface Beat {
  readonly listeners: Set<() => void>
  readonly stop: Stop
}

export function createTicker(bridge: Pick<Bridge, 'topic'>, clock: Clock): Ticker {
  const beats = new Map<number, Beat>()
  const connection = bridge.topic('connection.changed')
  const offsetMs = () => connection.get()?.clockOffsetMs ?? 0
  const now = () => clock.now() + offsetMs()

  function begin(periodMs: number): Beat {
    const listeners = new Set<() => void>()
    let offset = offsetMs()
    let stopTimer: Stop
    const wait = () => {
      stopTimer = clock.after(periodMs - (now() % periodMs), () => {
        wait()
        for (const listener of listeners) listener()
      })
    }
    wait()
    const stopOffset = connection.subscribe(() => {
      if (offsetMs() === offset) return
      offset = offsetMs()
      stopTimer()
      wait()
      for (const listener of listeners) listener()
    })
    return {
      listeners,
      stop() {
        stopTimer()
        stopOffset()
      },
    }
  }

  return {
    now,
    watch(periodMs, listener) {
      const beat = beats.get(periodMs) ?? begin(periodMs)
      beats.set(periodMs, beat)
      beat.listeners.add(listener)
      return () => {
        beat.listeners.delete(listener)
        if (beat.listeners.size > 0 || beats.get(periodMs) !== beat) return
        beats.delete(periodMs)
        beat.stop()
      }
    },
  }
}
