import { Agent, type ClientRequest, request } from 'node:http'

/** Sending and listening with as little work as possible: the generator shares the machine with the server that it measures. */
export interface Answered {
  readonly kind: 'read' | 'action'
  readonly what: string
  readonly ms: number
  readonly status: number
  readonly body: string
}

export interface Sending {
  readonly kind: Answered['kind']
  readonly what: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

export interface Client {
  send(sending: Sending): Promise<Answered>
  close(): void
}

export function createClient(origin: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 300 })
  return {
    send: ({ kind, what, method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const text = body === undefined ? undefined : JSON.stringify(body)
        const length = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
        const sentAt = performance.now()
        const asking = request(`${origin}${path}`, { method, agent, headers: { ...headers, ...length } }, (answer) => {
          const pieces: Buffer[] = []
          answer.on('data', (piece: Buffer) => pieces.push(piece))
          answer.on('end', () => {
            const ms = performance.now() - sentAt
            resolve({ kind, what, ms, status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString() })
          })
        })
        asking.on('error', reject)
        asking.end(text)
      }),
    close: () => agent.destroy(),
  }
}

export interface Streams {
  /** How long after the event's own time it arrived at the few listeners that read, in milliseconds. */
  readonly delaysMs: readonly number[]
  readonly bytes: () => number
  /** Of streams that ended before they were closed here. */
  readonly broken: () => number
  close(): void
}

/** One stream per seat; only the first few are read, the others are counted. */
export async function openStreams(origin: string, path: string, tokens: readonly string[], readers: number): Promise<Streams> {
  const delaysMs: number[] = []
  const asking: ClientRequest[] = []
  let [bytes, broken, isClosing] = [0, 0, false]
  const open = (token: string, index: number) =>
    new Promise<void>((resolve, reject) => {
      const one = request(`${origin}${path}`, { agent: false, headers: { authorization: `Bearer ${token}` } }, (answer) => {
        if (answer.statusCode !== 200) return reject(new Error(`a stream was answered with ${answer.statusCode}`))
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (index >= readers) return
          const now = Date.now()
          for (const [, at] of piece.toString('latin1').matchAll(/^data: \{"at":(\d+),/gm)) delaysMs.push(now - Number(at))
        })
        answer.on('close', () => {
          if (!isClosing) broken += 1
        })
        resolve()
      })
      one.on('error', (error) => {
        if (!isClosing) reject(error)
      })
      one.end()
      asking.push(one)
    })
  for (const [index, token] of tokens.entries()) await open(token, index)
  return {
    delaysMs,
    bytes: () => bytes,
    broken: () => broken,
    close() {
      isClosing = true
      for (const one of asking) one.destroy()
    },
  }
}
