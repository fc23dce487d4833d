import type { Clock, Stop } from '#shared/base/clock'
import type { LocalMedia, MediaSession, NegotiatedMedia, ResumedMedia } from '../../sip/media-session'
import { type G711, levelDb } from '../audio/g711'
import { digitFrames } from '../audio/tones'
import type { CallMeasure, CallTotal, MediaJournal, PageReport, StreamState } from '../media'
import type { Recorder } from '../record/recorder'
import type { Endpoint, RtpSocket } from '../rtp/rtp-socket'
import { createMeasuring } from './measure'
import { createPeer } from './peer'
import { createReceiving, type HeardSpeech } from './receiving'
import { createReporting } from './reporting'
import { createSecrecy, offeredKeys } from './secrecy'
import { createSending } from './sending'

/**
 * The speech of one call: one socket, one stream each way, as signalling agreed. Frames of the headset go in by `say`; what the far side says comes
 * out in order. It knows nothing of the page and of other calls.
 */
export interface CallSpeech {
  readonly session: MediaSession
  /** Twenty milliseconds of A-law for the far side; nothing is sent while nothing should be. */
  say(aLaw: Uint8Array): void
  /** Null: nothing can be sent now, or the call ended before the last digit. */
  sendDigits(digits: string, durationMs: number): Promise<'events' | 'tones' | null>
  take(kind: 'rtp' | 'rtcp', bytes: Buffer, from: Endpoint): 'taken' | 'stranger' | 'malformed'
  recordTo(recorder: Recorder | null, recordingId: string | null): void
  recorder(): Recorder | null
}

export interface CallSpeechNeeds {
  readonly callId: string
  readonly clock: Clock
  readonly randomBytes: (count: number) => Uint8Array
  readonly journal: MediaJournal
  readonly address: () => string
  readonly srtp: LocalMedia['srtp']['use']
  readonly resumed: ResumedMedia | null
  socket(): RtpSocket
  page(): PageReport | null
  onSpeech(heard: HeardSpeech): void
  onDigit(digit: string, durationMs: number): void
  onMeasured(measure: CallMeasure): void
  onClosed(total: CallTotal): void
}

const telephoneEvent = 101
const usualCodecs = [
  { name: 'PCMA', clockRate: 8_000, payloadType: 8 },
  { name: 'PCMU', clockRate: 8_000, payloadType: 0 },
] as const
const packetMs = 20
const reportEverySeconds = 5
/** Packets that the process before this one may have sent after it last wrote: two seconds of them. */
const sentUnknown = 100
/** Frames may have run ahead of the clock by a tenth of a second; timestamps never go back. */
const mostAheadUnits = 1_600
const digitPauseMs = 80
/** Louder than the noise of a line. */
const speechDb = -45

