import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron, type Browser, type BrowserContext, type ElectronApplication, type Page } from '@playwright/test'
import { firstJsonLine } from './central-process'
import { electronRuntime } from './electron-runtime'

const checkout = join(import.meta.dirname, '../..')

export type ShellKind = 'browser' | 'electron'

export interface SeatOptions {
  readonly shell: ShellKind
  readonly centralUrl: string
  readonly dataFolder: string
  readonly seatNo: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly args?: readonly string[]
  /** Folder with `out/` of the program; the checkout unless said. */
  readonly programRoot?: string
}

/** A workstation that was really started: its main window, and the ways it can end. */
export interface SeatProcess {
  readonly page: Page
  /** Only on Electron. */
  readonly electron: ElectronApplication | undefined
  readonly pid: number
  /** SIGKILL to the core's process: nothing gets a chance to save. */
  kill(): Promise<void>
  stop(): Promise<void>
  /** Resolves with the next window that opens. */
  nextWindow(): Promise<Page>
}

/** `browser` carries the page of the browser shell; Electron brings its own. */
export async function startSeat(options: SeatOptions, browser: Browser | undefined): Promise<SeatProcess> {
  if (options.shell === 'electron') return startElectronSeat(options)
  if (!browser) throw new Error('the browser shell needs a browser')
  return startBrowserSeat(options, browser)
}

function seatArgs(options: SeatOptions): string[] {
  return ['--server', options.centralUrl, '--seat', options.seatNo, '--data', options.dataFolder, ...(options.args ?? [])]
}

async function startBrowserSeat(options: SeatOptions, browser: Browser): Promise<SeatProcess> {
  const child = spawn(
    process.execPath,
    [join(options.programRoot ?? checkout, 'out/main/browser.cjs'), '--headless', ...seatArgs(options)],
    {
      stdio: ['ignore', 'pipe', process.env.SEAT_TEST_VERBOSE ? 'inherit' : 'ignore'],
    },
  )
  const { address } = await firstJsonLine<{ address: string }>(child, 'seat')
  const context: BrowserContext = await browser.newContext({ viewport: options.viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(address)
  const end = async (signal: NodeJS.Signals) => {
    await endChild(child, signal)
    await context.close()
  }
  return {
    page,
    electron: undefined,
    pid: child.pid ?? -1,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    nextWindow: () => context.waitForEvent('page'),
  }
}

async function startElectronSeat(options: SeatOptions): Promise<SeatProcess> {
  const { electron, page } = await attach(options)
  await page.setViewportSize(options.viewport)
  const child = electron.process()
  return {
    page,
    electron,
    pid: child.pid ?? -1,
    kill: () => endChild(child, 'SIGKILL'),
    stop: () => electron.close(),
    nextWindow: () => electron.waitForEvent('window'),
  }
}

const attachWithinMs = 15_000

/**
 * Starts Electron and takes hold of its window. About one start in fifty Playwright never sees a window that is there (the program's own log says
 * `seat ready`, its page has asked the core): a window that opens just as the debugger connects is missed. Such a process is ended and
 * started again, and the run says so; a program that does not start fails all three times.
 */
async function attach(options: SeatOptions): Promise<{ electron: ElectronApplication; page: Page }> {
  const root = options.programRoot ?? checkout
  const env = { ...process.env, LANG: 'zh_CN.UTF-8', TZ: 'Asia/Shanghai' } as Record<string, string>
  // No GPU under a virtual screen: its process would fail to start and be started again while the first keys are typed.
  const args = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...seatArgs(options)]
  for (let attempt = 1; ; attempt++) {
    const runtime = wrappedRuntime()
    const held = holdWindow(_electron.launch({ executablePath: runtime.executablePath, args, env, cwd: root }))
    const limit = new AbortController()
    const late = delay(attachWithinMs, undefined, { signal: limit.signal }).catch(() => undefined)
    const got = await Promise.race([held, late])
    limit.abort()
    if (got) return got
    held.catch(() => undefined)
    const pid = runtime.pid()
    if (pid) process.kill(pid, 'SIGKILL')
    if (attempt === 3) throw new Error('Electron showed no window three times')
    console.log(`e2e: Playwright saw no Electron window within ${attachWithinMs / 1000} s; started again`)
  }
}

async function holdWindow(launching: Promise<ElectronApplication>): Promise<{ electron: ElectronApplication; page: Page }> {
  const electron = await launching
  return { electron, page: await electron.firstWindow() }
}

/**
 * Playwright takes NODE_OPTIONS out of the environment it gives Electron. A test runtime older than the product's needs one (to load a stand-in
 * for the native database module), so a script of three lines puts it back; it also notes the process's id before Electron takes its place.
 */
function wrappedRuntime(): { readonly executablePath: string; pid(): number | undefined } {
  const runtime = electronRuntime()
  if (!runtime) throw new Error('no Electron runtime')
  const folder = mkdtempSync(join(tmpdir(), 'seat-e2e-electron-'))
  const script = join(folder, 'electron')
  const pidFile = join(folder, 'pid')
  const nodeOptions = process.env.SEAT_TEST_ELECTRON_NODE_OPTIONS ?? ''
  writeFileSync(script, `#!/bin/sh\necho $$ > '${pidFile}'\nNODE_OPTIONS='${nodeOptions}' exec '${runtime}' "$@"\n`, { mode: 0o755 })
  return { executablePath: script, pid: () => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : undefined) }
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
