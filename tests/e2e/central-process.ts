import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DemoTelephone } from '../../scripts/start/telephone'

const root = join(import.meta.dirname, '../..')

/** A real central server with the demonstration accounts, in its own process and data folder. */
export interface CentralProcess {
  readonly url: string
  readonly password: string
  /** The demonstration's exchange; undefined when there was no port for it. */
  readonly telephone: DemoTelephone | undefined
  /** Ends the process at once, as a power cut does. */
  kill(): Promise<void>
  /** The same data and the same port again. */
  start(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts on a copy of `template` when given: hashing a dozen passwords takes a second, copying them none. `cases` `open`: with the demonstration's
 * cases of ten days. `speed`: how fast simulated people act; `0`: nobody does, nobody calls.
 */
export async function startCentral(
  folder: string,
  template?: string,
  cases: 'none' | 'open' = 'none',
  speed = '0',
): Promise<CentralProcess> {
  mkdirSync(folder, { recursive: true })
  if (template) cpSync(template, folder, { recursive: true })
  const port = await freePort()
  let child: ChildProcess | undefined
  let ready: { url: string; demonstration: { password: string; telephone?: DemoTelephone } } | undefined

  const start = async () => {
    child = spawn(
      process.execPath,
      [join(root, 'out/server/index.js'), '--demo', '--demo-cases', cases, '--demo-speed', speed, '--port', String(port), '--data', folder],
      {
        stdio: ['ignore', 'pipe', process.env.SEAT_TEST_VERBOSE ? 'inherit' : 'ignore'],
      },
    )
    ready = await firstJsonLine(child, 'central server')
  }
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  await start()
  if (!ready) throw new Error('central server gave no ready line')
  return {
    url: ready.url,
    password: ready.demonstration.password,
    telephone: ready.demonstration.telephone,
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
  }
}

/** The first line of a child's standard output that is JSON; fails with what it said when it ends first. */
export function firstJsonLine<T>(child: ChildProcess, what: string): Promise<T> {
  const { stdout } = child
  if (!stdout) throw new Error(`${what}: its standard output is not a pipe`)
  const said: string[] = []
  return new Promise((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      said.push(line)
      if (line.startsWith('{')) resolve(JSON.parse(line) as T)
    })
    child.once('exit', (code) => reject(new Error(`${what} ended with ${code} before it was ready: ${said.join('\n')}`)))
  })
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}
