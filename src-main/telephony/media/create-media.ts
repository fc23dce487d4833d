import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { MediaJournal } from './media'

/** What `createMedia` is given. */
export interface MediaParts {
  readonly clock: Clock
  readonly log: Log
  /** Unguessable octets: SSRC, first sequence numbers, SRTP keys. */
  readonly randomBytes: (count: number) => Uint8Array
  readonly journal: MediaJournal
  readonly settings: MediaSettings
}

export interface MediaSettings {
  /** The address that the exchange reaches this PC at; asked again for each offer, because it changes. */
  readonly address: () => string
  /** RTP ports, even ones of this range; RTCP one above. */
  readonly ports: { readonly from: number; readonly to: number }
  readonly srtp: 'off' | 'optional' | 'required'
  readonly recordingFolder: string
}

export const usualPorts = { from: 40_000, to: 40_998 }
