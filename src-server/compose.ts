import type { FastifyInstance } from 'fastify'
import type { Clock, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { ok, type Result } from '#shared/base/result'
import { usualRecordingDays } from '#shared/domain/call/recording'
import { createTileFetcher } from './base-maps/fetch-tile'
import { buildServer } from './build-server'
import { type CameraSources, noCameras } from './cameras/sources'
import { type CameraMotors, noMotors } from './cameras/steering'
import { type ComposedGb, composeGb } from './compose-gb'
import type { Cti } from './cti/cti'
import { type AgentFollower, followAgents } from './cti/follow-agents'
import { createEventHub } from './events/event-hub'
import { listenForOthers } from './events/wake'
import { createDelivering, type Delivering } from './exchange-with-others/deliver'
import { createPost } from './exchange-with-others/post'
import { createExportFiles } from './files/export-files'
import { createFileStore, createRecordingStore, createUploadStore, type FileStore } from './files/file-store'
import type { PageFile } from './files/page-files'
import { createPictures } from './files/pictures'
import type { GbSettings } from './gb28181/settings'
import { listAgents } from './store/call-store'
import { migrate } from './store/migrate'
import { type DatabaseLocation, openDatabase } from './store/open-database'
import { listSeats } from './store/seat-store'
import { createTransactor } from './store/transaction'
import { cutTiles } from './tiles/cut-tiles'
import { createTileDesk } from './workflows/base-maps/serve-tile'
import { rateCall } from './workflows/calls'
import { withGbMotors } from './workflows/cameras/gb-motors'
import type { GbPlatform } from './workflows/cameras/gb-platform'
import { tickSteering } from './workflows/cameras/steer'
import { mayReadCase } from './workflows/cases/access'
import { tellMoves } from './workflows/cases/field'
import { createCaseSettings } from './workflows/cases/settings'
import { createExportRunner } from './workflows/exports/export-runner'
import { failLostExports } from './workflows/exports/manage-exports'
import { failLostImports } from './workflows/geo/manage-imports'
import { createGeoPublisher } from './workflows/geo/publish'
import { createGeoRunner } from './workflows/geo/runner'
import { startLearning } from './workflows/learn-proposals'
import { createPasswords, type PasswordCost } from './workflows/passwords'
import { importReference, type ReferenceFile } from './workflows/reference'
import type { CentreConfig, Services } from './workflows/services'
import { sweep } from './workflows/sweep'
import { keepTicking, type Ticking } from './workflows/ticking'
import { tokens } from './workflows/tokens'
import { tickWalls } from './workflows/walls/tick-walls'

/** Puts one central server together: database, workflows, events, routes. It does not listen and reads neither arguments nor files. */
export interface CentralParts {
  readonly location: DatabaseLocation
  /** Where the files of attachments lie. */
  readonly filesFolder: string
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly centre: CentreConfig
  readonly referenceFiles: readonly ReferenceFile[]
  readonly metricsToken: string | null
  readonly passwordCost?: PasswordCost
  /** How long recordings of calls are kept; a year when nothing is said. */
  readonly recordingDays?: number
  /** The built files of the collector's page; without them that page does not exist. */
  readonly collectorPage?: readonly PageFile[]
  /** Base maps may come from this machine itself: a demonstration or a test draws them there. */
  readonly mayFetchLoopback?: boolean
  /** Files that lie elsewhere are put in here. */
  readonly wrapFiles?: (files: FileStore) => FileStore
}

export interface Central {
  readonly app: FastifyInstance
  readonly services: Services
  /** Sends notifications to other platforms, every few seconds by itself. */
  readonly delivering: Delivering
  /** The queue of the exchange is there: it is told whom people hold ready, and shown to who may see it. At most one; stopped with the rest. */
  attachCti(cti: Cti): void
  /** Says where the pictures of cameras come from; until then from nowhere. */
  attachCameras(sources: CameraSources): void
  /** Says how cameras are turned; until then none can be. Stopped with the rest. */
  attachMotors(motors: CameraMotors): void
  /** Becomes a platform that devices of GB/T 28181 register with, and steers them besides. After `attachMotors`. The error is the system's words. */
  attachGb(settings: GbSettings): Promise<Result<GbPlatform, string>>
  /** Ends the event streams, answers what is under way, closes the database. */
  close(): Promise<void>
}

const sweepEveryMs = 60_000
/** As often as a map needs to know where people are. */
const tellMovesEveryMs = 5_000
const deliverEveryMs = 5_000
/** How long another platform may take to answer a notification. */
const notifyWithinMs = 15_000
/** How long a map service may take for one square; seats wait a little longer. */
const tileWithinMs = 8_000
/** What is still open after this long at the end is cut off. */
const closeWithinMs = 1_500

export async function composeCentral(parts: CentralParts): Promise<Central> {
  const { clock, ids, log, location } = parts
  const { db, kind, close: closeDatabase } = openDatabase(location, log)
  const applied = await migrate(db).catch(async (thrown: unknown) => {
    await closeDatabase()
    throw thrown
  })
  if (applied.length > 0) log.info('database migrated', { kind, applied })
  const hub = createEventHub({ db, log })
  let cti: Cti | null = null
  let cameras = noCameras
  let motors = noMotors
  let gb: ComposedGb | null = null
  let follower: AgentFollower | null = null
  let ticking: readonly Ticking[] = []
  const wake = (): void => {
    hub.wake()
    follower?.look()
    for (const one of ticking) one.look()
  }
  const transactor = createTransactor({ db, kind, now: () => clock.now(), onEvents: () => wake() })
  const passwords = createPasswords(parts.passwordCost)
  const exportFiles = createExportFiles(parts.filesFolder)
  const caseSettings = createCaseSettings(parts.centre.profileId)
  const tileFetcher = createTileFetcher({ withinMs: tileWithinMs, mayReachLoopback: parts.mayFetchLoopback ?? false })
  const files = createFileStore(parts.filesFolder, () => ids.uuid())
  const services: Services = {
    db,
    databaseKind: kind,
    clock,
    ids,
    log,
    passwords,
    tokens,
    transactor,
    centre: parts.centre,
    files: parts.wrapFiles?.(files) ?? files,
    recordings: createRecordingStore(parts.filesFolder, () => ids.uuid()),
    recordingDays: parts.recordingDays ?? usualRecordingDays,
    pictures: createPictures(),
    caseAccess: mayReadCase,
    cti: () => cti,
    cameras: () => cameras,
    motors: () => motors,
    gb: () => gb?.platform ?? null,
    caseSettings,
    exportFiles,
    exportRunner: createExportRunner({ db, clock, log, centre: parts.centre, caseSettings, exportFiles }),
    geoFiles: createUploadStore(parts.filesFolder, () => ids.uuid()),
    geoOutputs: createExportFiles(parts.filesFolder, 'geodata-outputs'),
    tileFiles: createExportFiles(parts.filesFolder, 'tiles'),
    tileDesk: createTileDesk(tileFetcher.fetch, clock),
    geoPublisher: createGeoPublisher(() => services, cutTiles),
    geoRunner: createGeoRunner(
      () => services,
      () => services.geoPublisher.changed(),
    ),
  }
  const changed = await importReference(services, parts.referenceFiles)
  if (changed.length > 0) log.info('reference data imported', { changed })

  await failLostExports(services, true)
  await failLostImports(services)
  const app = await buildServer({ services, hub, metricsToken: parts.metricsToken, collectorPage: parts.collectorPage ?? [] })
  const stopListening = location.kind === 'postgresql' ? listenForOthers({ url: location.url, clock, log, wake: () => wake() }) : undefined
  const stopSweeping = clock.every(sweepEveryMs, () => {
    sweep(services).catch((thrown: unknown) => log.error('sweep failed', { reason: String(thrown) }))
  })
  const stopTelling = clock.every(tellMovesEveryMs, () => {
    tellMoves(services).catch((thrown: unknown) => log.error('moves could not be told', { reason: String(thrown) }))
  })
  ticking = [keepTicking(() => tickWalls(services), 'walls', services), keepTicking(() => tickSteering(services), 'cameras', services)]
  const delivering = createDelivering({ services, post: createPost(notifyWithinMs), random: Math.random })
  const stopDelivering = clock.every(deliverEveryMs, () => {
    delivering.deliverDue().catch((thrown: unknown) => log.error('notifications could not be sent', { reason: String(thrown) }))
  })
  const stopLearning = startLearning(services)
  return {
    app,
    services,
    delivering,
    attachCameras(sources) {
      cameras = sources
    },
    attachMotors(next) {
      motors = next
    },
    async attachGb(settings) {
      const composed = await composeGb(services, settings, fetch)
      if (!composed.ok) return composed
      gb = composed.value
      motors = withGbMotors(gb.platform, motors)
      return ok(gb.platform)
    },
    attachCti(queue) {
      cti = queue
      const read = async () => ({ seats: await listSeats(db), agents: await listAgents(db, clock.now()) })
      queue.onEvent((event) => {
        if (event.type !== 'callRated') return
        rateCall(services, event).catch((thrown: unknown) =>
          log.error('an answer of a citizen was lost', { ref: event.ref, reason: String(thrown) }),
        )
      })
      follower = followAgents({ cti: queue, clock, log: log.child({ room: 'cti' }), read })
    },
    async close() {
      follower?.stop()
      await cti?.stop()
      stopDelivering()
      stopSweeping()
      for (const one of ticking) await one.stop()
      await motors.stop()
      await gb?.stop()
      stopLearning()
      stopTelling()
      stopListening?.()
      const stopWaiting = clock.after(closeWithinMs, () => app.server.closeAllConnections())
      await app.close()
      await delivering.stop()
      stopWaiting()
      await services.exportRunner.close()
      await services.geoRunner.close()
      await services.geoPublisher.close()
      tileFetcher.close()
      await closeDatabase()
    },
  }
}
