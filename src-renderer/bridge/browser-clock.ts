import type { Clock, Stop } from '#shared/base/clock'

/**
 * The page's edge to real time: the only place in the renderer that reads the clock or sets timers. Everything else takes a `Clock`, so that
 * tests advance it by hand.
 */
export const browserClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, action) {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
  every(periodMs, action) {
    const timer = setInterval(action, periodMs)
    return () => clearInterval(timer)
  },
}

/** A hidden window paints nothing; what it shows is still kept up, this often. */
const longestFrameMs = 200

/** Runs the action with the next frame that is painted, before its layout. */
export function onFrame(action: () => void): Stop {
  const stop = () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  const run = () => {
    stop()
    action()
  }
  const frame = requestAnimationFrame(run)
  const timer = setTimeout(run, longestFrameMs)
  return stop
}
