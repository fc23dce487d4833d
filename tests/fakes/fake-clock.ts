import type { Clock, EpochMs, Stop } from '#shared/base/clock'

/**
 * A clock that stands still until a test advances it. Timers fire in the order of their times, each at exactly its time, and between two of them
 * promises are given the chance to settle, so that a chain "answer, then new timer" plays out inside one `advance`.
 */
export interface FakeClock extends Clock {
  /** Moves on by `ms`, firing what falls due. */
  advance(ms: number): Promise<void>
  /** Moves on as a machine does that slept: what fell due meanwhile fires once, afterwards. For hours, in which every minute's work would be done. */
  sleep(ms: number): Promise<void>
  /** Timers set and not stopped: a test can assert that nothing was left running. */
  pending(): number
}

interface Timer {
  readonly number: number
  dueAt: number
  readonly periodMs: number | null
  readonly action: () => void
}

export function createFakeClock(startMs: EpochMs): FakeClock {
  let nowMs = startMs
  let made = 0
  const timers = new Set<Timer>()
  const add = (delayMs: number, periodMs: number | null, action: () => void): Stop => {
    made += 1
    const timer: Timer = { number: made, dueAt: nowMs + Math.max(0, delayMs), periodMs, action }
    timers.add(timer)
    return () => void timers.delete(timer)
  }
  const nextDue = (untilMs: number): Timer | undefined =>
    [...timers].filter(({ dueAt }) => dueAt <= untilMs).sort((a, b) => a.dueAt - b.dueAt || a.number - b.number)[0]
  return {
    now: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    after: (delayMs, action) => add(delayMs, null, action),
    every: (periodMs, action) => add(periodMs, periodMs, action),
    pending: () => timers.size,
    advance: async (ms) => {
      const untilMs = nowMs + ms
      await settle()
      for (let timer = nextDue(untilMs); timer; timer = nextDue(untilMs)) {
        nowMs = Math.max(nowMs, timer.dueAt)
        if (timer.periodMs === null) timers.delete(timer)
        else timer.dueAt += timer.periodMs
        timer.action()
        await settle()
      }
      nowMs = untilMs
    },
    sleep: async (ms) => {
      await settle()
      nowMs += ms
      for (const timer of [...timers].filter(({ dueAt }) => dueAt <= nowMs).sort((a, b) => a.dueAt - b.dueAt || a.number - b.number)) {
        if (!timers.has(timer)) continue
        if (timer.periodMs === null) timers.delete(timer)
        else timer.dueAt = nowMs + timer.periodMs
        timer.action()
        await settle()
      }
    },
  }
}

/** Lets every promise that can settle now do so. A macrotask runs only after the whole queue of microtasks is empty. */
export async function settle(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve))
}
