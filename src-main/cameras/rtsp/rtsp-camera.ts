import type { Clock, Stop } from '#shared/base/clock'
import type { CameraAccount } from '../../device-http/authorize'
import { type AppError, appError, err, ok, type Result } from '../camera-error'
import { openConnection, type RtspConnection } from './connection'
import { describeVideo } from './describe'
import { type CodedPicture, createH264Assembler } from './h264'
import { readRtp, readSenderReport, type SenderClock } from './rtp'

/**
 * A camera over RTSP (RFC 2326), its video interleaved in the same TCP connection, which passes every firewall that the request passed. Pictures come
 * until it is closed, or until it is lost, which is said once with the reason. Reconnecting is the caller's.
 */
export interface RtspCamera {
  readonly counters: () => { readonly lost: number; readonly dropped: number }
  close(): void
}

export interface RtspOptions {
  /** `rtsp://host[:port]/path`; an account in it is used and never sent in the address. */
  readonly address: string
  readonly account?: CameraAccount
  readonly clock: Clock
  onPicture(picture: CodedPicture, clock: SenderClock | null): void
  onLost(error: AppError): void
}

/** For each step of opening. */
const stepMs = 5_000
/** Without a picture for so long the camera is taken for gone, though its connection stands. */
const silentMs = 10_000
const channels = { video: 0, control: 1 } as const

export async function openRtspCamera(options: RtspOptions): Promise<Result<RtspCamera, AppError>> {
  const target = readAddress(options.address, options.account)
  if (!target) return err(appError('camera/badAddress'))
  const { clock } = options
  let assembler = createH264Assembler()
  let senderClock: SenderClock | null = null
  let lastAt = clock.monotonicMs()
  const timers: Stop[] = []
  let isOver = false
  const end = () => {
    isOver = true
    for (const stop of timers.splice(0)) stop()
  }
  const lose = (error: AppError) => {
    if (isOver) return
    end()
    options.onLost(error)
  }
  const opened = await openConnection({
    ...target,
    clock,
    limitMs: stepMs,
    onFrame({ channel, data }) {
      if (channel === channels.control) senderClock = readSenderReport(data) ?? senderClock
      const packet = channel === channels.video ? readRtp(data) : null
      const picture = packet && assembler.push(packet)
      if (!picture || isOver) return
      lastAt = clock.monotonicMs()
      options.onPicture(picture, senderClock)
    },
    onClosed: () => lose(appError('camera/lost')),
  })
  if (!opened.ok) return opened
  const connection = opened.value
  const played = await play(connection, target.uri)
  if (!played.ok) {
    connection.close()
    return played
  }
  const { session, video, keepAliveMs } = played.value
  assembler = createH264Assembler({ ...(video.sequence && { sequence: video.sequence }), ...(video.picture && { picture: video.picture }) })
  timers.push(
    clock.every(keepAliveMs, () => void connection.request('OPTIONS', target.uri, { Session: session })),
    clock.every(1_000, () => {
      if (clock.monotonicMs() - lastAt < silentMs) return
      connection.close()
      lose(appError('camera/silent', { seconds: silentMs / 1_000 }))
    }),
  )
  return ok({
    counters: () => assembler.counters,
    close() {
      if (isOver) return
      end()
      void connection.request('TEARDOWN', target.uri, { Session: session }).then(connection.close)
    },
  })
}

async function play(connection: RtspConnection, uri: string) {
  const described = await connection.request('DESCRIBE', uri, { Accept: 'application/sdp' })
  if (!described.ok) return described
  const base = described.value.headers.get('content-base')?.[0] ?? described.value.headers.get('content-location')?.[0] ?? uri
  const video = describeVideo(described.value.body, base)
  if (!video) return err(appError('camera/noPicture', { codec: '没有视频' }))
  if (video.codec !== 'H264') return err(appError('camera/noPicture', { codec: video.codec === 'H265' ? 'H.265' : '其他编码' }))
  const transport = `RTP/AVP/TCP;unicast;interleaved=${channels.video}-${channels.control}`
  const ready = await connection.request('SETUP', video.control, { Transport: transport })
  if (!ready.ok) return ready
  // `12345678;timeout=60` (RFC 2326 §12.37); a session that is not refreshed in time ends.
  const [session = '', ...settings] = (ready.value.headers.get('session')?.[0] ?? '').split(';')
  const timeout = Number(settings.map((one) => /timeout=(\d+)/.exec(one)?.[1]).find(Boolean) ?? 60)
  const playing = await connection.request('PLAY', base, { Session: session, Range: 'npt=0.000-' })
  if (!playing.ok) return playing
  return ok({ session, video, keepAliveMs: Math.max(5_000, (timeout * 1_000) / 2) })
}

function readAddress(address: string, given: CameraAccount | undefined) {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== 'rtsp:' || url.hostname === '') return null
  const account = given ?? (url.username ? { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } : null)
  const uri = `rtsp://${url.host}${url.pathname}${url.search}`
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 554), account, uri }
}
