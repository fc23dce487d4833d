import { type ChildProcess, spawn } from 'node:child_process'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { allowMicrophone } from './microphone-grant'

/**
 * The seat's window when a browser shows it: the installed browser in app mode, with a profile of its own in the data folder, so that the
 * person's own browser, its extensions and its open tabs have no part in it. It knows nothing of what the page does.
 */
export interface AppWindow {
  /** Resolves when the browser's process has ended, for whatever reason. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

export interface AppWindowNeeds {
  readonly executable: string
  readonly address: string
  readonly profileFolder: string
  readonly isRoot: boolean
  readonly clock: Clock
  readonly log: Log
}

const closeTimeoutMs = 2_000

export function browserArguments({
  address,
  profileFolder,
  isRoot,
}: Pick<AppWindowNeeds, 'address' | 'profileFolder' | 'isRoot'>): readonly string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileFolder}`,
    '--window-size=1366,768',
    '--lang=zh-CN',
    '--accept-lang=zh-CN',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-features=Translate',
    '--disable-background-networking',
    '--disable-component-update',
    // A seat killed by a power cut must come up with its window, not with an offer to restore tabs.
    '--hide-crash-restore-bubble',
    // Ringing must sound before anybody has clicked into the page.
    '--autoplay-policy=no-user-gesture-required',
    // Speech between page and program stays on loopback, also on a PC whose network cable was pulled.
    '--allow-loopback-in-peer-connection',
    // Each second the page proves that it can hear and speak, behind other windows too.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    // Keeps the bar about unusual flags from covering the top of the window.
    '--test-type',
    ...(isRoot ? ['--no-sandbox'] : []),
  ]
}

export function openAppWindow(needs: AppWindowNeeds): AppWindow {
  const { executable, clock, log, isRoot } = needs
  if (isRoot) log.warn('browser runs without its sandbox because this process is root; run the seat as an ordinary user')
  allowMicrophone(needs.profileFolder, new URL(needs.address).origin, log)
  // A group of its own, so that the browser's helpers can be ended with it and a Ctrl+C in the terminal reaches only the seat.
  // On Linux the browser's own words follow LANGUAGE, not --lang.
  const env = { ...process.env, LANGUAGE: 'zh_CN' }
  const child = spawn(executable, browserArguments(needs), { detached: process.platform !== 'win32', stdio: 'ignore', env })
  const ended = new Promise<void>((resolve) => {
    child.once('error', (cause) => {
      log.error('browser could not be started', { executable, cause })
      resolve()
    })
    child.once('exit', (code, signal) => {
      log.info('browser ended', { code, signal })
      resolve()
    })
  })
  return {
    ended,
    async close() {
      endGroup(child, 'SIGTERM')
      const stopTimer = clock.after(closeTimeoutMs, () => endGroup(child, 'SIGKILL'))
      await ended
      stopTimer()
      // Helpers that outlived their parent are still in its group.
      endGroup(child, 'SIGKILL')
    },
  }
}

function endGroup({ pid }: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    else process.kill(-pid, signal)
  } catch {
    // ESRCH: nothing of the group is left, which is what was wanted.
  }
}
