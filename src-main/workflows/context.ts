import type { Clock, EpochMs, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { SeatConfig, SecretStore, Shell } from '../platform/ports'
import type { BulkRunner } from './bulk'
import type { CallerDesk } from './callers/caller-desk'
import type { CameraStateDesk } from './cameras/camera-states'
import type { HeardSteering } from './cameras/heard-steering'
import type { PatrolDesk } from './cameras/patrol-desk'
import type { CameraWatcher } from './cameras/watch-camera'
import type { HeardLocks } from './cases/heard-locks'
import type { CaseKeeper } from './cases/keep-cases'
import type { Prefetch } from './cases/prefetch'
import type { Notices } from './notices'
import type { Central, Credentials, EventStream, Outbox, Publish, Store } from './ports'
import type { QualityDesk } from './quality-desk'
import type { UrgentWatch } from './raise-notices'
import type { RecordingPlayer } from './recordings/play-recording'
import type { Retirement } from './retire-sessions'
import type { SessionHolder } from './session-holder'
import type { EquipmentDesk } from './shift/equipment-service'
import type { HandoverDesk } from './shift/handover-service'
import type { LogSealer } from './shift/log-sealer'
import type { HandWatch } from './telephone/hand-watch'
import type { QueueWatch } from './telephone/queue-watch'
import type { TelephoneService } from './telephone/service'
import type { Views } from './views'
import type { WallHand } from './wall/drive-wall'
import type { WallKeeper } from './wall/keep-walls'
import type { WallScreens } from './wall/wall-screens'

/**
 * Everything that a workflow may use, put together once by `compose.ts`. A workflow takes `Pick<SeatContext, …>`: its signature says what it
 * touches, and a test gives it just that.
 */
export interface SeatContext {
  readonly config: SeatConfig
  readonly shell: Shell
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly secrets: SecretStore
  readonly passwords: Passwords
  readonly store: Store
  readonly central: Central
  readonly credentials: Credentials
  readonly stream: EventStream
  readonly outbox: Outbox
  readonly session: SessionHolder
  readonly retirement: Retirement
  readonly views: Views
  readonly cases: CaseKeeper
  readonly callers: CallerDesk
  readonly locks: HeardLocks
  readonly prefetch: Prefetch
  readonly bulk: BulkRunner
  readonly telephone: TelephoneService
  readonly player: RecordingPlayer
  readonly cameras: CameraWatcher
  readonly sealer: LogSealer
  readonly handovers: HandoverDesk
  readonly walls: WallKeeper
  readonly steering: HeardSteering
  readonly cameraStates: CameraStateDesk
  readonly patrol: PatrolDesk
  readonly quality: QualityDesk
  readonly equipment: EquipmentDesk
  /** At the workstation that drives a wall. */
  readonly wallHand?: WallHand
  readonly wallScreens: WallScreens
  readonly publish: Publish
  readonly notices: Notices
  readonly urgentWatch: UrgentWatch
  readonly handWatch: HandWatch
  readonly queueWatch: QueueWatch
  readonly connection: ConnectionToCentre
  /** The time that is written on records: this PC's, corrected by the centre's clock. */
  readonly now: () => EpochMs
  /** What follows when the session begins to be honoured by the centre, goes on after a restart, or ends. Returns at once. */
  readonly entered: (how: 'signedIn' | 'resumed' | 'renewed') => void
  readonly left: () => void
}

/** What the workflows need of the connection's monitor. */
export interface ConnectionToCentre {
  isOnline(): boolean
  probeNow(): Promise<void>
}

/** Salted, slow password verifiers (scrypt, RFC 7914). */
export interface Passwords {
  verifierFor(password: string): Promise<string>
  matches(password: string, verifier: string): Promise<boolean>
}
