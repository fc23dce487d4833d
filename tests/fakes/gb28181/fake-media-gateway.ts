import { createSocket, type Socket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { createFlvStream } from '../../../src-main/cameras/flv/flv-stream'
import { unpackPicture } from './program-stream'

/**
 * A media gateway with the HTTP interface of ZLMediaKit, as far as the centre uses it: it opens a port for a stream, takes RTP/PS apart there, and gives
 * the pictures on as FLV over a WebSocket.
 */
export interface FakeMediaGateway {
  readonly api: string
  readonly secret: string
  readonly play: string
  /** Streams by name: what came, under which SSRC, and how many look. */
  stream(streamId: string): { readonly pictures: number; readonly ssrc: string; readonly viewers: number } | undefined
  streams(): readonly string[]
  /** How often it was asked who looks. */
  asked(): number
  /** Viewers that only the test knows of. */
  look(streamId: string, viewers: number): void
  failWith(failure: 'none' | 'secret' | 'full' | 'down'): void
  stop(): Promise<void>
}

interface Stream {
  readonly socket: Socket
  readonly port: number
  pictures: number
  ssrc: string
  lastAt: number
  looking: number
  readonly viewers: Set<{ send(octets: Buffer): void }>
}

const secret = 'Gateway-1'

export async function startFakeMediaGateway(): Promise<FakeMediaGateway> {
  const streams = new Map<string, Stream>()
  let asked = 0
  let failure: 'none' | 'secret' | 'full' | 'down' = 'none'

  async function openStream(streamId: string): Promise<number> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 })
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
    const stream: Stream = { socket, port: socket.address().port, pictures: 0, ssrc: '', lastAt: 0, looking: 0, viewers: new Set() }
    let parts: Buffer[] = []
    let parameters: { readonly sequence: Buffer; readonly picture: Buffer } | undefined
    socket.on('message', (packet) => {
      if ((packet[0] ?? 0) >> 6 !== 2 || ((packet[1] ?? 0) & 0x7f) !== 96) return
      stream.ssrc = String(packet.readUInt32BE(8)).padStart(10, '0')
      stream.lastAt = performance.now()
      parts.push(packet.subarray(12))
      if (((packet[1] ?? 0) & 0x80) === 0) return
      const read = unpackPicture(Buffer.concat(parts))
      parts = []
      if (!read) return
      stream.pictures += 1
      const kind = (unit: Buffer) => (unit[0] ?? 0) & 31
      const [sequence, picture] = [7, 8].map((wanted) => read.units.find((unit) => kind(unit) === wanted))
      const units = read.units.filter((unit) => kind(unit) < 7)
      if (sequence && picture) parameters = { sequence, picture }
      if (!parameters || units.length === 0) return
      const coded = { timestamp: read.timestamp, isKey: units.some((unit) => kind(unit) === 5), units, parameters }
      for (const viewer of stream.viewers) viewer.send(write(viewer, coded))
    })
    streams.set(streamId, stream)
    return stream.port
  }
  const writers = new WeakMap<object, ReturnType<typeof createFlvStream>>()
  function write(viewer: object, coded: Parameters<ReturnType<typeof createFlvStream>>[0]): Buffer {
    const writer = writers.get(viewer) ?? createFlvStream()
    writers.set(viewer, writer)
    return writer(coded)
  }

  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', async () => {
      const fields = new URLSearchParams(Buffer.concat(pieces).toString())
      const answer = (value: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
      const streamId = fields.get('stream_id') ?? fields.get('stream') ?? ''
      if (failure === 'down') return request.socket.destroy()
      if (failure === 'secret' || fields.get('secret') !== secret) return answer({ code: -100, msg: 'Incorrect secret' })
      if (request.url === '/index/api/openRtpServer') {
        if (failure === 'full') return answer({ code: -1, msg: 'no port left' })
        return answer({ code: 0, port: await openStream(streamId) })
      }
      const stream = streams.get(streamId)
      if (request.url === '/index/api/closeRtpServer') {
        stream?.socket.close()
        streams.delete(streamId)
        return answer({ code: 0, hit: stream ? 1 : 0 })
      }
      if (request.url === '/index/api/getMediaList') {
        asked += 1
        const isThere = stream && stream.lastAt > 0 && performance.now() - stream.lastAt < 3_000
        const totalReaderCount = stream ? stream.viewers.size + stream.looking : 0
        return answer({
          code: 0,
          ...(isThere && { data: ['rtmp', 'rtsp'].map((schema) => ({ schema, app: 'rtp', stream: streamId, totalReaderCount })) }),
        })
      }
      return answer({ code: -300, msg: 'unknown' })
    })
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    const stream = streams.get(/^\/rtp\/([\w-]+)\.live\.flv$/.exec(request.url ?? '')?.[1] ?? '')
    if (!stream) return socket.close()
    stream.viewers.add(socket)
    socket.on('close', () => stream.viewers.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...{ api: `http://127.0.0.1:${port}`, secret, play: `ws://127.0.0.1:${port}/rtp/{stream}.live.flv` },
    stream: (streamId) => {
      const stream = streams.get(streamId)
      return stream && { pictures: stream.pictures, ssrc: stream.ssrc, viewers: stream.viewers.size + stream.looking }
    },
    streams: () => [...streams.keys()],
    asked: () => asked,
    look: (streamId, viewers) => {
      const stream = streams.get(streamId)
      if (stream) stream.looking = viewers
    },
    failWith: (next) => {
      failure = next
    },
    async stop() {
      for (const client of sockets.clients) client.terminate()
      for (const { socket } of streams.values()) socket.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
