import type { AppError } from '#shared/base/app-error'
import type { Stop } from '#shared/base/clock'
import type { Result } from '#shared/base/result'
import type { TopicMessage } from '#shared/contracts/seat-api/table'
import type { Platform, SeatConfig, Shell } from '../platform/ports'
import type { Media } from '../telephony/media/media'
import type { BaseMapDesk } from '../workflows/base-maps'
import type { ServedArchive } from '../workflows/map-tiles'
import type { Playback } from '../workflows/recordings/play-recording'
import type { OpenLine } from '../workflows/telephone/ports'

/** Who is speaking: a window, named by its shell. A shell sets `isTrusted` only for the main frame of a page that it served itself. */
export interface Sender {
  readonly windowId: string
  readonly isTrusted: boolean
}

/** The core's one door for windows. Shells carry these two calls and decide nothing. */
export interface SeatApi {
  /** Never rejects: every failure, bugs included, comes back as a value with a code. */
  handle(command: string, payload: unknown, sender: Sender): Promise<Result<unknown, AppError>>
  /** Messages that windows may see in the present session state; returns its own stop. */
  subscribe(listener: (message: TopicMessage) => void): Stop
}

/** The running core, as a shell holds it. */
export interface Seat {
  readonly api: SeatApi
  /** What a window opened to listen to, for the shell to serve; undefined when there is no such play, or its person is not here. */
  playback(playId: string): Playback | undefined
  /** The picture of a camera that a window asked for, as FLV, for one reader. */
  picture(watchId: string): AsyncGenerator<Uint8Array> | undefined
  /** The archive of map tiles of this hash, when it is here and whole. */
  mapArchive(sha256: string): ServedArchive | undefined
  /** One square of a base map from elsewhere. */
  baseMapTile: BaseMapDesk['tile']
  /** The operating system locked its screen: the seat locks too. */
  systemLocked(): void
  /** The PC woke up: connections are tried at once instead of after their back-off. */
  systemResumed(): void
  /** Stops everything in reverse order of starting; what is typed and queued is on disk before it resolves. */
  stop(): Promise<void>
}

/** What a test may put in the place of the real thing. */
export interface ComposeOptions {
  readonly fetch?: typeof fetch
  /** In [0, 1). */
  readonly random?: () => number
  /** Answers of handlers are checked against the command table, too. */
  readonly checkOutputs?: boolean
  /** The speech of this program. */
  readonly media?: Media
  /** How the line of this seat is opened, with the speech of this program. */
  readonly openLine?: ((media: Media) => OpenLine) | undefined
}

/**
 * What `compose.ts` exports as `composeSeat`. Resolves when the seat can be used, which does not wait for the centre. An error means that the
 * seat cannot start and nothing was left running: the codes `store/…`. The shell shows its sentence and ends. Never rejects but for a bug.
 */
export type ComposeSeat = (
  config: SeatConfig,
  platform: Platform,
  shell: Shell,
  options?: ComposeOptions,
) => Promise<Result<Seat, AppError>>
