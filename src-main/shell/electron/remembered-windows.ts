import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock, Stop } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { parseWindowState, type WindowState } from './window-state'

/**
 * Keeps where each window was, in one small file of the data folder. It is a comfort, not a record: a file that cannot be read or written
 * costs a line in the log and nothing else.
 */
export interface RememberedWindows {
  of(name: string): WindowState | undefined
  remember(name: string, state: WindowState): void
  /** Writes what is not yet on disk. */
  flush(): void
}

/** Moving a window reports every pixel; one write after it has come to rest is enough. */
const restMs = 500

export function createRememberedWindows(file: string, clock: Clock, log: Log): RememberedWindows {
  const states = read(file)
  let stopTimer: Stop | undefined
  const flush = () => {
    if (!stopTimer) return
    stopTimer()
    stopTimer = undefined
    try {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(`${file}.next`, JSON.stringify(Object.fromEntries(states)))
      renameSync(`${file}.next`, file)
    } catch (cause) {
      log.warn('window places not written', { cause })
    }
  }
  return {
    of: (name) => states.get(name),
    remember(name, state) {
      states.set(name, state)
      stopTimer?.()
      stopTimer = clock.after(restMs, flush)
    },
    flush,
  }
}

function read(file: string): Map<string, WindowState> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value !== 'object' || value === null) return new Map()
    const states = Object.entries(value).map(([name, state]) => [name, parseWindowState(state)] as const)
    return new Map(states.filter((entry): entry is [string, WindowState] => entry[1] !== undefined))
  } catch {
    return new Map()
  }
}
