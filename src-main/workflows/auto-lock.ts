import type { Clock, Stop } from '#shared/base/clock'

/** Locks the seat after minutes without a key or pointer. It counts only; whether there is something to lock is the lock's business. */
export interface AutoLock {
  /** Somebody is there. Cheap: called for every burst of keys. */
  touch(): void
  stop(): void
}

/** `minutes` 0 = never. */
export function createAutoLock(clock: Clock, minutes: number, lock: () => void): AutoLock {
  const limitMs = minutes * 60_000
  let touchedMs = clock.monotonicMs()
  let stopTimer: Stop = () => {}

  function watch(inMs: number): void {
    stopTimer()
    stopTimer = clock.after(inMs, () => {
      const idleMs = clock.monotonicMs() - touchedMs
      if (idleMs < limitMs) return watch(limitMs - idleMs)
      lock()
      watch(limitMs)
    })
  }

  if (limitMs > 0) watch(limitMs)
  return {
    touch() {
      touchedMs = clock.monotonicMs()
    },
    stop: () => stopTimer(),
  }
}
