import type { AppError } from '#shared/base/app-error'
import type { Clock, EpochMs, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { Result } from '#shared/base/result'
import type { RoleId } from '#shared/domain/account/role'
import type { Shift } from '#shared/domain/shift/shift'
import type { CameraSources } from '../cameras/sources'
import type { CameraMotors } from '../cameras/steering'
import type { Cti } from '../cti/cti'
import type { ExportFiles } from '../files/export-files'
import type { FileStore } from '../files/file-store'
import type { Pictures } from '../files/pictures'
import type { Database, DatabaseKind, Statements } from '../store/open-database'
import type { Transactor, Work } from '../store/transaction'
import type { TileDesk } from './base-maps/ports'
import type { GbPlatform } from './cameras/gb-platform'
import type { CaseSettings } from './cases/settings'
import type { ExportRunner } from './exports/runner'
import type { GeoPublisher, GeoRunner } from './geo/ports'
import type { Passwords } from './passwords'
import type { Tokens } from './tokens'

/** What every workflow is given. Built once in `build-server.ts`; a workflow takes it as its first argument and keeps nothing between calls. */
export interface Services {
  readonly db: Database
  readonly databaseKind: DatabaseKind
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly passwords: Passwords
  readonly tokens: Tokens
  readonly transactor: Transactor
  readonly centre: CentreConfig
  readonly files: FileStore
  /** Recordings of calls, apart from everything that cases name. */
  readonly recordings: FileStore
  /** How long recordings of calls are kept. */
  readonly recordingDays: number
  readonly pictures: Pictures
  readonly caseAccess: CaseAccess
  readonly caseSettings: CaseSettings
  readonly exportFiles: ExportFiles
  readonly exportRunner: ExportRunner
  /** Uploads of geodata, their reports and exports, and the archives of map tiles. */
  readonly geoFiles: FileStore
  readonly geoOutputs: ExportFiles
  readonly tileFiles: ExportFiles
  readonly geoRunner: GeoRunner
  /** Squares of base maps from elsewhere. */
  readonly tileDesk: TileDesk
  readonly geoPublisher: GeoPublisher
  /** The queue of the exchange; null while the centre has none. */
  readonly cti: () => Cti | null
  /** Where the pictures of cameras come from. */
  readonly cameras: () => CameraSources
  /** The platform that devices of GB/T 28181 register with; null: this process is none. */
  readonly gb: () => GbPlatform | null
  /** The way to the motors of cameras that turn. */
  readonly motors: () => CameraMotors
}

/** May this person read that case, and with it its attachments? `db` is the transaction when the question comes from inside one. */
export type CaseAccess = (actor: Actor, caseId: string, db: Database | Statements) => Promise<boolean>

export interface CentreConfig {
  readonly name: string
  readonly version: string
  readonly demonstration: boolean
  /** The shift pattern in force; the first of the reference data when it has no such pattern. */
  readonly shiftPatternId: string
  /** The centre profile under which new cases are registered: id of a reference document `centreProfile`. */
  readonly profileId: string
}

/** The signed-in person behind a request. */
export interface Actor {
  readonly sessionId: string
  readonly accountId: string
  readonly accountNo: string
  readonly name: string
  readonly role: RoleId
  readonly roles: RoleId[]
  /** Whose terminal a department's operator works; null for everybody else. */
  readonly departmentCode: string | null
  readonly seatNo: string
  readonly shift: Shift | null
  readonly signedInAt: EpochMs
  readonly expiresAt: EpochMs
  readonly mustChangePassword: boolean
}

/**
 * One request, checked: the input fits its schemas, the actor has the role. `transact` is the transaction of this request: on a keyed route it
 * gives the first answer again instead of running the work a second time.
 */
export interface Ask<Input, Who = Actor> {
  readonly input: Input
  readonly actor: Who
  /** From `If-Match`; 0 on routes without versions. */
  readonly seenVersion: number
  transact<T>(work: Work<T>): Promise<Result<T, AppError>>
}

/** A file for a row that produces `octets`: whole in memory, or read piece by piece, of which a caller may ask for a range (RFC 9110 §14). */
export type FileAnswer = FileAbout & ({ readonly bytes: Buffer } | RangedFile)

export interface RangedFile {
  readonly size: number
  /** Octets from a place on, up to another. */
  read(from: number, until: number): Promise<Buffer>
}

export interface FileAbout {
  readonly mediaType: string
  /** Of these very bytes, without quotes: the same tag never stands for other bytes. */
  readonly etag: string
  /** RFC 6266, with the file's name. */
  readonly disposition: string
  /** Nobody keeps a copy: what is fetched once is not to be found in a cache. */
  readonly isForOnce?: true
}

export type Answer<T> = Promise<Result<T, AppError>>
