import { join } from 'node:path'
import type { AppError } from '#shared/base/app-error'
import type { Clock, Ids } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { DataFolder } from '../../platform/data-folder'
import type { SecretStore, Shell } from '../../platform/ports'
import type { ComposeSeat, Seat } from '../../seat-api/seat-api'
import { deferred } from '../deferred'
import { type Answer, claimFolder } from '../one-per-folder'
import type { SeatOptions } from '../options'
import { createPageFiles } from '../page-files'
import { type AppWindow, openAppWindow } from './app-window'
import { type BrowserSearch, findBrowser, hasDisplay } from './find-browser'
import { type PageServer, startPageServer } from './page-server'

/**
 * The browser shell: claims the data folder, composes the core, serves the page and shows it. It ends when it is told to, or when its window
 * was closed and no other is connected. Everything that differs between machines and tests comes in as an argument.
 */
export interface BrowserShellNeeds {
  readonly options: SeatOptions
  readonly folder: DataFolder
  readonly log: Log
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: SecretStore
  readonly compose: ComposeSeat
  readonly pageFolder: string
  secret(): string
  readonly browser: BrowserSearch
  readonly isRoot: boolean
  /** One line on standard output. */
  print(line: string): void
  readonly stopAsked: AbortSignal
}

export interface RunningBrowserShell {
  /** Prints another one-time address. */
  printAddress(): void
  /** Resolves when everything is stopped. */
  readonly ended: Promise<void>
}

/** A reload or a pop-out changing hands leaves no window for a moment; this long without one means that the person closed it. */
const windowlessMs = 3_000
const stopTimeoutMs = 3_000

/** Errors: those of `ComposeSeat`, and `options/invalid` for a port that cannot be had. */
export async function runBrowserShell(needs: BrowserShellNeeds): Promise<Result<RunningBrowserShell | 'alreadyRunning', AppError>> {
  const { options, log, clock, print } = needs
  // A second start may ask while this one is still starting; it is answered once the page can be served.
  const ready = deferred<() => Answer>()
  const claimed = await claimFolder(needs.folder.root, async () => (await ready.promise)())
  if ('other' in claimed) {
    log.info('seat already running in this data folder')
    if (claimed.other.address !== null) print(JSON.stringify({ address: claimed.other.address }))
    return ok('alreadyRunning')
  }

  const shell: Shell = {
    kind: 'browser',
    // Only a click in the page may open a window in a browser, so the page does it.
    popOut: async (pane) => ok({ address: `/?pane=${encodeURIComponent(pane)}` }),
    // A browser lets only the page notify; the renderer shows the notice itself.
    announce: () => undefined,
    // Which displays there are only a page may ask, and only a click opens a window: the person puts it on its display and makes it full.
    wallWindows: {
      open: (screen) => ({ display: null, address: `/?wall=${screen}` }),
      hasDisplay: () => false,
      onChanged: () => () => {},
    },
  }
  const composed = await needs.compose(options.config, { clock, ids: needs.ids, log, secrets: needs.secrets }, shell)
  if (!composed.ok) {
    claimed.mine.release()
    return composed
  }
  const seat = composed.value
  const served = await servePage(needs, seat)
  if (!served.ok) {
    await seat.stop()
    claimed.mine.release()
    return served
  }
  const server = served.value
  const windows = createWindows(needs, server)
  ready.resolve(windows.show)
  const { address } = windows.show()
  if (address !== null) print(JSON.stringify({ address }))

  const ended = Promise.race([aborted(needs.stopAsked), windows.allClosed]).then(async () => {
    log.info('seat stops')
    await windows.close()
    await server.close()
    await Promise.race([seat.stop(), new Promise<void>((resolve) => clock.after(stopTimeoutMs, resolve))])
    claimed.mine.release()
  })
  return ok({ ended, printAddress: () => print(JSON.stringify({ address: server.oneTimeAddress() })) })
}

async function servePage(needs: BrowserShellNeeds, seat: Seat): Promise<Result<PageServer, AppError>> {
  const { clock, ids, log, secret, options } = needs
  const findFile = createPageFiles(needs.pageFolder)
  try {
    const own = log.child({ room: 'shell' })
    const server = await startPageServer({
      api: seat.api,
      playback: seat.playback,
      picture: seat.picture,
      mapArchive: seat.mapArchive,
      baseMapTile: seat.baseMapTile,
      findFile,
      clock,
      ids,
      log: own,
      secret,
      port: options.port,
    })
    log.info('seat ready', { port: server.port })
    return ok(server)
  } catch (cause) {
    log.error('page server could not listen', { cause, port: options.port })
    return err(appError('options/invalid', { problem: `端口 ${options.port} 已被占用或不能使用` }))
  }
}

interface Windows {
  /** Opens the app window, or answers an address where none can be opened. */
  show(): Answer
  /** Resolves when the last window was closed by the person; never in headless mode. */
  readonly allClosed: Promise<void>
  close(): Promise<void>
}

function createWindows(needs: BrowserShellNeeds, server: PageServer): Windows {
  const { options, browser, log, clock, print } = needs
  const allClosed = deferred<void>()
  const open = new Set<AppWindow>()
  const executable = !options.isHeadless && hasDisplay(browser.platform, browser.env) ? findBrowser(browser) : undefined
  if (!options.isHeadless && !executable) log.warn('no display or no Chromium, Chrome or Edge found; the address is printed instead')
  let hasOpened = false
  let hasConnected = false
  let stopWaiting = () => {}

  const review = () => {
    stopWaiting()
    hasConnected ||= server.windowCount() > 0
    if (!hasOpened || open.size > 0 || server.windowCount() > 0) return
    stopWaiting = clock.after(windowlessMs, () => allClosed.resolve())
  }
  server.onWindowsChanged(review)

  return {
    allClosed: allClosed.promise,
    show() {
      const address = server.oneTimeAddress()
      if (!executable) return { address }
      hasOpened = true
      const profileFolder = join(needs.folder.root, 'browser')
      const window = openAppWindow({ executable, address, profileFolder, isRoot: needs.isRoot, clock, log })
      open.add(window)
      void window.ended.then(() => {
        open.delete(window)
        if (hasConnected) return review()
        // The browser failed before it showed anything: the seat stays, and says where to find it.
        hasOpened = false
        print(JSON.stringify({ address: server.oneTimeAddress() }))
      })
      review()
      return { address: null }
    },
    async close() {
      stopWaiting()
      await Promise.all([...open].map((window) => window.close()))
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
