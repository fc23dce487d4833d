import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  const runtime = electronRuntime()
  if (!runtime) throw new Error('no Electron runtime')
  const root = options.programRoot ?? checkout
  const env = { ...process.env, LANG: 'zh_CN.UTF-8', TZ: 'Asia/Shanghai' } as Record<string, string>
  const isRoot = process.getuid?.() === 0
  const args = [...(isRoot ? ['--no-sandbox'] : []), root, ...seatArgs(options)]
  const electron = await _electron.launch({ executablePath: withNodeOptions(runtime), args, env, cwd: root })
  const page = await electron.firstWindow()
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

/**
 * Playwright takes NODE_OPTIONS out of the environment it gives Electron. A test runtime older than the product's needs one (to load a stand-in
 * for the native database module), so a script of two lines puts it back.
 */
function withNodeOptions(runtime: string): string {
  const nodeOptions = process.env.SEAT_TEST_ELECTRON_NODE_OPTIONS
  if (!nodeOptions) return runtime
  const script = join(mkdtempSync(join(tmpdir(), 'seat-e2e-electron-')), 'electron')
  writeFileSync(script, `#!/bin/sh\nNODE_OPTIONS='${nodeOptions}' exec '${runtime}' "$@"\n`, { mode: 0o755 })
  return script
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
