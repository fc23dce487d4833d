import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ok } from '#shared/base/result'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { leavingRuleOf, usualShiftSettings } from '#shared/domain/shift/leaving'
import { createOpenCamera } from './cameras/open-camera'
import { createPictureDesk } from './cameras/picture-desk'
import { createCentralClient } from './central/client'
import { createCredentials } from './central/credentials'
import { createEventStream } from './central/event-stream'
import { createConnectionMonitor } from './central/monitor'
import { createOutbox } from './outbox/outbox'
import { createPasswordVerifier } from './platform/password-verifier'
import type { Platform, SeatConfig, SeatKeyPair, Shell } from './platform/ports'
import { openSeatKey } from './platform/seat-key'
import { createStopList, type StopList } from './platform/stop-list'
import { createSeatApi } from './seat-api/create-seat-api'
import { createHandlers } from './seat-api/handlers'
import type { ComposeOptions, ComposeSeat, Seat } from './seat-api/seat-api'
import { createTopics } from './seat-api/topics'
import { createBaseMapTileFiles, fingerprintOf } from './store/base-map-tiles'
import { createMapTileFiles } from './store/map-tiles'
import { openStore } from './store/open-store'
import { createMedia, usualPorts } from './telephony/media/create-media'
import { createOpenLine } from './telephony/open-line'
import { readProfile } from './telephony/sip/read-profile'
import { createWallDriver, isSoftwareWall } from './wall/create-driver'
import { readWallSetup } from './wall/read-setup'
import { createWallMemory } from './wall/software/file-memory'
import { appendDutyLog } from './workflows/append-duty-log'
import { createAutoLock } from './workflows/auto-lock'
import { createBaseMapDesk } from './workflows/base-maps'
import { createBulkRunner } from './workflows/bulk'
import { createCallerDesk } from './workflows/callers/caller-desk'
import { createCameraStateDesk } from './workflows/cameras/camera-states'
import { createHeardSteering } from './workflows/cameras/heard-steering'
import { createPatrolDesk } from './workflows/cameras/patrol-desk'
import { createCameraWatcher } from './workflows/cameras/watch-camera'
import { createHeardLocks } from './workflows/cases/heard-locks'
import { createCaseKeeper } from './workflows/cases/keep-cases'
import { createPrefetch } from './workflows/cases/prefetch'
import { forgetIfDisabled } from './workflows/check-locally'
import type { SeatContext } from './workflows/context'
import { createDeliver } from './workflows/deliver-intent'
import { createCentreFollower } from './workflows/follow-centre'
import { intentKinds } from './workflows/intent-kinds'
import { keepCentre } from './workflows/keep-centre'
import { lockSession } from './workflows/lock-session'
import { createMapTilesKeeper } from './workflows/map-tiles'
import { createNotices } from './workflows/notices'
import { profileInForce } from './workflows/profile-in-force'
import { createQualityDesk } from './workflows/quality-desk'
import { createOfflineWatch, createUrgentWatch, noticeOpening } from './workflows/raise-notices'
import { createReactions } from './workflows/reactions'
import { createRecordingKeeper } from './workflows/recordings/keep-recordings'
import { createRecordingPlayer } from './workflows/recordings/play-recording'
import { expireSession, requirePasswordChange } from './workflows/renew-session'
import { resumeSession } from './workflows/resume-session'
import { createRetirement } from './workflows/retire-sessions'
import { createSessionHolder, isHonoured } from './workflows/session-holder'
import { createAutomaticLog } from './workflows/shift/automatic-log'
import { createEquipmentDesk } from './workflows/shift/equipment-desk'
import { createHandoverDesk } from './workflows/shift/handover-desk'
import { createLogSealer } from './workflows/shift/log-sealer'
import { createPostWatch } from './workflows/shift/post-watch'
import { createRegisterKey } from './workflows/shift/register-key'
import { createStatementReminder } from './workflows/shift/statement-reminder'
import { configureTelephone } from './workflows/telephone/configure'
import { createTelephone } from './workflows/telephone/create-telephone'
import { createHandWatch } from './workflows/telephone/hand-watch'
import { createQueueAlarmWatch } from './workflows/telephone/queue-alarm'
import { createQueueWatch } from './workflows/telephone/queue-watch'
import { createTelephoneReports } from './workflows/telephone/reports'
import type { TelephoneService } from './workflows/telephone/service'
import { createStreamJournal } from './workflows/telephone/stream-journal'
import { createViews, mayWriteDutyLog } from './workflows/views'
import { cellFacts } from './workflows/wall/cell-facts'
import { createWallHand } from './workflows/wall/drive-wall'
import { createWallKeeper } from './workflows/wall/keep-walls'
import { createWallScreens, noWallScreens } from './workflows/wall/wall-screens'

