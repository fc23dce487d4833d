import { useEffect, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { browserClock } from './browser-clock'
import { useTopic } from './react'

/**
 * The time that the screen shows: this PC's clock corrected by the offset last measured against the centre, so that every seat counts down to
 * the same handover. Renders again every `periodMs`, aligned to whole periods so that seconds change together all over the window.
 */
export function useNow(periodMs: number): EpochMs {
  const offsetMs = useTopic('connection.changed')?.clockOffsetMs ?? 0
  const [pcTime, setPcTime] = useState(() => browserClock.now())
  useEffect(() => {
    let stop = () => {}
    const tick = () => {
      const now = browserClock.now()
      setPcTime(now)
      stop = browserClock.after(periodMs - ((now + offsetMs) % periodMs), tick)
    }
    tick()
    return () => stop()
  }, [periodMs, offsetMs])
  return pcTime + offsetMs
}
