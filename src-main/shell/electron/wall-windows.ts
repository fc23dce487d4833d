import { BrowserWindow, screen } from 'electron'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import type { WallWindows } from '../../platform/ports'
import type { PageOrigin } from './page-origin'
import { pagePreferences } from './page-preferences'
import { againAfterMs, displayFor, displayName } from './wall-displays'

/**
 * Windows of the software wall: without a frame and full on a display of their own, or an ordinary window where there is only the seat's. A page that
 * dies is loaded again by itself, a display that is unplugged closes its window, and each of these is told.
 */
export interface ElectronWallWindows extends WallWindows {
  all(): readonly BrowserWindow[]
}

type Listener = Parameters<WallWindows['onChanged']>[0]

export function createWallWindows(needs: {
  readonly page: PageOrigin
  readonly clock: Clock
  readonly log: Log
  readonly hasDevTools: boolean
  ownDisplay(): number
}): ElectronWallWindows {
  const { page, clock, log, ownDisplay } = needs
  const open = new Map<number, { readonly window: BrowserWindow; readonly displayId: number | null; readonly display: string | null }>()
  const listeners = new Set<Listener>()
  const tell: Listener = (change) => {
    for (const listener of [...listeners]) listener(change)
  }
  const placeOf = (display: number | null) => displayFor(display, screen.getAllDisplays(), ownDisplay())

  function make(number: number, display: number | null) {
    const place = placeOf(display)
    const window = new BrowserWindow({
      ...(place ? { ...place.bounds, frame: false, fullscreen: true, skipTaskbar: true } : { width: 1_280, height: 720 }),
      title: '大屏',
      backgroundColor: '#000000',
      autoHideMenuBar: true,
      webPreferences: pagePreferences(needs.hasDevTools),
    })
    const name = place ? displayName(place, screen.getAllDisplays()) : null
    open.set(number, { window, displayId: place?.id ?? null, display: name })
    window.on('closed', () => {
      if (open.get(number)?.window === window) open.delete(number)
      tell({ kind: 'gone', screen: number })
    })
    keepAlive(window, clock, log, () => tell({ kind: 'gone', screen: number }))
    void window.loadURL(page.wallAddress(number)).catch((cause) => log.error('wall page did not load', { cause, screen: number }))
    log.info('wall window opened', { screen: number, display: name })
    return { display: name, address: null }
  }

  screen.on('display-removed', (_event, { id }) => {
    for (const { window, displayId } of [...open.values()]) if (displayId === id && !window.isDestroyed()) window.destroy()
  })
  screen.on('display-added', () => tell({ kind: 'displays' }))

  return {
    open(number, display) {
      const there = open.get(number)
      const place = placeOf(display)
      if (!there || there.window.isDestroyed()) return make(number, display)
      // It was opened while its display was away.
      if (there.displayId === null && place) {
        there.window.destroy()
        return make(number, display)
      }
      there.window.showInactive()
      return { display: there.display, address: null }
    },
    hasDisplay: (display) => placeOf(display) !== undefined,
    onChanged(listener): Stop {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    all: () => [...open.values()].map(({ window }) => window).filter((window) => !window.isDestroyed()),
  }
}

function keepAlive(window: BrowserWindow, clock: Clock, log: Log, gone: () => void): void {
  let deaths = 0
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    log.error('wall page process gone', { reason, exitCode, deaths })
    gone()
    clock.after(againAfterMs(deaths), () => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
    deaths += 1
  })
  window.on('unresponsive', () => {
    log.warn('wall page does not respond')
    gone()
    window.webContents.forcefullyCrashRenderer()
  })
}
