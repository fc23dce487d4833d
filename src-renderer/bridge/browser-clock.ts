import type { Clock } from '#shared/base/clock'

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
