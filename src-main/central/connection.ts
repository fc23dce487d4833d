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
  /** The newest clock samples, newest last; their median resists one slow answer. */
  readonly offsets: readonly number[]
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

export function startConnection(at: EpochMs): Connection {
  const unknown = { lastHeardAt: null, roundTripMs: null, clockOffsetMs: null, serverVersion: null, reason: null }
  return { view: { state: 'connecting', since: at, ...unknown }, offsets: [] }
}

export function connectionAfter(connection: Connection, event: ConnectionEvent): Connection {
  const { view } = connection
  switch (event.type) {
    case 'heard':
      return { ...connection, view: heardView(view, event.at) }
    case 'measured': {
      const sample = event.centreNow + event.roundTripMs / 2 - event.at
      const offsets = [...connection.offsets, sample].slice(-keptSamples)
      return {
        offsets,
        view: {
          ...heardView(view, event.at),
          roundTripMs: Math.round(event.roundTripMs),
          clockOffsetMs: Math.round(median(offsets)),
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

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
