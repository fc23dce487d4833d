import { type MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift'
import type { Clock, Stop } from '#shared/base/clock'
import { type AppError, appError, err, ok, type Result } from '../camera-error'
import { refusalOf } from '../hls/hls-camera'
import type { OpenedCamera } from '../opened-camera'
import { type CodedPicture, createH264Assembler } from '../rtsp/h264'
import { createPutInOrder } from './in-order'

/**
 * A picture from a gateway over WebRTC, agreed by WHEP (draft-ietf-wish-whep): our offer is posted, the answer comes back, leaving is a DELETE. The
 * connection is the core's, not the page's: one for all tiles, ended when the seat is locked, and the gateway's address and token stay here.
 */
export interface WhepOptions {
  readonly address: string
  /** Sent as a bearer token. */
  readonly token: string | null
  readonly clock: Clock
  readonly fetch: typeof globalThis.fetch
  onPicture(picture: CodedPicture): void
  onLost(error: AppError): void
}

const requestMs = 5_000
const connectMs = 8_000
const silentMs = 10_000
/** A key picture is asked for this often until one came. */
const askKeyMs = 500
const payloadType = 102

export async function openWhepCamera(options: WhepOptions): Promise<Result<OpenedCamera, AppError>> {
  const { address, clock, onPicture, onLost } = options
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return err(appError('camera/badAddress'))
  const connection = createConnection()
  const transceiver = connection.addTransceiver('video', { direction: 'recvonly' })
  const assembler = createH264Assembler()
  const inOrder = createPutInOrder()
  const timers: Stop[] = []
  let lastAt = clock.monotonicMs()
  let wantsKey = true
  let isOver = false
  let session: string | null = null
  const end = (error: AppError | null) => {
    if (isOver) return
    isOver = true
    for (const stop of timers.splice(0)) stop()
    void connection.close().catch(() => {})
    if (session) void leave(options, session)
    if (error) onLost(error)
  }
  const receive = (track: MediaStreamTrack) =>
    track.onReceiveRtp.subscribe(({ header, payload }) => {
      const { payloadType: type, marker, sequenceNumber: sequence, timestamp } = header
      const dropped = assembler.counters.dropped
      for (const packet of inOrder({ payloadType: type, marker, sequence, timestamp, payload })) {
        const picture = assembler.push(packet)
        if (!picture || isOver) continue
        lastAt = clock.monotonicMs()
        wantsKey = false
        onPicture(picture)
      }
      if (assembler.counters.dropped > dropped) wantsKey = true
    })
  connection.onTrack.subscribe(receive)
  const agreed = await agree(connection, options)
  if (!agreed.ok) {
    void connection.close().catch(() => {})
    return agreed
  }
  session = agreed.value
  if (!(await isConnected(connection, clock))) {
    end(null)
    return err(appError('camera/noAnswer'))
  }
  connection.connectionStateChange.subscribe((state) => {
    if (state === 'failed' || state === 'closed' || state === 'disconnected') end(appError('camera/lost'))
  })
  timers.push(
    clock.every(askKeyMs, () => {
      const ssrc = transceiver.receiver.tracks[0]?.ssrc
      if (wantsKey && ssrc !== undefined) void transceiver.receiver.sendRtcpPLI(ssrc).catch(() => {})
    }),
    clock.every(1_000, () => {
      if (clock.monotonicMs() - lastAt > silentMs) end(appError('camera/silent', { seconds: silentMs / 1_000 }))
    }),
  )
  return ok({ close: () => end(null) })
}

function createConnection(): RTCPeerConnection {
  return new RTCPeerConnection({
    codecs: {
      audio: [],
      video: [
        new RTCRtpCodecParameters({
          mimeType: 'video/H264',
          clockRate: 90_000,
          payloadType,
          parameters: 'profile-level-id=42e01f;packetization-mode=1;level-asymmetry-allowed=1',
          rtcpFeedback: [{ type: 'nack' }, { type: 'nack', parameter: 'pli' }],
        }),
      ],
    },
    headerExtensions: { audio: [], video: [] },
    iceServers: [],
    // A gateway on this machine is reached by loopback, which werift leaves out of the machine's own addresses.
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
  })
}

/** Gives the address of the session, to be deleted when it is left; null: the gateway named none. */
async function agree(connection: RTCPeerConnection, { address, token, fetch }: WhepOptions): Promise<Result<string | null, AppError>> {
  await connection.setLocalDescription(await connection.createOffer())
  // werift asks a public STUN server even when it was given none.
  for (const { connection: ice } of connection.iceTransports) Object.assign(ice, { stunServer: undefined })
  await gathered(connection)
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', accept: 'application/sdp', ...(token && { authorization: `Bearer ${token}` }) },
      body: connection.localDescription?.sdp ?? '',
      // A redirection would take the token with it.
      redirect: 'error',
      signal: AbortSignal.timeout(requestMs),
    })
    const sdp = await response.text()
    if (!response.ok) return err(refusalOf(response))
    if (!/^m=video [1-9]/m.test(sdp) || !/^a=rtpmap:\d+ H264\//im.test(sdp))
      return err(appError('camera/noPicture', { codec: '没有 H.264' }))
    await connection.setRemoteDescription({ type: 'answer', sdp })
    const location = response.headers.get('location')
    return ok(location ? new URL(location, address).href : null)
  } catch {
    return err(appError('camera/unreachable', { address: new URL(address).host }))
  }
}

async function leave({ token, fetch }: WhepOptions, session: string): Promise<void> {
  // A gateway that does not hear it ends the session by itself when our packets stop.
  const headers = token ? { authorization: `Bearer ${token}` } : {}
  await fetch(session, { method: 'DELETE', headers, redirect: 'error', signal: AbortSignal.timeout(requestMs) }).catch(() => undefined)
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === 'complete') return Promise.resolve()
  return new Promise((resolve) => {
    connection.iceGatheringStateChange.subscribe((state) => state === 'complete' && resolve())
  })
}

function isConnected(connection: RTCPeerConnection, clock: Clock): Promise<boolean> {
  if (connection.connectionState === 'connected') return Promise.resolve(true)
  return new Promise((resolve) => {
    const stop = clock.after(connectMs, () => resolve(false))
    connection.connectionStateChange.subscribe((state) => {
      if (state !== 'connected' && state !== 'failed' && state !== 'closed') return
      stop()
      resolve(state === 'connected')
    })
  })
}
