import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters, RtpHeader, RtpPacket } from 'werift'
import type { CameraFilm } from '#server/demo/cameras/camera-film'

/** A gateway that gives a film over WebRTC by WHEP. */
export interface FakeWhepGateway {
  readonly origin: string
  /** Sessions that were neither deleted nor lost. */
  sessionCount(): number
  /** The gateway stops: connections end without a word. */
  stop(): Promise<void>
}

const mostPayload = 1_100
const payloadType = 102

export async function startFakeWhepGateway(options: {
  readonly token: string
  film(cameraNo: string): CameraFilm | undefined
}): Promise<FakeWhepGateway> {
  const sessions = new Map<string, { end(): Promise<void> }>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += piece
    const path = request.url ?? '/'
    if (request.headers.authorization !== `Bearer ${options.token}`) return response.writeHead(401).end()
    if (request.method === 'DELETE') {
      await sessions.get(path)?.end()
      return response.writeHead(sessions.delete(path) ? 200 : 404).end()
    }
    const film = options.film(/^\/whep\/(\d+)$/.exec(path)?.[1] ?? '')
    if (!film) return response.writeHead(404).end()
    if (film.fault === 'dead') return response.writeHead(503).end()
    const session = `/session/${randomBytes(6).toString('hex')}`
    const started = await answer(body, film)
    sessions.set(session, started)
    return response.writeHead(201, { 'content-type': 'application/sdp', location: session }).end(started.sdp)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    sessionCount: () => sessions.size,
    async stop() {
      for (const { end } of sessions.values()) await end()
      sessions.clear()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(offer: string, film: CameraFilm) {
  const track = new MediaStreamTrack({ kind: 'video' })
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [],
      video: [
        new RTCRtpCodecParameters({
          ...{ mimeType: 'video/H264', clockRate: 90_000, payloadType, parameters: 'profile-level-id=42e01f;packetization-mode=1' },
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
        }),
      ],
    },
    headerExtensions: { audio: [], video: [] },
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  })
  const { sender } = connection.addTransceiver(track, { direction: 'sendonly' })
  await connection.setRemoteDescription({ type: 'offer', sdp: offer })
  for (const { connection: ice } of connection.iceTransports) Object.assign(ice, { stunServer: undefined })
  await connection.setLocalDescription(await connection.createAnswer())
  let sequence = 65_500
  let stopFilm = () => {}
  let sending = Promise.resolve()
  /** A few at a time, as gateways do: a picture sent at once overruns the socket of whoever gets it. */
  const send = async (payloads: readonly Buffer[], timestamp: number) => {
    for (const [index, payload] of payloads.entries()) {
      const marker = index === payloads.length - 1
      const header = new RtpHeader({ payloadType, sequenceNumber: sequence, timestamp, ssrc: sender.ssrc, marker })
      sequence = (sequence + 1) & 0xffff
      await sender.sendRtp(new RtpPacket(header, payload)).catch(() => {})
      if (index % 16 === 15) await new Promise((resolve) => setImmediate(resolve))
    }
  }
  connection.connectionStateChange.subscribe((state) => {
    if (state !== 'connected') return
    stopFilm = film.look(({ units, isKey, atEpochMs }) => {
      const { sequence: sps, picture } = film.parameters
      const payloads = (isKey ? [sps, picture, ...units] : units).flatMap(fragmentsOf)
      sending = sending.then(() => send(payloads, (atEpochMs * 90) >>> 0))
    })
  })
  return {
    sdp: connection.localDescription?.sdp ?? '',
    async end() {
      stopFilm()
      await connection.close()
    },
  }
}

/** RFC 6184 §5.8. */
function fragmentsOf(unit: Buffer): readonly Buffer[] {
  if (unit.length <= mostPayload) return [unit]
  const head = unit[0] ?? 0
  const count = Math.ceil((unit.length - 1) / mostPayload)
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0) | (head & 0x1f)
    return Buffer.concat([Buffer.of((head & 0xe0) | 28, flags), unit.subarray(1 + index * mostPayload, 1 + (index + 1) * mostPayload)])
  })
}
