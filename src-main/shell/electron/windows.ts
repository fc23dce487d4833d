import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { programFolder } from '../prepare'
import { createCrashGuard } from './crash-guard'
import type { PageOrigin } from './page-origin'
import { pagePreferences } from './page-preferences'
import type { RememberedWindows } from './remembered-windows'
import { shortcutOf, zoomAfter } from './shortcuts'
import { createWallWindows, type ElectronWallWindows } from './wall-windows'
import { placeWindow, type Rectangle, smallestPane, smallestWindow } from './window-state'

/**
 * The seat's windows: the main one, and one per pane that was popped out. It decides where they stand and keeps them alive; what they show is
 * the page's, and what they may do is in `guards.ts`.
 */
export interface Windows {
  openMain(): void
  /** Brings the main window to the front. */
  showMain(): void
  /** One window per pane: asking again brings it to the front. */
  openPane(pane: string): void
  /** Windows that fill displays of a wall. */
  readonly wall: WallWindows
  has(contents: WebContents): boolean
  all(): readonly BrowserWindow[]
  isFocused(): boolean
}

type WallWindows = ElectronWallWindows

export interface WindowsNeeds {
  readonly page: PageOrigin
  readonly remembered: RememberedWindows
  readonly clock: Clock
  readonly log: Log
  readonly hasDevTools: boolean
  /** The main window was closed: the seat ends. */
  onMainClosed(): void
}

const mainName = 'main'

export function createWindows(needs: WindowsNeeds): Windows {
  const open = new Map<string, BrowserWindow>()
  const front = (name: string, make: () => BrowserWindow) => {
    const window = open.get(name) ?? make()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
  const make = (name: string, address: string) => {
    const window = createWindow(name, name === mainName ? smallestWindow : smallestPane, needs)
    open.set(name, window)
    window.on('closed', () => {
      open.delete(name)
      if (name === mainName) needs.onMainClosed()
    })
    void window.loadURL(address).catch((cause) => needs.log.error('page did not load', { cause, name }))
    return window
  }
  const wall = createWallWindows({ ...needs, ownDisplay: () => displayOf(open.get(mainName)) })
  return {
    wall,
    openMain: () => void make(mainName, needs.page.home),
    showMain: () => front(mainName, () => make(mainName, needs.page.home)),
    openPane: (pane) => front(`pane:${pane}`, () => make(`pane:${pane}`, needs.page.paneAddress(pane))),
    has: (contents) => [...open.values(), ...wall.all()].some((window) => !window.isDestroyed() && window.webContents === contents),
    all: () => [...open.values(), ...wall.all()].filter((window) => !window.isDestroyed()),
    isFocused: () => BrowserWindow.getFocusedWindow() !== null,
  }
}

function createWindow(name: string, smallest: typeof smallestWindow | typeof smallestPane, needs: WindowsNeeds): BrowserWindow {
  const { remembered, hasDevTools } = needs
  const { bounds, isMaximised, minimum } = placeWindow(remembered.of(name), workAreas(), smallest)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: minimum.width,
    minHeight: minimum.height,
    show: false,
    icon: join(programFolder, 'resources/icons/seat.png'),
    // The page's own surface colours, so that no white flashes before the first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#12161d' : '#f4f6f9',
    webPreferences: pagePreferences(hasDevTools),
  })
  if (isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  rememberPlace(window, name, remembered)
  takeShortcuts(window, hasDevTools)
  createCrashGuard(window, needs)
  return window
}

function rememberPlace(window: BrowserWindow, name: string, remembered: RememberedWindows): void {
  // The normal bounds, so that leaving the maximised state after a restart gives back the size from before it.
  const remember = () => remembered.remember(name, { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  window.on('resize', remember)
  window.on('move', remember)
  window.on('maximize', remember)
  window.on('unmaximize', remember)
  window.on('close', remember)
}

function takeShortcuts({ webContents }: BrowserWindow, hasDevTools: boolean): void {
  webContents.on('before-input-event', (event, input) => {
    const shortcut = shortcutOf(input, hasDevTools)
    if (!shortcut) return
    event.preventDefault()
    if (shortcut === 'reload') webContents.reload()
    else if (shortcut === 'devTools') webContents.toggleDevTools()
    else webContents.setZoomLevel(zoomAfter(shortcut, webContents.getZoomLevel()))
  })
}

const displayOf = (window: BrowserWindow | undefined) =>
  window && !window.isDestroyed() ? screen.getDisplayMatching(window.getBounds()).id : screen.getPrimaryDisplay().id

function workAreas(): readonly [Rectangle, ...Rectangle[]] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary.workArea, ...others.map((display) => display.workArea)]
}
