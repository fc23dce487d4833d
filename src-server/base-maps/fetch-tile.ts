import { lookup as lookUp } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { err, ok, type Result } from '#shared/base/result'
import { isForbiddenAddress } from './forbidden-address'

/**
 * Fetches one picture from a host that an administrator entered. It follows no redirection (a key would go with it), reaches no address that a map service
 * cannot have, whatever a name resolves to, and takes nothing but a picture of bounded size. What goes wrong is said without the address, which has the key in it.
 */
export type TileFailure =
  /** The service answered that there is nothing here. */
  | { readonly kind: 'noTile' }
  /** It answered, but gave no picture; another try changes nothing. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface TilePicture {
  readonly bytes: Buffer
  readonly mediaType: string
}

export interface TileFetcher {
  fetch(address: string): Promise<Result<TilePicture, TileFailure>>
  close(): void
}

export interface TileFetcherOptions {
  readonly withinMs: number
  /** Also this machine itself: only where squares are drawn by the demonstration or a test. */
  readonly mayReachLoopback: boolean
}

const mostBytes = 4_194_304
const mostSockets = 6
/** Some services give pictures to nothing that does not name itself. */
const userAgent = 'Mozilla/5.0 (compatible; seat-workstation)'

class Forbidden extends Error {}

export function createTileFetcher({ withinMs, mayReachLoopback }: TileFetcherOptions): TileFetcher {
  const agents = {
    http: new HttpAgent({ keepAlive: true, maxSockets: mostSockets }),
    https: new HttpsAgent({ keepAlive: true, maxSockets: mostSockets }),
  }
  const isForbidden = (address: string) => isForbiddenAddress(address, mayReachLoopback)
  // Looked at after the name was resolved and before the connection is made to that very address: a name cannot be one thing first and another then.
  const lookup: LookupFunction = (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '')
      const allowed = addresses.filter(({ address }) => !isForbidden(address))
      const [first] = allowed
      if (!first) return callback(new Forbidden(), '')
      if (options.all) return callback(null, allowed)
      return callback(null, first.address, first.family)
    })
  }
  return {
    async fetch(address) {
      const url = new URL(address)
      const host = url.hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) && isForbidden(host)) return err({ kind: 'refused', reason: '地址指向中心自己或保留网段，不取' })
      const isSecure = url.protocol === 'https:'
      try {
        const answer = await new Promise<IncomingMessage>((resolve, reject) => {
          const asked = (isSecure ? httpsRequest : httpRequest)(url, {
            agent: isSecure ? agents.https : agents.http,
            lookup,
            headers: { 'user-agent': userAgent, accept: 'image/*' },
            signal: AbortSignal.timeout(withinMs),
          })
          asked.once('response', resolve).once('error', reject).end()
        })
        return await read(answer)
      } catch (cause) {
        if (cause instanceof Forbidden) return err({ kind: 'refused', reason: '主机名指向中心自己或保留网段，不取' })
        return err({ kind: 'unreachable', reason: reasonOf(cause, withinMs) })
      }
    },
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

async function read(answer: IncomingMessage): Promise<Result<TilePicture, TileFailure>> {
  const status = answer.statusCode ?? 0
  const give = (failure: TileFailure) => {
    answer.destroy()
    return err(failure)
  }
  if (status === 404 || status === 204) return give({ kind: 'noTile' })
  if (status >= 300 && status < 400) return give({ kind: 'refused', reason: '对方要转到别的地址，不跟随' })
  if (status === 429) return give({ kind: 'unreachable', reason: '对方说取得太频繁' })
  if (status >= 500) return give({ kind: 'unreachable', reason: `对方内部出错 ${status}` })
  if (status === 401 || status === 403 || status === 418) return give({ kind: 'refused', reason: `密钥或来源不被接受，${status}` })
  if (status !== 200) return give({ kind: 'refused', reason: `对方回答 ${status}` })
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of answer as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > mostBytes) return give({ kind: 'refused', reason: '图太大' })
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  const mediaType = pictureType(whole)
  // 天地图 answers a wrong key with 200 and a sentence.
  return mediaType === undefined
    ? err({ kind: 'refused', reason: '回答的不是图片，多半是密钥或图层名不对' })
    : ok({ bytes: whole, mediaType })
}

/** By the first bytes: what the service calls it is not believed, the page draws it. */
export function pictureType(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  if (/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return 'image/gif'
  return bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP' ? 'image/webp' : undefined
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: '对方没有开放端口',
  ECONNRESET: '对方断开了连接',
  EHOSTUNREACH: '网络不通',
  ENETUNREACH: '网络不通',
  ENOTFOUND: '主机名找不到',
  EAI_AGAIN: '域名解析不通',
  CERT_HAS_EXPIRED: '对方的证书过期了',
  DEPTH_ZERO_SELF_SIGNED_CERT: '对方的证书不可信',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: '对方的证书不可信',
}

function reasonOf(cause: unknown, withinMs: number): string {
  const { name, code } = cause as { name?: string; code?: string }
  if (name === 'AbortError' || name === 'TimeoutError') return `${Math.round(withinMs / 1_000)} 秒没有回答`
  return words[code ?? ''] ?? '网络不通'
}