/** Some twenty thousand squares: a city at the scales that are looked at, and no more of the disk. */
const baseMapLimitBytes = 512 * 1_048_576

/**
 * The whole core, put together from top to bottom; nothing else constructs. Each part is given what stands above it; where two need each other,
 * one gets a function that looks the other up when it is called.
 *
 * Resolves with an error when the local store cannot be opened (`store/encrypted`, `store/newer`, `store/inUse`, `store/migrationFailed`,
 * `store/readOnly`, `store/full`): then nothing is left running, and the shell shows the sentence. The centre is not waited for.
 */
export const composeSeat: ComposeSeat = async (config, platform, shell, options = {}) => {
  const { clock, log } = platform
  const [file, backupFolder] = [join(config.dataFolder, 'seat.db'), join(config.dataFolder, 'backups')]
  const opened = openStore({ file, backupFolder, key: config.databaseKey, clock, log: log.child({ room: 'store' }) })
  if (!opened.ok) return opened
  const running = createStopList(log)
  running.add('store', () => opened.value.close())
  try {
    // A database that came back from a backup ends before what was signed already: its chain cannot go on.
    const isRenewed = opened.value.facts().opening.how === 'recovered'
    const key = await openSeatKey(platform.secrets, config.seatNo, isRenewed)
    return ok(start(config, platform, shell, opened.value, key, running, options))
  } catch (bug) {
    await running.stopAll()
    throw bug
  }
}

