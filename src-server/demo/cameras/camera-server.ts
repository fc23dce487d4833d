import { createHash, randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { Stop } from '#shared/base/clock'
import type { CameraFilm } from './camera-film'
import { createPacketStream } from './rtp-packets'

/**
 * The demonstration's cameras on the network: an RTSP server (RFC 2326, interleaved, Digest) on loopback with one address for each. Simulated, and
 * replaced by `--cameras` alone: nothing else in the program knows that these are not real.
 */
export interface CameraServer {
  readonly port: number
  stop(): Promise<void>
}

export interface CameraServerOptions {
  readonly account: { readonly user: string; readonly password: string }
  readonly film: (cameraNo: string) => CameraFilm | undefined
}

const realm = '演示探头'
const ticksPerMs = 90
const reportEveryMs = 2_000
/** A reader that does not take what it is sent is cut off. */
const mostUnsent = 8_000_000
const mostRequest = 16_384

export async function startCameraServer(options: CameraServerOptions): Promise<CameraServer> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    serve(socket, options)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Request {
  readonly method: string
  readonly uri: string
  readonly sequence: string
  readonly authorization: string
}

function serve(socket: Socket, { account, film }: CameraServerOptions): void {
  const nonce = randomBytes(12).toString('hex')
  const session = randomBytes(4).toString('hex')
  let kept = ''
  let watched: Stop = () => {}
  socket.on('close', () => watched())
  const answer = ({ sequence }: Request, status: string, headers: readonly string[] = [], body = '') =>
    socket.write(
      [
        `RTSP/1.0 ${status}`,
        `CSeq: ${sequence}`,
        ...headers,
        ...(body ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
        '',
        body,
      ].join('\r\n'),
    )
  const handle = (request: Request) => {
    const { method, uri } = request
    const seen = film(/^rtsp:\/\/[^/]+\/(\d{3,6})\//.exec(uri)?.[1] ?? '')
    if (method === 'OPTIONS') return answer(request, '200 OK', ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN'])
    if (!isAuthorized(request, nonce, account))
      return answer(request, '401 Unauthorized', [`WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}"`])
    if (!seen) return answer(request, '404 Not Found')
    if (seen.fault === 'dead') return answer(request, '503 Service Unavailable')
    if (method === 'DESCRIBE') return answer(request, '200 OK', ['Content-Type: application/sdp', `Content-Base: ${uri}/`], describe(seen))
    if (method === 'SETUP')
      return answer(request, '200 OK', ['Transport: RTP/AVP/TCP;unicast;interleaved=0-1', `Session: ${session};timeout=60`])
    if (method === 'PLAY') {
      answer(request, '200 OK', [`Session: ${session}`])
      watched()
      watched = play(socket, seen)
      return undefined
    }
    if (method === 'TEARDOWN') watched()
    return answer(request, method === 'TEARDOWN' ? '200 OK' : '501 Not Implemented')
  }
  socket.on('data', (octets) => {
    kept += octets.toString('latin1')
    for (let end = kept.indexOf('\r\n\r\n'); end >= 0; end = kept.indexOf('\r\n\r\n')) {
      handle(readRequest(kept.slice(0, end)))
      kept = kept.slice(end + 4)
    }
    if (kept.length > mostRequest) socket.destroy()
  })
}

function play(socket: Socket, film: CameraFilm): Stop {
  const packets = createPacketStream(randomBytes(4).readUInt32BE())
  let first: number | null = null
  let reportedAt = 0
  return film.look(({ units, isKey, atEpochMs }) => {
    first ??= atEpochMs
    const timestamp = ((atEpochMs - first) * ticksPerMs) >>> 0
    if (atEpochMs - reportedAt >= reportEveryMs) {
      reportedAt = atEpochMs
      socket.write(packets.report(atEpochMs, timestamp))
    }
    const { sequence, picture } = film.parameters
    socket.write(packets.picture(isKey ? [sequence, picture, ...units] : units, timestamp))
    if (socket.writableLength > mostUnsent) socket.destroy()
  })
}

function describe({ parameters: { sequence, picture } }: CameraFilm): string {
  const sets = `${sequence.toString('base64')},${picture.toString('base64')}`
  return [
    'v=0',
    'o=- 0 0 IN IP4 127.0.0.1',
    's=demonstration',
    't=0 0',
    'm=video 0 RTP/AVP 96',
    'c=IN IP4 127.0.0.1',
    'a=rtpmap:96 H264/90000',
    `a=fmtp:96 packetization-mode=1;sprop-parameter-sets=${sets}`,
    'a=control:track1',
    '',
  ].join('\r\n')
}

function readRequest(text: string): Request {
  const [firstLine = '', ...lines] = text.split('\r\n')
  const [method = '', uri = ''] = firstLine.split(' ')
  const header = (name: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? ''
  return { method, uri, sequence: header('cseq'), authorization: header('authorization') }
}

/** RFC 2069's form, which needs no counting. */
function isAuthorized({ method, authorization }: Request, nonce: string, { user, password }: CameraServerOptions['account']): boolean {
  const field = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(authorization)?.[1] ?? ''
  const hash = (text: string) => createHash('md5').update(text).digest('hex')
  // Header text arrives as latin1; the realm was sent as UTF-8.
  const asSent = Buffer.from(field('realm'), 'latin1').toString('utf8')
  if (field('username') !== user || field('nonce') !== nonce || asSent !== realm) return false
  return field('response') === hash(`${hash(`${user}:${realm}:${password}`)}:${nonce}:${hash(`${method}:${field('uri')}`)}`)
}
