import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The platform of a source, a mayor's mailbox for one, as `docs/exchange.md` tells it to be: it checks the signature over the raw body and the moment,
 * does each delivery number once, and keeps the replies by its own numbers.
 */
export interface FakeSourcePlatform {
  readonly url: string
  readonly replies: readonly ReceivedReply[]
  /** How the next requests are answered instead, e.g. 500; `lost`: it keeps the reply, and its answer is lost. */
  readonly answers: (number | 'lost')[]
  /** Known only after the partner was made. */
  signWith(signingSecret: string): void
  /** The moment by its own clock. */
  setNow(now: number): void
  refused: number
  requests: number
  close(): void
}

export interface ReceivedReply {
  readonly no: string
  readonly caseNo: string
  readonly reply: {
    readonly text: string
    readonly approvedAt: number
    readonly replyBy: number | null
    readonly isLate: boolean
    readonly source: string
    readonly sourceName: string
    readonly platform: string
  }
}

const mostApartMs = 300_000

export async function startFakeSourcePlatform(): Promise<FakeSourcePlatform> {
  const kept = new Map<string, ReceivedReply>()
  const answers: FakeSourcePlatform['answers'] = []
  let [secret, now] = ['', 0]
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    platform.requests += 1
    const header = (name: string) => String(request.headers[name] ?? '')
    const [at, delivery] = [header('x-seat-timestamp'), header('x-seat-delivery')]
    const due = Buffer.from(`v1=${createHmac('sha256', secret).update(`${at}.${delivery}.${body}`).digest('hex')}`)
    const given = Buffer.from(header('x-seat-signature'))
    const isGenuine = due.length === given.length && timingSafeEqual(due, given) && Math.abs(Number(at) - now) <= mostApartMs
    const answer = answers.shift()
    if (!isGenuine) {
      platform.refused += 1
      return void response.writeHead(401).end()
    }
    if (typeof answer === 'number') return void response.writeHead(answer).end()
    if (!kept.has(delivery)) kept.set(delivery, JSON.parse(body) as ReceivedReply)
    if (answer === 'lost') return void request.socket.destroy()
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const platform: FakeSourcePlatform = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/replies`,
    get replies() {
      return [...kept.values()]
    },
    answers,
    signWith(signingSecret) {
      secret = signingSecret
    },
    setNow(moment) {
      now = moment
    },
    ...{ refused: 0, requests: 0 },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return platform
}
