/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = number

/** Stops what was started; calling it twice does nothing the second time. */
export type Stop = () => void

/**
 * Time as an argument. Only `platform/` (and the browser's equivalent) reads the real clock; tests pass one that they advance by hand.
 */
export interface Clock {
  now(): EpochMs
  /** Monotonic milliseconds for measuring durations; its zero has no meaning. */
  monotonicMs(): number
  /** Calls `action` once after `delayMs`. */
  after(delayMs: number, action: () => void): Stop
  /** Calls `action` every `periodMs` until stopped. */
  every(periodMs: number, action: () => void): Stop
}

/** Makes identifiers. Ids are UUIDv7 (RFC 9562 §5.7): made where the thing is made, and sorted by time. */
export interface Ids {
  uuid(): string
}
