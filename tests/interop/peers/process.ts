import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'

/** A peer's process, started in a group of its own so that it can be ended whole. */
export interface PeerProcess {
  readonly pid: number
  readonly hasEnded: () => boolean
  readonly exit: Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<void>
}

export function startProcess(command: string, args: readonly string[], cwd: string, logFile: string): PeerProcess {
  const log = createWriteStream(logFile)
  const child: ChildProcess = spawn(command, args, { cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  let ended = false
  const exit = new Promise<number | null>((resolve) => {
    const done = (code: number | null): void => {
      ended = true
      resolve(code)
    }
    child.once('error', () => done(null))
    child.once('exit', done)
  })
  const pid = child.pid ?? 0
  return {
    pid,
    exit,
    hasEnded: () => ended,
    stop: async (signal = 'SIGTERM') => {
      if (ended) return
      kill(-pid, signal)
      const late = setTimeout(() => kill(-pid, 'SIGKILL'), 3_000)
      await exit
      clearTimeout(late)
    },
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Whether a program is on this machine; suites of peers that are not say so by name. */
export function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `PATH="$PATH:/usr/sbin" command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Looks every few milliseconds until `holds` does; fails in words when it never did. */
export async function until(what: string, holds: () => unknown | Promise<unknown>, withinMs = 20_000): Promise<void> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
  throw new Error(`not within ${withinMs} ms: ${what}`)
}
