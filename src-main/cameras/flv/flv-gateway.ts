import WebSocket from 'ws'
import type { Clock } from '#shared/base/clock'
import { type AppError, appError, err, ok, type Result } from '../camera-error'
import type { OpenedCamera } from '../opened-camera'
import type { CodedPicture } from '../rtsp/h264'
import { createFlvReader } from './read-flv'

/** A picture from a city gateway: FLV over a WebSocket, as the media servers behind GB/T 28181 platforms give it. */
export interface FlvGatewayOptions {
  readonly address: string
  readonly clock: Clock
  onPicture(picture: CodedPicture): void
  onLost(error: AppError): void
}

const openMs = 5_000
const silentMs = 10_000
const mostMessage = 16 * 1024 * 1024

export async function openFlvGateway({ address, clock, onPicture, onLost }: FlvGatewayOptions): Promise<Result<OpenedCamera, AppError>> {
  if (!/^wss?:\/\//.test(address) || !URL.canParse(address)) return err(appError('camera/badAddress'))
  const socket = new WebSocket(address, { handshakeTimeout: openMs, perMessageDeflate: false, maxPayload: mostMessage })
  const failure = await opened(socket, address)
  if (failure) {
    socket.terminate()
    return err(failure)
  }
  const read = createFlvReader()
  let lastAt = clock.monotonicMs()
  let isOver = false
  const end = (error: AppError | null) => {
    if (isOver) return
    isOver = true
    stopWatching()
    socket.terminate()
    if (error) onLost(error)
  }
  const stopWatching = clock.every(1_000, () => {
    if (clock.monotonicMs() - lastAt > silentMs) end(appError('camera/silent', { seconds: silentMs / 1_000 }))
  })
  socket.on('message', (data) => {
    try {
      for (const picture of read(data as Buffer)) {
        lastAt = clock.monotonicMs()
        if (!isOver) onPicture(picture)
      }
    } catch {
      end(appError('camera/noPicture', { codec: '不是 H.264' }))
    }
  })
  socket.on('close', () => end(appError('camera/lost')))
  return ok({ close: () => end(null) })
}

function opened(socket: WebSocket, address: string): Promise<AppError | null> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve(null))
    socket.once('unexpected-response', (_request, { statusCode = 0, statusMessage = '' }) => resolve(refusalOf(statusCode, statusMessage)))
    // Also after the end, when nobody listens for it any more: an error without a listener ends the process.
    socket.on('error', () => resolve(appError('camera/unreachable', { address: new URL(address).host })))
  })
}

function refusalOf(status: number, reason: string): AppError {
  if (status === 401 || status === 403) return appError('camera/wrongPassword')
  return status === 404 ? appError('camera/notFound') : appError('camera/refused', { status, reason })
}
