/**
 * How long to wait before a record is sent again. Pure: the random number is given.
 *
 * 1 s at first, because most failures are a switched access point or a restarting centre and pass in seconds. Doubling, so that a longer one
 * costs little: 1, 2, 4, 8, 16, 32, then 60 s is seven tries in about the first two minutes. At the cap of 60 s, 300 seats that all have something waiting
 * ask a struggling centre five times a second, which it can refuse without effort. The ±20 % keep seats that lost the centre in the same
 * moment from coming back in the same moment: at the cap they spread over 24 s.
 */
const firstDelayMs = 1_000
const longestDelayMs = 60_000
const jitter = 0.2

/** `attempts` counts the sends begun, at least 1; `random` is in [0, 1). Milliseconds. */
export function backOffMs(attempts: number, random: number): number {
  const doubled = firstDelayMs * 2 ** Math.min(Math.max(attempts, 1) - 1, 30)
  return Math.round(Math.min(doubled, longestDelayMs) * (1 - jitter + 2 * jitter * random))
}
