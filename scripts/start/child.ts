/**
 * Child processes that cannot be left behind: each leads a group of its own, so that a Ctrl+C in the terminal reaches only the script, which
 * then ends them in order.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Child {
  readonly process: ChildProcess
  /** Exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** The last things it said on standard error. */
  lastWords(): string
  stop(): Promise<void>
}

const stopTimeoutMs = 8_000
const keptLines = 15
const isWindows = process.platform === 'win32'

export interface ChildOptions {
  readonly isVerbose: boolean
  /** This script's own unless given. */
  readonly env?: NodeJS.ProcessEnv
}

export function startChild(executable: string, args: readonly string[], { isVerbose, env = process.env }: ChildOptions): Child {
  const child = spawn(executable, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: !isWindows, windowsHide: true, env })
  const words: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (isVerbose) console.error(line)
    words.push(line)
    if (words.length > keptLines) words.shift()
  })
  // A child that ended no longer reads; that is seen by its exit.
  child.stdin.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (cause) => {
      words.push(String(cause))
      resolve(null)
    })
    child.once('exit', (code) => resolve(code))
  })
  return {
    process: child,
    ended,
    lastWords: () => words.join('\n'),
    async stop() {
      if (child.pid === undefined) return
      // The child ends its own helpers; the group is for what it could not.
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      const timer = setTimeout(() => endGroup(child, 'SIGKILL'), stopTimeoutMs)
      await ended
      clearTimeout(timer)
      endGroup(child, 'SIGKILL')
    },
  }
}

/** Calls `onLine` for every JSON object that the child prints as a line. */
export function onJsonLine(child: Child, onLine: (value: Readonly<Record<string, unknown>>) => void): void {
  if (!child.process.stdout) return
  createInterface({ input: child.process.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return
    try {
      onLine(JSON.parse(line) as Record<string, unknown>)
    } catch {
      // Something else that happened to start with a brace.
    }
  })
}

function endGroup({ pid }: ChildProcess, signal: 'SIGKILL'): void {
  if (pid === undefined || isWindows) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Nothing of the group is left.
  }
}
