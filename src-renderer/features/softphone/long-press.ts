import type { Clock, Stop } from '#shared/base/clock'

/**
 * A press that counts only when it is held long enough: begun, then done by itself when its time is over, or let go too early, or cut off
 * (the window lost the keyboard). Times are monotonic, so that a corrected clock neither shortens nor lengthens it.
 */
export interface LongPress {
  begin(): void
  letGo(): void
  cutOff(): void
}

export interface LongPressOutcome {
  onBegun(): void
  /** Held for `pressedMs`, at least the length asked for. */
  onDone(pressedMs: number): void
  onTooShort(pressedMs: number): void
  onCutOff(): void
}

export function createLongPress(clock: Clock, lengthMs: number, outcome: LongPressOutcome): LongPress {
  let since: number | undefined
  let stop: Stop = () => {}

  /** A timer may fire a moment early by the monotonic clock: then the rest is waited for. */
  function wait(restMs: number): void {
    stop = clock.after(restMs, () => {
      if (since === undefined) return
      const pressedMs = clock.monotonicMs() - since
      if (pressedMs < lengthMs) return wait(lengthMs - pressedMs)
      since = undefined
      outcome.onDone(Math.ceil(pressedMs))
    })
  }

  function end(report: (pressedMs: number) => void): void {
    if (since === undefined) return
    stop()
    const pressedMs = clock.monotonicMs() - since
    since = undefined
    report(Math.floor(pressedMs))
  }

  return {
    begin() {
      if (since !== undefined) return
      since = clock.monotonicMs()
      outcome.onBegun()
      wait(lengthMs)
    },
    letGo: () => end(outcome.onTooShort),
    cutOff: () => end(outcome.onCutOff),
  }
}
