import { randomBytes, timingSafeEqual } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'

/**
 * One running seat per data folder, whichever shell it has: two cores on one database would both send its outbox. The first one listens on
 * loopback and writes where, with a secret, to `seat.lock`; a later start finds it, asks it to show itself, and ends. A lock left by a crash
 * answers nobody and is replaced, so no process id has to be trusted. It does not guard against somebody who may already write the folder.
 */
export type Answer = { readonly address: string | null }

export interface RunningSeat {
  release(): void
}

interface Lock {
  readonly pid: number
  readonly port: number
  readonly secret: string
}

const lockFile = 'seat.lock'
/** Loopback answers within a millisecond; a core that is busy for longer than this still holds its database open. */
const answerTimeoutMs = 3_000
const requestLimit = 1_000

/**
 * Takes the folder, or answers what the seat that has it said: it opened its window (`address: null`) or gave a new one-time address.
 * `showWindow` is called for every later start. Throws when the folder cannot be written.
 */
export async function claimFolder(
  folder: string,
  showWindow: () => Promise<Answer>,
): Promise<{ readonly mine: RunningSeat } | { readonly other: Answer }> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, lockFile)
  const secret = randomBytes(32).toString('hex')
  const server = await listen(secret, showWindow)
  const address = server.address()
  const lock: Lock = { pid: process.pid, port: typeof address === 'object' && address ? address.port : 0, secret }
  for (;;) {
    if (tryWrite(path, lock)) return { mine: { release: () => release(path, lock, server) } }
    const holder = read(path)
    const other = holder && (await askToShow(holder))
    if (other) {
      server.close()
      return { other }
    }
    // Whoever wrote it is gone. If another start replaced it meanwhile, its secret differs and the next turn asks that one.
    if (read(path)?.secret === holder?.secret) rmSync(path, { force: true })
  }
}

/** The file appears whole or not at all: a half-written one would look like a crash's to whoever reads it just then. */
function tryWrite(path: string, lock: Lock): boolean {
  const own = `${path}.${lock.pid}`
  writeFileSync(own, JSON.stringify(lock), { mode: 0o600 })
  try {
    linkSync(own, path)
    return true
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false
    throw cause
  } finally {
    rmSync(own, { force: true })
  }
}

function read(path: string): Lock | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Lock> | null
    const { pid, port, secret } = value ?? {}
    return typeof pid === 'number' && typeof port === 'number' && typeof secret === 'string' ? { pid, port, secret } : undefined
  } catch {
    return undefined
  }
}

function release(path: string, lock: Lock, server: Server): void {
  server.close()
  if (read(path)?.secret === lock.secret) rmSync(path, { force: true })
}

function listen(secret: string, showWindow: () => Promise<Answer>): Promise<Server> {
  const server = createServer((socket) => {
    socket.unref()
    socket.on('error', () => socket.destroy())
    socket.setTimeout(answerTimeoutMs, () => socket.destroy())
    void firstLine(socket).then(async (said) => {
      if (said === undefined || !isSame(said, secret)) return socket.destroy()
      socket.end(`${JSON.stringify(await showWindow())}\n`)
    })
  })
  // A server that only waits for later starts must not keep an ending process alive.
  server.unref()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(server))
  })
}

function askToShow(lock: Lock): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    if (lock.port < 1 || lock.port > 65_535) return resolve(undefined)
    const socket = connect({ host: '127.0.0.1', port: lock.port })
    const finish = (answer: Answer | undefined) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(answerTimeoutMs, () => finish(undefined))
    socket.on('error', () => finish(undefined))
    socket.on('close', () => finish(undefined))
    socket.on('connect', () => socket.write(`${lock.secret}\n`))
    void firstLine(socket).then((line) => finish(line === undefined ? undefined : parseAnswer(line)))
  })
}

function parseAnswer(line: string): Answer | undefined {
  try {
    const value = JSON.parse(line) as Partial<Answer> | null
    return value && (value.address === null || typeof value.address === 'string') ? { address: value.address } : undefined
  } catch {
    return undefined
  }
}

/** Undefined when the other side ends, or sends more than a line may hold. */
function firstLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
      else if (text.length > requestLimit) resolve(undefined)
    })
    socket.on('close', () => resolve(undefined))
  })
}

function isSame(said: string, secret: string): boolean {
  const [left, right] = [Buffer.from(said), Buffer.from(secret)]
  return left.length === right.length && timingSafeEqual(left, right)
}
