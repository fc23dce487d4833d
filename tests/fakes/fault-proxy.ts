import { type ClientRequest, createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/**
 * The network that lies: an HTTP proxy in front of a real central server. One rule at a time says what goes wrong and for which requests;
 * what it does not name passes, event streams included.
 *
 *   pass              nothing goes wrong
 *   cut               connections are reset, those standing too
 *   stall             requests are taken and never answered; standing streams fall silent
 *   resetAfterCommit  the server does it and answers, and the answer is lost with the connection (writes only)
 *   duplicate         the server gets it twice, the client the second answer (writes only)
 *   status503         a gateway's page without problem+json
 *   refuse            an answer as the server gives when it will not take the contents (422)
 *   slow              everything takes `delayMs` longer
 */
export type FaultMode = 'pass' | 'cut' | 'stall' | 'resetAfterCommit' | 'duplicate' | 'status503' | 'refuse' | 'slow'

export interface FaultScope {
  /** Path without query, exact. Absent = every path. */
  readonly path?: string
  readonly method?: string
  /** After so many faults everything passes. */
  readonly times?: number
  /** For `slow`. */
  readonly delayMs?: number
}

export interface FaultProxy {
  readonly url: string
  /** Replaces the rule. */
  set(mode: FaultMode, scope?: FaultScope): void
  /** Requests that reached the proxy so far. */
  requests(path?: string, method?: string): number
  /** Faults done so far, of all rules. */
  faults(): number
  stop(): Promise<void>
}

/** RFC 9457, as the central API agrees it. */
const refusal = {
  type: 'about:blank',
  title: '日志最长 2000 字，请分成几条。',
  status: 422,
  code: 'dutyLog/tooLong',
  retryable: false,
}

interface Seen {
  readonly path: string
  readonly method: string
}

export async function createFaultProxy(upstream: string): Promise<FaultProxy> {
  const target = new URL(upstream)
  let rule: { readonly mode: FaultMode; readonly scope: FaultScope; left: number } = { mode: 'pass', scope: {}, left: Infinity }
  let faults = 0
  const seen: Seen[] = []
  const sockets = new Set<Socket>()
  const upstreams = new Set<ClientRequest>()
  const streaming = new Set<{ readonly response: ServerResponse; readonly seen: Seen; readonly from: IncomingMessage }>()

  function matches(request: Seen): boolean {
    const { mode, scope, left } = rule
    if (mode === 'pass' || left <= 0) return false
    if ((mode === 'resetAfterCommit' || mode === 'duplicate') && request.method === 'GET') return false
    return (scope.path === undefined || scope.path === request.path) && (scope.method === undefined || scope.method === request.method)
  }

  function forward(from: IncomingMessage, body: Buffer, onAnswer: (answer: IncomingMessage) => void, onFailure: () => void): void {
    const headers = { ...from.headers, host: target.host }
    const request = send({ host: target.hostname, port: target.port, method: from.method, path: from.url, headers, agent: false }, onAnswer)
    upstreams.add(request)
    request.on('close', () => upstreams.delete(request))
    request.on('error', onFailure)
    request.end(body)
  }

  function pass(from: IncomingMessage, body: Buffer, response: ServerResponse, about: Seen): void {
    forward(
      from,
      body,
      (answer) => {
        const entry = { response, seen: about, from: answer }
        streaming.add(entry)
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        response.flushHeaders()
        answer.pipe(response)
        answer.on('error', () => response.destroy())
        response.on('close', () => {
          streaming.delete(entry)
          answer.destroy()
        })
      },
      () => response.destroy(),
    )
  }

  const drained = (answer: IncomingMessage, then: () => void) => {
    answer.resume()
    answer.on('end', then)
  }

  function fail(mode: FaultMode, from: IncomingMessage, body: Buffer, response: ServerResponse, about: Seen): void {
    const reset = () => from.socket.resetAndDestroy()
    if (mode === 'cut') reset()
    else if (mode === 'resetAfterCommit') forward(from, body, (answer) => drained(answer, reset), reset)
    else if (mode === 'duplicate') forward(from, body, (answer) => drained(answer, () => pass(from, body, response, about)), reset)
    else if (mode === 'status503') response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Service Unavailable</h1>')
    else if (mode === 'refuse') response.writeHead(422, { 'content-type': 'application/problem+json' }).end(JSON.stringify(refusal))
    else if (mode === 'slow') setTimeout(() => pass(from, body, response, about), rule.scope.delayMs ?? 1_000)
    // `stall`: nothing is ever said.
  }

  const server = createServer((request, response) => {
    const about = { path: new URL(request.url ?? '/', upstream).pathname, method: request.method ?? 'GET' }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('error', () => response.destroy())
    request.on('end', () => {
      seen.push(about)
      const body = Buffer.concat(chunks)
      if (!matches(about)) return pass(request, body, response, about)
      faults += 1
      const { mode } = rule
      rule.left -= 1
      fail(mode, request, body, response, about)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(mode, scope = {}) {
      rule = { mode, scope, left: scope.times ?? Infinity }
      for (const { response, seen: about, from } of streaming) {
        if (mode === 'cut' && matches(about)) response.socket?.resetAndDestroy()
        if (mode === 'stall' && matches(about)) from.unpipe(response)
      }
    },
    requests: (path, method) =>
      seen.filter((one) => (path === undefined || one.path === path) && (method === undefined || one.method === method)).length,
    faults: () => faults,
    async stop() {
      for (const request of upstreams) request.destroy()
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
