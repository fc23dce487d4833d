import type { WebSocket } from 'ws'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, type Result } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { SeatApi } from '../../seat-api/seat-api'
import { parseFrame } from './frames'

/**
 * Carries one window's commands to the core and the core's messages to it, over a socket that was already admitted. A frame that cannot be
 * read is answered and logged, and a window that sends nothing else is cut off; a window that stopped listening is dropped.
 */
export interface WindowSocketNeeds {
  readonly windowId: string
  readonly api: SeatApi
  readonly clock: Clock
  readonly log: Log
  onClosed(): void
}

export const heartbeatMs = 10_000
const malformedLimit = 20
/** Whole topics are sent, so a healthy page never lags this far behind; a stopped one must not fill the core's memory. */
const backlogLimitBytes = 16_000_000

/** WebSocket close codes (RFC 6455 §7.4.1). */
const policyViolation = 1008

export function serveSocket(socket: WebSocket, { windowId, api, clock, log, onClosed }: WindowSocketNeeds): void {
  let hasAnswered = true
  let malformed = 0
  const sender = { windowId, isTrusted: true }

  const send = (frame: unknown) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > backlogLimitBytes) {
      log.warn('window does not keep up', { bytes: socket.bufferedAmount })
      return socket.terminate()
    }
    socket.send(JSON.stringify(frame))
  }
  const refuse = (id: number | null, error: AppError, bytes: number) => {
    malformed += 1
    log.warn('malformed frame', { code: error.code, bytes, malformed })
    send({ id, answer: err(error) satisfies Result<never, AppError> })
    if (malformed >= malformedLimit) socket.close(policyViolation, 'malformed frames')
  }

  const stopMessages = api.subscribe((message) => send({ message }))
  const stopHeartbeat = clock.every(heartbeatMs, () => {
    if (!hasAnswered) {
      log.warn('window does not answer')
      return socket.terminate()
    }
    hasAnswered = false
    socket.ping()
  })
  log.info('window connected')

  socket.on('pong', () => {
    hasAnswered = true
  })
  socket.on('message', async (data: Buffer, isBinary: boolean) => {
    if (isBinary) return refuse(null, appError('seatApi/malformed', { fields: 'JSON' }), data.length)
    const frame = parseFrame(data.toString('utf8'))
    if (!frame.ok) return refuse(frame.error.id, frame.error.error, data.length)
    const { id, command, payload } = frame.value
    send({ id, answer: await api.handle(command, payload, sender) })
  })
  // A frame over the limit lands here, after ws has closed the socket with 1009.
  socket.on('error', (cause: Error) => log.warn('window socket failed', { cause: cause.message }))
  socket.on('close', (code: number) => {
    stopHeartbeat()
    stopMessages()
    log.info('window gone', { code })
    onClosed()
  })
}