export function createCallSpeech(needs: CallSpeechNeeds): CallSpeech {
  const { callId, clock, randomBytes, journal, resumed } = needs
  const before = resumed ? journal.read(callId) : null
  const start = startOf(before, randomBytes, clock)
  const sending = createSending(start)
  const secrecy = createSecrecy(before)
  const peer = createPeer()
  const measuring = createMeasuring()
  const ownSrtp = resumed?.local.srtp ?? offeredKeys(needs.srtp, randomBytes)
  const level = { received: createLevel(clock), sent: createLevel(clock) }
  const receiving = createReceiving({
    onSpeech: (heard) => {
      level.received.hear(heard.aLaw)
      recorder?.lay('left', heard.aLaw, heard.timestamp, heard.isNewStream)
      needs.onSpeech(heard)
    },
    onDigit: ({ digit, durationMs }) => needs.onDigit(digit, durationMs),
  })
  const reporting = createReporting({
    ssrc: start.ssrc,
    tracker: receiving.tracker,
    name: Buffer.from(randomBytes(12)).toString('base64url'),
    sent: () => ({ ...sending.counts(), timestamp: sending.timestamp() }),
  })
  let negotiated: NegotiatedMedia | null = null
  let recorder: Recorder | null = null
  let recordingId: string | null = before?.recordingId ?? null
  let isFirstFrame = true
  let seconds = 0
  let isClosed = false
  const waiting: (() => void)[] = []

  const mayFlow = (way: 'send' | 'receive'): boolean => {
    if (!negotiated?.remote || negotiated.direction === 'inactive') return false
    return negotiated.direction === 'sendrecv' || negotiated.direction === (way === 'send' ? 'sendonly' : 'recvonly')
  }
  const send = (kind: 'rtp' | 'rtcp', bytes: Buffer, index = 0): void => {
    const target = peer.target(kind)
    const sent = target && secrecy.protect(kind, bytes, index)
    if (sent) needs.socket().send(kind, sent, target)
  }
  /** Only while something waits behind a gap: a timer every 20 ms for each call costs as much as its packets. */
  let stopExpiry: Stop | null = null
  const expire = (nowMs: number): void => {
    receiving.expire(nowMs)
    const dueMs = receiving.dueMs()
    if (dueMs === null || stopExpiry || isClosed) return
    stopExpiry = clock.after(dueMs - nowMs, () => {
      stopExpiry = null
      expire(clock.monotonicMs())
    })
  }
  const second = (): void => {
    seconds += 1
    // Keys whose end was lost, on a line that sends nothing more.
    expire(clock.monotonicMs())
    if (seconds % reportEverySeconds === 0 && negotiated?.remote) send('rtcp', reporting.report(clock.now()))
    journal.write(callId, {
      at: clock.now(),
      ssrc: sending.ssrc,
      sentIndex: sending.index(),
      timestamp: sending.timestamp(),
      receivedIndex: secrecy.receivedIndex(),
      sentRtcpIndex: secrecy.sentRtcpIndex(),
      recordingId,
    })
    if (negotiated) needs.onMeasured(measure())
  }
  const measure = (): CallMeasure => {
    const { lossRatio, jitterMs, roundTripMs } = reporting.peer()
    const [received, sent] = [level.received.take(), level.sent.take()]
    return measuring.second({
      at: clock.now(),
      isSending: mayFlow('send'),
      isReceiving: mayFlow('receive'),
      ...receiving.counts(),
      sentPackets: sending.counts().packets,
      jitterMs: receiving.tracker.jitterMs(),
      receivedLevelDb: received.levelDb,
      sentLevelDb: sent.levelDb,
      lastAt: received.lastAt,
      receivedSpeechAt: received.speechAt,
      sentSpeechAt: sent.speechAt,
      peerLossRatio: lossRatio,
      peerJitterMs: jitterMs,
      roundTripMs,
      page: needs.page(),
    })
  }
  const stopSeconds = clock.every(1_000, second)

  function apply(media: NegotiatedMedia): void {
    negotiated = media
    peer.agree(media.remote)
    secrecy.agree(media)
    const law = media.codec.name as G711
    sending.agree({ law, payloadType: media.codec.payloadType, telephoneEvent: media.telephoneEvent, packetMs: media.packetMs })
    receiving.agree({ law, payloadType: media.receivePayloadType, telephoneEvent: media.receiveTelephoneEvent })
  }
  function close(): void {
    if (isClosed) return
    isClosed = true
    stopSeconds()
    stopExpiry?.()
    if (negotiated?.remote) send('rtcp', reporting.report(clock.now(), true))
    for (const done of waiting.splice(0)) done()
    needs.onClosed(measuring.total())
  }
  if (resumed?.negotiated) apply(resumed.negotiated)
  return {
    session: {
      local: () => ({
        address: needs.address(),
        port: needs.socket().port,
        codecs: usualCodecs,
        telephoneEvent,
        packetMs,
        srtp: ownSrtp,
      }),
      apply,
      close,
    },
    say: (aLaw) => {
      if (isClosed || !mayFlow('send')) return
      const sent = sending.frame(aLaw, clock.monotonicMs())
      if (!sent) return
      for (const { bytes, index } of sent.packets) send('rtp', bytes, index)
      level.sent.hear(sent.heard)
      recorder?.lay('right', sent.heard, sent.timestamp, isFirstFrame)
      isFirstFrame = false
      if (sending.replaced() === 0) for (const done of waiting.splice(0)) done()
    },
    sendDigits: async (digits, durationMs) => {
      // Frames carry the digits: while none flow they would wait, and come out after the hold.
      if (isClosed || !mayFlow('send')) return null
      const asEvents = negotiated?.telephoneEvent !== null && negotiated?.telephoneEvent !== undefined
      for (const digit of digits) {
        if (asEvents) sending.events(digit, durationMs, digitPauseMs)
        else sending.tones(digitFrames('PCMA', digit, durationMs, digitPauseMs))
      }
      await new Promise<void>((done) => waiting.push(done))
      if (isClosed || sending.replaced() > 0) return null
      return asEvents ? 'events' : 'tones'
    },
    take: (kind, bytes, from) => {
      const nowMs = clock.monotonicMs()
      if (!peer.accepts(kind, from, nowMs)) return 'stranger'
      const plain = secrecy.unprotect(kind, bytes)
      if (!plain) return 'malformed'
      if (kind === 'rtp') {
        const isTaken = receiving.take(plain, nowMs)
        expire(nowMs)
        return isTaken ? 'taken' : 'malformed'
      }
      reporting.take(plain, clock.now())
      return 'taken'
    },
    recordTo: (next, id) => {
      recorder = next
      recordingId = id
      isFirstFrame = true
    },
    recorder: () => recorder,
  }
}

/** Goes on where the process before this one was, with room for what it sent after it last wrote; else anew. */
function startOf(before: StreamState | null, randomBytes: CallSpeechNeeds['randomBytes'], clock: Clock) {
  if (!before) {
    const bytes = Buffer.from(randomBytes(10))
    // The first sequence number leaves room below the first roll-over (RFC 3711 §3.3.1).
    return { ssrc: bytes.readUInt32BE(0), index: bytes.readUInt16BE(4) & 0x7fff, timestamp: bytes.readUInt32BE(6) }
  }
  const goneMs = Math.max(0, clock.now() - before.at)
  return { ssrc: before.ssrc, index: before.sentIndex + sentUnknown, timestamp: before.timestamp + goneMs * 8 + mostAheadUnits }
}

/** Loudest frame since it was last asked, and when something was last heard. */
function createLevel(clock: Clock) {
  let loudestDb: number | null = null
  let lastAt: number | null = null
  let speechAt: number | null = null
  return {
    hear: (aLaw: Uint8Array): void => {
      const db = levelDb('PCMA', aLaw)
      lastAt = clock.now()
      if (db > speechDb) speechAt = lastAt
      if (loudestDb === null || db > loudestDb) loudestDb = db
    },
    take: () => {
      const taken = { levelDb: loudestDb, lastAt, speechAt }
      loudestDb = null
      return taken
    },
  }
}
