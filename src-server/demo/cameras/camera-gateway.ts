import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { createFlvStream } from '#main/cameras/flv/flv-stream'
import type { Clock } from '#shared/base/clock'
import type { CameraFilm } from './camera-film'
import { type CameraSegments, createCameraSegments } from './segments'

/**
 * What stands between the demonstration's cameras and the seats where a city has a media gateway: the same films as HLS and as WS-FLV on loopback, each
 * under an address that carries a token. Simulated; `--cameras` replaces it.
 */
export interface CameraGateway {
  hlsAddress(cameraNo: string): string
  flvAddress(cameraNo: string): string
  stop(): Promise<void>
}

/** A reader that does not take what it is sent is cut off. */
const mostUnsent = 8_000_000
const paths = { flv: /^\/(\d{3,6})\.flv$/, hls: /^\/(\d{3,6})\/(?:live\.m3u8|(\d+)(?:\.(\d+))?\.ts)$/ } as const

export async function startCameraGateway({
  clock,
  film,
}: {
  readonly clock: Clock
  film(cameraNo: string): CameraFilm | undefined
}): Promise<CameraGateway> {
  const token = randomBytes(9).toString('base64url')
  const cut = new Map<string, CameraSegments>()
  const sockets = new Set<Socket>()
  const segmentsOf = (cameraNo: string, filmed: CameraFilm): CameraSegments => {
    const segments = cut.get(cameraNo) ?? createCameraSegments(filmed, clock)
    cut.set(cameraNo, segments)
    return segments
  }
  /** The camera that is asked for, or the status of the refusal. */
  const admitted = (request: IncomingMessage, cameraNo: string): CameraFilm | number => {
    if (new URL(request.url ?? '/', 'http://gateway').searchParams.get('token') !== token) return 401
    const filmed = film(cameraNo)
    if (!filmed) return 404
    return filmed.fault === 'dead' ? 503 : filmed
  }
  const server = createServer((request, response) => {
    const [, cameraNo = '', sequence, part] = paths.hls.exec(pathOf(request)) ?? []
    const filmed = admitted(request, cameraNo)
    if (typeof filmed === 'number') return void response.writeHead(filmed).end()
    const segments = segmentsOf(cameraNo, filmed)
    if (sequence === undefined) return answer(response, 'application/vnd.apple.mpegurl', withToken(segments.playlist(), token))
    const octets = part === undefined ? segments.segment(Number(sequence)) : segments.part(Number(sequence), Number(part))
    return octets ? answer(response, 'video/mp2t', octets) : void response.writeHead(404).end()
  })
  const flv = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
  })
  server.on('upgrade', (request, socket, head) => {
    const filmed = admitted(request, paths.flv.exec(pathOf(request))?.[1] ?? '')
    if (typeof filmed === 'number') return void socket.end(`HTTP/1.1 ${filmed} Refused\r\n\r\n`)
    return flv.handleUpgrade(request, socket, head, (opened) => {
      const write = createFlvStream()
      const stop = filmed.look(({ units, isKey, atEpochMs }) => {
        opened.send(write({ units, isKey, parameters: filmed.parameters, timestamp: (atEpochMs * 90) >>> 0 }))
        if (opened.bufferedAmount > mostUnsent) opened.terminate()
      })
      opened.on('close', stop)
      opened.on('error', () => {})
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    hlsAddress: (cameraNo) => `http://${host}/${cameraNo}/live.m3u8?token=${token}`,
    flvAddress: (cameraNo) => `ws://${host}/${cameraNo}.flv?token=${token}`,
    async stop() {
      for (const segments of cut.values()) segments.stop()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const pathOf = (request: IncomingMessage): string => new URL(request.url ?? '/', 'http://gateway').pathname

/** Relative addresses do not take the token over by themselves. */
const withToken = (playlist: string, token: string): string => playlist.replaceAll(/\.ts(?="|$)/gm, `.ts?token=${token}`)

function answer(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' }).end(body)
}