function start(
  config: SeatConfig,
  platform: Platform,
  shell: Shell,
  store: SeatContext['store'],
  key: SeatKeyPair,
  running: StopList,
  { fetch = globalThis.fetch, random = Math.random, checkOutputs = false, media: givenMedia, openLine }: ComposeOptions,
): Seat {
  const { clock, ids, secrets } = platform
  const log = platform.log.child({ room: 'core' })
  const startedAt = clock.now()
  const now = () => monitor.centreNow()

  // ---- what windows see
  const topics = createTopics(log)
  const { publish } = topics
  const notices = createNotices({ ids, now, publish, announce: shell.announce })
  const offlineWatch = createOfflineWatch(notices, clock)
  const session = createSessionHolder({ store, publish, seatNo: config.seatNo })

  // ---- the centre
  const centralLog = platform.log.child({ room: 'central' })
  const credentials = createCredentials({ secrets, log: centralLog })
  const monitor = createConnectionMonitor({
    ask: () => central.call('centre.get', {}),
    clock,
    random,
    onChanged: (view, before) => reactions.connectionChanged(view, before),
    onCentre: (centre) => keepCentre(seat, centre),
  })
  const central = createCentralClient({
    origin: config.centralUrl,
    fetch,
    clock,
    centreNow: now,
    credentials,
    log: centralLog,
    onOutcome: (outcome) => (outcome === 'heard' ? monitor.heard() : monitor.doubt()),
    onExpired: (accountNo, code) => {
      forgetIfDisabled(seat, accountNo, code)
      expireSession(seat, accountNo)
    },
    onPasswordDue: (accountNo) => void requirePasswordChange(seat, accountNo),
  })
  const stream = createEventStream({
    open: (headers, signal) => central.open('events.stream', headers, signal),
    clock,
    random,
    log: centralLog,
    onEvent: (event) => follower.take(event),
    onPassed: (passed) => follower.pass(passed),
    onStatus: (status) => (status === 'heard' ? monitor.heard() : monitor.doubt()),
  })

  // ---- what waits for the centre
  const outbox = createOutbox({
    intents: store.intents,
    transaction: store.transaction,
    kinds: intentKinds(store, now),
    deliver: createDeliver({
      ...{ central, attachments: store.attachments },
      recordings: {
        find: (id) => media.recordings.find(id),
        peaks: (id, count) => media.recordings.peaks(id, count),
        readPiece: (id, from, length) => media.recordings.readPiece(id, from, length),
      },
      isLineFree: () => !telephone.isInCall(),
      registerKey: createRegisterKey(central, key),
    }),
    // Speech comes first: what was said goes up when nobody speaks.
    isHeld: ({ kind }) => kind === 'recording.upload' && telephone.isInCall(),
    clock,
    ids,
    random,
    isOnline: monitor.isOnline,
    log: platform.log.child({ room: 'outbox' }),
  })
  const views = createViews({ store, session, outbox, publish })
  const cases = createCaseKeeper({ store, clock, now, publish })
  const callers = createCallerDesk({ store, central, clock, now, publish, log, isOnline: monitor.isOnline })
  const locks = createHeardLocks(publish)
  const steering = createHeardSteering(publish)
  const quality = createQualityDesk({ store, outbox, notices, ids, now, publish })
  const cameraStates = createCameraStateDesk({ central, publish })
  const patrol = createPatrolDesk({ store, central, outbox, ids, now, publish })
  const bulk = createBulkRunner({ store, central, cases, clock, ids, random, now, isOnline: monitor.isOnline, publish, log })
  const retirement = createRetirement({ store, central, credentials, outbox, clock, log })

  // ---- the telephone
  const telephoneLog = platform.log.child({ room: 'telephone' })
  const media =
    givenMedia ??
    createMedia({
      ...{ clock, log: telephoneLog, randomBytes, journal: createStreamJournal(store, telephoneLog) },
      settings: {
        address: () => telephone.speech().address,
        ports: usualPorts,
        srtp: () => telephone.speech().srtp,
        recordingFolder: join(config.dataFolder, 'recordings'),
      },
    })
  const { recordings } = media
  const keeper = createRecordingKeeper({ store, recordings, outbox, notices, ids, clock, now, log: telephoneLog })
  const streams = createPictureDesk({ open: createOpenCamera(clock, globalThis.fetch), clock, ids })
  const walls = createWallKeeper({ central, publish, clock, now, log })
  running.add('walls', () => walls.stop())
  const wallSetup = config.wall === undefined ? undefined : readWallSetup(config.wall)
  if (wallSetup && !wallSetup.ok) log.warn('wall not driven', { problem: wallSetup.error.message })
  const wallDriver = wallSetup?.ok
    ? createWallDriver(wallSetup.value.driver, {
        ...{ clock, windows: shell.wallWindows, fetch: globalThis.fetch },
        memory: createWallMemory(join(config.dataFolder, 'software-wall.json'), log),
      })
    : undefined
  const wallHand =
    wallSetup?.ok && wallDriver
      ? createWallHand({ wallId: wallSetup.value.wallId, driver: wallDriver, walls, central, clock, log })
      : undefined
  running.add('wall hand', () => {
    wallHand?.end()
    return wallDriver?.stop()
  })
  const cameras = createCameraWatcher({ central, streams, session })
  const wallScreens =
    wallSetup?.ok && wallDriver && isSoftwareWall(wallDriver)
      ? createWallScreens({
          ...{
            wallId: wallSetup.value.wallId,
            isDemonstration: wallSetup.value.isDemonstration,
            screens: wallDriver,
            walls,
            cameras,
            publish,
          },
          factsOf: (content) => cellFacts(content, { row: cases.row, queues: topics.look('queues.changed'), now: now() }),
        })
      : noWallScreens
  running.add('cameras', () => streams.stop())
  const player = createRecordingPlayer({ store, recordings, central, outbox, session, ids, now })
  const telephone: TelephoneService = createTelephone({
    ...{ config, clock, ids, now, store, session, publish, notices, media, central, recordings: keeper },
    openLine: openLine?.(media) ?? createOpenLine({ platform, ids, random, media, version: config.version }),
    log: telephoneLog,
    reports: createTelephoneReports({
      ...{ store, ids, now, outbox, central },
      canTell: () => monitor.isOnline() && isHonoured(session.current()),
    }),
  })

  const queueAlarm = createQueueAlarmWatch(notices, now)
  const queueWatch = createQueueWatch({
    ...{ clock, now, central, publish },
    isWanted: () =>
      monitor.isOnline() && isHonoured(session.current()) && (telephone.hasLine() || session.current()?.me.role === 'shiftLead'),
    onRead: (queue) => queueAlarm.follow(queue, session.current()?.me),
  })

  // ---- the shift
  const sealer = createLogSealer(key, store, now)
  const passwords = createPasswordVerifier()
  const equipment = createEquipmentDesk({ store, central, outbox, ids, now, publish, sealer, views })
  const handovers = createHandoverDesk({
    ...{ store, session, sealer, outbox, central, passwords, ids, now, cases, publish },
    seatNo: config.seatNo,
    isOnline: monitor.isOnline,
    look: topics.look,
    repairs: equipment.orders,
  })

  // ---- the workflows
  const seat: SeatContext = {
    ...{
      config,
      shell,
      clock,
      ids,
      log,
      secrets,
      now,
      store,
      central,
      credentials,
      stream,
      outbox,
      session,
      retirement,
      views,
      cases,
      callers,
      locks,
      bulk,
      telephone,
      player,
      cameras,
      walls,
      wallScreens,
      steering,
      cameraStates,
      patrol,
      quality,
      equipment,
      ...(wallHand && { wallHand }),
      publish,
      notices,
      urgentWatch: createUrgentWatch(notices),
      handWatch: createHandWatch(notices),
      queueWatch,
    },
    passwords,
    sealer,
    handovers,
    connection: monitor,
    prefetch: createPrefetch({ store, central, cases, clock, now, isOnline: monitor.isOnline, isBusy: bulk.isBusy }),
    entered: (how) => reactions.entered(how),
    left: () => reactions.left(),
  }
  const mapTiles = createMapTilesKeeper({
    ...{ store, central, publish, clock, isOnline: monitor.isOnline },
    files: createMapTileFiles(join(config.dataFolder, 'map-tiles')),
    log: centralLog,
    isLineFree: () => !telephone.isInCall(),
  })
  const baseMaps = createBaseMapDesk({
    ...{ store, central, publish, isOnline: monitor.isOnline, now: () => clock.now(), fingerprintOf },
    files: createBaseMapTileFiles(join(config.dataFolder, 'base-map-tiles'), baseMapLimitBytes),
    limitBytes: baseMapLimitBytes,
  })
  const follower = createCentreFollower(seat)
  const autoLock = createAutoLock(clock, config.autoLockMinutes, () => {
    // Who listens to a citizen touches no key.
    if (!telephone.isInCall()) lockSession(seat)
  })
  const reactions = createReactions({ seat, follower, connection: monitor, offlineWatch, autoLock })

  // ---- the door
  const runtime = {
    node: process.versions.node,
    electron: process.versions.electron ?? null,
    platform: `${process.platform}-${process.arch}`,
  }
  const handlers = createHandlers({ seat, topics, autoLock, startedAt, runtime, retryConnection: reactions.retryConnection })
  const api = createSeatApi({ handlers, topics, session: session.current, log: platform.log.child({ room: 'seat-api' }), checkOutputs })

  // ---- start; stopping goes the other way
  running.add('central', async () => {
    central.close()
    await Promise.all([outbox.stop(), retirement.idle()])
  })
  running.add('watches', () => {
    bulk.stop()
    callers.stop()
    cases.end()
    offlineWatch.stop()
    autoLock.stop()
    queueWatch.stop()
  })
  const stopSession = topics.subscribe((message) => {
    if (message.topic === 'session.changed') reactions.sessionChanged()
    if (message.topic === 'reference.changed' || message.topic === 'connection.changed') mapTiles.look()
    if (message.topic === 'reference.changed') baseMaps.look()
    if (message.topic === 'queues.changed' || message.topic === 'cases.changed') wallScreens.refresh()
    if (message.topic === 'telephone.changed') callers.follow(message.state as StateOfTopic<'telephone.changed'>)
  })
  const automaticLog = createAutomaticLog({
    ...{ clock, now },
    look: topics.look,
    me: () => session.current()?.me,
    write(me, entry) {
      if (mayWriteDutyLog(me.role)) appendDutyLog(seat, me, { ...entry, links: [...(entry.links ?? [])] }, 'automatic')
    },
  })
  const postWatch = createPostWatch({
    ...{ clock, now, session, notices, publish },
    look: topics.look,
    rule: () => leavingRuleOf(profileInForce(store)?.shift ?? usualShiftSettings),
  })
  const statementReminder = createStatementReminder({ clock, now, session, notices })
  const stopAutomaticLog = topics.subscribe(({ topic }) => {
    automaticLog.follow(topic)
    postWatch.follow(topic)
    if (topic === 'session.changed') statementReminder.look()
    if (topic !== 'session.changed' && topic !== 'connection.changed') return
    if (monitor.isOnline() && isHonoured(session.current())) void handovers.catchUp()
    else handovers.show()
  })
  const stopOutbox = outbox.onChanged(reactions.outboxChanged)
  running.add('listeners', () => {
    stopSession()
    stopAutomaticLog()
    automaticLog.stop()
    postWatch.stop()
    statementReminder.stop()
    stopOutbox()
  })
  notices.show()
  publish('session.changed', session.view())
  publish('connection.changed', monitor.view())
  publish('wallScreens.changed', null)
  noticeOpening(notices, store.facts())
  store.transaction(() => store.bulkJobs.interruptAll())
  cases.end()
  callers.left()
  walls.left()
  locks.forget()
  steering.forget()
  cameraStates.left()
  patrol.left()
  quality.left()
  equipment.left()
  bulk.left()
  telephone.restore()
  resumeSession(seat)
  views.showAll()
  reactions.outboxChanged()
  running.add('telephone', async () => {
    keeper.stop()
    await telephone.stop()
    await media.stop()
  })
  mapTiles.show()
  baseMaps.show()
  running.add('map tiles', () => mapTiles.stop())
  running.add('events', () => follower.end())
  monitor.start()
  running.add('connection', () => monitor.stop())
  void configureTelephone({ config, secrets, telephone, log, readProfile })
  log.info('seat started', { version: config.version, seatNo: config.seatNo, shell: shell.kind })

  return {
    api,
    playback: player.playback,
    mapArchive: mapTiles.archive,
    baseMapTile: baseMaps.tile,
    picture: cameras.picture,
    systemLocked: () => void lockSession(seat),
    systemResumed() {
      reactions.retryConnection()
      telephone.networkChanged()
    },
    stop: running.stopAll,
  }
}
