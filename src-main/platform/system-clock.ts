import type { Clock, Stop } from '#shared/base/clock'

/** Node keeps a delay in 32 bits; a longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1

/** The real time. Together with `ids.ts` the only place of the core that reads it; timers hold the process until they are stopped. */
export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonicMs: () => performance.now(),
    after,
    every: (periodMs, action) => {
      const timer = setInterval(action, periodMs)
      return () => clearInterval(timer)
    },
  }
}

function after(delayMs: number, action: () => void): Stop {
  let leftMs = Math.max(0, delayMs)
  let timer: ReturnType<typeof setTimeout>
  const step = (): void => {
    const stepMs = Math.min(leftMs, longestTimeoutMs)
    leftMs -= stepMs
    timer = setTimeout(leftMs > 0 ? step : action, stepMs)
  }
  step()
  return () => clearTimeout(timer)
}
