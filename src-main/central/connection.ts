import { assertNever } from '#shared/base/assert-never'
import type { EpochMs } from '#shared/base/clock'
import type { ConnectionView } from '#shared/contracts/seat-api/views'

/**
 * Whether the centre can be reached, as a pure function of what was heard. It measures nothing and schedules nothing; the monitor does.
 *
 *   connecting ──heard──▶ online ──lost──▶ offline ──heard──▶ online
 *        └─────lost──────────────────────────▲
 *
 * Times in it are this PC's, as the screen's own clock counts from them; only what is recorded carries the centre's.
 */
export interface Connection {
  readonly view: ConnectionView
  /** The newest measurements of the centre's clock, newest last; their median resists one slow answer. */
  readonly samples: readonly ClockSample[]
}

/** The true offset lies within half the round trip on either side: the answer may have spent it all on one way. */
export interface ClockSample {
  readonly offsetMs: number
  readonly roundTripMs: number
}

export type ConnectionEvent =
  | { readonly type: 'heard'; readonly at: EpochMs }
  /** `centre.get` answered: its `now` was taken half a round trip before the answer came in. */
  | {
      readonly type: 'measured'
      readonly at: EpochMs
      readonly centreNow: EpochMs
      readonly roundTripMs: number
      readonly serverVersion: string
    }
  | { readonly type: 'lost'; readonly at: EpochMs; readonly reason: string }

export const keptSamples = 5
/** What two clocks may part by, unset, between two measurements: 100 ppm over some minutes, and a millisecond of rounding at each end. */
const driftMs = 50

export function startConnection(at: EpochMs): Connection {
  const unknown = { lastHeardAt: null, roundTripMs: null, clockOffsetMs: null, serverVersion: null, reason: null }
  return { view: { state: 'connecting', since: at, ...unknown }, samples: [] }
}

export function connectionAfter(connection: Connection, event: ConnectionEvent): Connection {
  const { view } = connection
  switch (event.type) {
    case 'heard':
      return { ...connection, view: heardView(view, event.at) }
    case 'measured': {
      const sample = { offsetMs: event.centreNow + event.roundTripMs / 2 - event.at, roundTripMs: event.roundTripMs }
      const samples = [...connection.samples.filter((earlier) => agree(earlier, sample)), sample].slice(-keptSamples)
      return {
        samples,
        view: {
          ...heardView(view, event.at),
          roundTripMs: Math.round(event.roundTripMs),
          clockOffsetMs: Math.round(median(samples.map(({ offsetMs }) => offsetMs))),
          serverVersion: event.serverVersion,
        },
      }
    }
    case 'lost':
      // The first loss says since when; later ones only renew the reason.
      return {
        ...connection,
        view: { ...view, state: 'offline', since: view.state === 'offline' ? view.since : event.at, reason: event.reason },
      }
    default:
      return assertNever(event)
  }
}

function heardView(view: ConnectionView, at: EpochMs): ConnectionView {
  return { ...view, state: 'online', since: view.state === 'online' ? view.since : at, lastHeardAt: at, reason: null }
}

/** Two that cannot both be true mean that a clock was set in between: the earlier one is of a time that is over. */
function agree(a: ClockSample, b: ClockSample): boolean {
  return Math.abs(a.offsetMs - b.offsetMs) <= (a.roundTripMs + b.roundTripMs) / 2 + driftMs
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
