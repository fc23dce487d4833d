import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import type { Clock } from '#shared/base/clock'
import { authorization, type CameraAccount, type Challenge, chooseChallenge } from '../../device-http/authorize'
import { type AppError, appError, err, ok, type Result } from '../camera-error'
import { createRtspReader, type MediaFrame, type RtspMessage, statusOf, writeRequest } from './wire'

/**
 * One RTSP connection: requests one after the other, each with a time limit, authorised when the camera asks for it; media frames between them.
 * It never throws; once closed, every request fails.
 */
export interface RtspConnection {
  request(method: string, uri: string, headers?: Readonly<Record<string, string>>): Promise<Result<RtspMessage, AppError>>
  close(): void
}

export interface ConnectionOptions {
  readonly host: string
  readonly port: number
  readonly account: CameraAccount | null
  readonly clock: Clock
  /** Time to connect, and for each answer, ms. */
  readonly limitMs: number
  onFrame(frame: MediaFrame): void
  /** Once, when the connection is gone by itself. */
  onClosed(): void
}

export async function openConnection(options: ConnectionOptions): Promise<Result<RtspConnection, AppError>> {
  const socket = connect({ host: options.host, port: options.port })
  const isOpen = await new Promise<boolean>((resolve) => {
    const stop = options.clock.after(options.limitMs, () => resolve(false))
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('close', stop)
  })
  if (!isOpen) {
    socket.destroy()
    return err(appError('camera/unreachable', { address: `${options.host}:${options.port}` }))
  }
  socket.setNoDelay(true)
  return ok(speak(socket, options))
}

function speak(socket: Socket, { account, clock, limitMs, onFrame, onClosed }: ConnectionOptions): RtspConnection {
  const read = createRtspReader()
  let waiting: { readonly sequence: number; readonly settle: (answer: RtspMessage | null) => void } | null = null
  let sequence = 0
  let uses = 0
  let challenge: Challenge | null = null
  let isClosed = false
  const answer = (message: RtspMessage | null) => {
    const { settle } = waiting ?? {}
    waiting = null
    settle?.(message)
  }
  const take = (message: RtspMessage) => {
    // A server may ask something (ANNOUNCE, OPTIONS): told that it is not understood, as RFC 2326 §10 wants.
    if (statusOf(message) === null) {
      socket.write(`RTSP/1.0 501 Not Implemented\r\nCSeq: ${message.headers.get('cseq')?.[0] ?? '0'}\r\n\r\n`)
      return
    }
    // An answer that came after its time must not be taken for the next one's.
    const of = Number(message.headers.get('cseq')?.[0])
    if (waiting && (Number.isNaN(of) || of === waiting.sequence)) answer(message)
  }
  socket.on('data', (octets) => {
    try {
      for (const item of read(octets)) 'frame' in item ? onFrame(item.frame) : take(item.message)
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    answer(null)
    if (!isClosed) onClosed()
    isClosed = true
  })
  const once = (method: string, uri: string, headers: Readonly<Record<string, string>>): Promise<RtspMessage | null> =>
    new Promise((resolve) => {
      if (isClosed) return resolve(null)
      sequence += 1
      const stop = clock.after(limitMs, () => answer(null))
      waiting = {
        sequence,
        settle: (message) => {
          stop()
          resolve(message)
        },
      }
      uses += 1
      const authorized =
        challenge && account
          ? authorization(challenge, account, { method, uri, count: uses, clientNonce: randomBytes(8).toString('hex') })
          : undefined
      socket.write(
        writeRequest(method, uri, { CSeq: String(sequence), 'User-Agent': 'seat-workstation', Authorization: authorized, ...headers }),
        'latin1',
      )
    })
  return {
    async request(method, uri, headers = {}) {
      const first = await once(method, uri, headers)
      const status = first && statusOf(first)
      if (!first || !status) return err(appError('camera/noAnswer'))
      if (status.status !== 401) return checked(first)
      const offered = chooseChallenge(first.headers.get('www-authenticate') ?? [])
      if (!account || !offered) return err(appError('camera/wrongPassword'))
      challenge = offered
      uses = 0
      const second = await once(method, uri, headers)
      return second ? checked(second) : err(appError('camera/noAnswer'))
    },
    close() {
      isClosed = true
      socket.destroy()
    },
  }
}

function checked(message: RtspMessage): Result<RtspMessage, AppError> {
  const { status, reason } = statusOf(message) ?? { status: 0, reason: '' }
  if (status >= 200 && status < 300) return ok(message)
  if (status === 401 || status === 403) return err(appError('camera/wrongPassword'))
  if (status === 404) return err(appError('camera/notFound'))
  return err(appError('camera/refused', { status, reason }))
}
