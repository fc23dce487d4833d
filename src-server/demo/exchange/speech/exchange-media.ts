import { randomBytes } from 'node:crypto'
import { type CallSpeech, createCallSpeech } from '#main/telephony/media/calls/call-speech'
import { openRtpSocket, portPairs } from '#main/telephony/media/rtp/rtp-socket'
import type { MediaPort } from '#main/telephony/sip/media-session'
import type { Clock } from '#shared/base/clock'
import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import { createSlicer, type Frame } from './frames'
import { beatMs, type Ticker } from './ticker'

/** Speech of the exchange's calls, by the seat's own RTP: what comes is told as frames, and frames are said. It connects nobody. */
export interface ExchangeMedia {
  readonly port: MediaPort
  find(callId: string): CallSpeech | null
}

export interface ExchangeMediaParts {
  readonly clock: Clock
  readonly ticker: Ticker
  readonly address: string
  onFrame(callId: string, frame: Frame): void
  onDigit(callId: string, digit: string, durationMs: number): void
}

/** Away from the seats' own range (40000–40998) and from what systems hand out. */
const ports = { from: 27_000, to: 28_998 }

export function createExchangeMedia({ clock, ticker, address, onFrame, onDigit }: ExchangeMediaParts): ExchangeMedia {
  const calls = new Map<string, CallSpeech>()
  // Every call looks for late packets at each beat; one timer serves all.
  const beating: Clock = {
    ...clock,
    every: (periodMs, action) => (periodMs === beatMs ? ticker.add(action) : clock.every(periodMs, action)),
  }
  const open: MediaPort['open'] = async (callId) => {
    const socket = await openRtpSocket({
      ...{ family: 4, address, ports: portPairs(ports, randomBytes(4).readUInt32BE(0) / 2 ** 32) },
      monotonicMs: () => clock.monotonicMs(),
      onPacket: (kind, bytes, from) => void speech.take(kind, bytes, from),
      onDropped: () => {},
    })
    if (!socket) return err(appError('sound/unavailable'))
    const slice = createSlicer((frame) => onFrame(callId, frame))
    const speech = createCallSpeech({
      ...{ callId, clock: beating, randomBytes, resumed: null, srtp: 'off', address: () => address },
      journal: { read: () => null, write: () => {}, remove: () => {} },
      socket: () => socket,
      page: () => null,
      onSpeech: ({ aLaw }) => slice(aLaw),
      onDigit: (digit, durationMs) => onDigit(callId, digit, durationMs),
      onMeasured: () => {},
      onClosed: () => {
        calls.delete(callId)
        socket.close()
      },
    })
    calls.set(callId, speech)
    return ok(speech.session)
  }
  return { port: { open }, find: (callId) => calls.get(callId) ?? null }
}
