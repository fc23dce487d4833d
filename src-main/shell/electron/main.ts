import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, powerMonitor, session } from 'electron'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import { ok } from '#shared/base/result'
import { composeSeat } from '../../compose'
import { createFileSecrets } from '../../platform/file-secrets'
import { createIds } from '../../platform/ids'
import type { Shell } from '../../platform/ports'
import { createSystemClock } from '../../platform/system-clock'
import type { Seat } from '../../seat-api/seat-api'
import { claimFolder } from '../one-per-folder'
import { createPageFiles } from '../page-files'
import { exitCodeOf, type Prepared, prepare, programFolder } from '../prepare'
import { guardEveryPage, guardPermissions } from './guards'
import { createNativeNotices } from './native-notices'
import { createOsSecrets } from './os-secrets'
import { createPageOrigin } from './page-origin'
import { announcePageScheme, servePageScheme } from './page-scheme'
import { createRememberedWindows } from './remembered-windows'
import { carrySeatApi } from './seat-ipc'
import { createTray } from './tray'
import { createWindows } from './windows'

/**
 * Entry of the Electron shell: Electron's life cycle around the seat's core. Read top to bottom it is the order of starting; `stop` undoes it
 * in reverse.
 */
const stopTimeoutMs = 3_000
const closeTimeoutMs = 1_000

function main(): void {
  const prepared = prepare(process.argv.slice(1), { ignoresUnknown: true })
  if (!prepared.ok) {
    giveUp(prepared.error)
    return
  }
  const { folder, log } = prepared.value
  process.on('uncaughtException', (cause) => log.error('uncaught exception', { cause }))
  process.on('unhandledRejection', (cause) => log.error('unhandled rejection', { cause }))

  app.setPath('userData', folder.root)
  // Chromium's caches and storage stay apart from the seat's own files. It expects the folder to be there.
  const sessionFolder = join(folder.root, 'chromium')
  mkdirSync(sessionFolder, { recursive: true, mode: 0o700 })
  app.setPath('sessionData', sessionFolder)
  app.setAppUserModelId('seat-workstation')
  app.commandLine.appendSwitch('lang', 'zh-CN')
  // Speech between page and program stays on loopback, also on a PC whose network cable was pulled.
  app.commandLine.appendSwitch('allow-loopback-in-peer-connection')
  if (!app.requestSingleInstanceLock()) {
    log.info('seat already running in this data folder')
    app.exit(0)
    return
  }
  Menu.setApplicationMenu(null)
  announcePageScheme()
  app.whenReady().then(
    () => run(prepared.value),
    (cause) => log.error('Electron did not get ready', { cause }),
  )
}

async function run({ options, folder, log }: Prepared): Promise<void> {
  const clock = createSystemClock()
  const page = createPageOrigin(app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)
  const shellLog = log.child({ room: 'shell' })
  guardEveryPage(page, shellLog)
  guardPermissions(session.defaultSession, page, shellLog)
  let running: Seat | undefined
  servePageScheme(createPageFiles(join(programFolder, 'out/renderer')), {
    playback: (playId) => running?.playback(playId),
    picture: (watchId) => running?.picture(watchId),
    mapArchive: (sha256) => running?.mapArchive(sha256),
    baseMapTile: async (asked) => running?.baseMapTile(asked),
  })

  const remembered = createRememberedWindows(join(folder.root, 'windows.json'), clock, shellLog)
  const windows = createWindows({
    page,
    remembered,
    clock,
    log: shellLog,
    hasDevTools: options.hasDevTools,
    onMainClosed: () => app.quit(),
  })
  const claimed = await claimFolder(folder.root, async () => {
    windows.showMain()
    return { address: null }
  })
  if ('other' in claimed) {
    log.info('seat already running in this data folder')
    return app.exit(0)
  }
  const shell: Shell = {
    kind: 'electron',
    popOut: async (pane) => {
      windows.openPane(pane)
      return ok({ address: null })
    },
    announce: createNativeNotices({ isFocused: windows.isFocused, onOpened: windows.showMain }),
    wallWindows: windows.wall,
  }
  const secrets = createOsSecrets(join(folder.secretFolder, 'os-secrets.json'), log) ?? createFileSecrets(folder.secretFolder)
  const composed = await composeSeat(options.config, { clock, ids: createIds(), log, secrets }, shell)
  if (!composed.ok) {
    claimed.mine.release()
    return giveUp(composed.error)
  }
  const seat = composed.value
  running = seat

  carrySeatApi(seat.api, windows, page)
  app.on('second-instance', () => windows.showMain())
  powerMonitor.on('lock-screen', () => seat.systemLocked())
  powerMonitor.on('unlock-screen', () => seat.systemResumed())
  powerMonitor.on('resume', () => seat.systemResumed())
  const tray = createTray({ show: windows.showMain, lock: () => seat.systemLocked(), quit: () => app.quit() }, shellLog)
  endInOrder(async () => {
    // Windows first: a closing page hands over what was typed last, and the core must still be there to take it.
    await closeAll(windows.all(), clock)
    remembered.flush()
    await Promise.race([seat.stop(), new Promise<void>((resolve) => clock.after(stopTimeoutMs, resolve))])
    claimed.mine.release()
    tray?.destroy()
    log.info('seat stopped')
  })
  windows.openMain()
  log.info('seat ready', { secretsKeptIn: secrets.keptIn, isPackaged: app.isPackaged })
}

/** Every way of ending (window closed, tray, signal, system shutdown) goes through one stop, once. */
function endInOrder(stop: () => Promise<void>): void {
  let isStopping = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (isStopping) return
    isStopping = true
    void stop().finally(() => app.exit(0))
  })
  // Without a listener Electron quits by itself, before the seat has stopped.
  app.on('window-all-closed', () => app.quit())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())
}

/** A page that does not let go in time is closed without being asked. */
async function closeAll(windows: readonly BrowserWindow[], clock: Clock): Promise<void> {
  const closing = windows.map(
    (window) =>
      new Promise<void>((resolve) => {
        const stopTimer = clock.after(closeTimeoutMs, () => window.destroy())
        window.once('closed', () => {
          stopTimer()
          resolve()
        })
        window.close()
      }),
  )
  await Promise.all(closing)
}

/** Says why in the terminal, and in a box where there is no terminal to read. */
function giveUp(error: AppError): void {
  console.error(error.message)
  if (app.isPackaged) dialog.showErrorBox('坐席没有启动', error.message)
  app.exit(exitCodeOf(error))
}

main()
