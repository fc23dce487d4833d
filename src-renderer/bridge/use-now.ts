import { useEffect, useReducer, useRef, useState } from 'react'
import type { EpochMs } from '#shared/base/clock'
import { browserClock } from './browser-clock'
import { useTicker, useTopicAs } from './react'

/**
 * The time that the screen shows: this PC's clock corrected by the offset last measured against the centre, so that every seat counts down to
 * the same handover. Renders again every `periodMs`, aligned to whole periods so that seconds change together all over the window.
 */
export function useNow(periodMs: number): EpochMs {
  const offsetMs = useTopicAs('connection.changed', (connection) => connection?.clockOffsetMs ?? 0)
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

/**
 * What `read` makes of the time; looked at every `periodMs`, and rendered again only when it came out different (compared by `Object.is`, so give
 * words, not objects). For what stands on the screen many times over, such as the time left of every row.
 */
export function useNowAs<T extends string | number | boolean>(periodMs: number, read: (now: EpochMs) => T): T {
  const ticker = useTicker()
  const [, renderAgain] = useReducer((round: number) => round + 1, 0)
  const value = read(ticker.now())
  const shown = useRef({ read, value })
  useEffect(() => {
    shown.current = { read, value }
  })
  useEffect(
    () =>
      ticker.watch(periodMs, () => {
        if (!Object.is(shown.current.read(ticker.now()), shown.current.value)) renderAgain()
      }),
    [ticker, periodMs],
  )
  return value
}
