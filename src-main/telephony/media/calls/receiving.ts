import { convert, type G711 } from '../audio/g711'
import { createReceiveTracker, type ReceiveTracker } from '../rtp/receive-tracker'
import { createReorder, type Released } from '../rtp/reorder'
import { parseRtp, type RtpPacket } from '../rtp/rtp-packet'
import { createEventReceiver, type Press } from '../rtp/telephone-events'

/**
 * What one call is heard: packets in, in whatever order, and out in order as A-law, with the keys that were pressed taken out of them. It knows
 * nothing of sockets, keys of SRTP, or who listens.
 */
export interface Receiving {
  /** False: no RTP of this call. */
  take(bytes: Buffer, nowMs: number): boolean
  /** Lets go what waited for a lost packet long enough, and ends keys whose end was lost. */
  expire(nowMs: number): void
  /** When `expire` has something to do for speech; null: not. */
  dueMs(): number | null
  agree(codec: ReceiveCodec): void
  readonly tracker: ReceiveTracker
  counts(): ReceiveCounts
}

export interface ReceiveCodec {
  readonly law: G711
  readonly payloadType: number
  readonly telephoneEvent: number | null
}

export interface ReceiveCounts {
  /** In order and in time. */
  readonly played: number
  readonly missed: number
  /** Runs of missing packets, for the burstiness of the loss. */
  readonly bursts: number
}

export interface HeardSpeech {
  readonly aLaw: Uint8Array
  readonly timestamp: number
  /** Packets missing right before. */
  readonly missed: number
  readonly isNewStream: boolean
}

export interface ReceivingEvents {
  onSpeech(speech: HeardSpeech): void
  onDigit(press: Press): void
}

interface Waiting {
  readonly packet: RtpPacket
  readonly isNewStream: boolean
}

/** RFC 3551: what peers may switch to without saying so, both having been agreed. */
const staticLaws: Readonly<Record<number, G711>> = { 0: 'PCMU', 8: 'PCMA' }
const longestPayload = 160 * 5

export function createReceiving(events: ReceivingEvents): Receiving {
  const tracker = createReceiveTracker()
  const reorder = createReorder<Waiting>()
  const keys = createEventReceiver()
  const counts = { played: 0, missed: 0, bursts: 0 }
  let codec: ReceiveCodec = { law: 'PCMA', payloadType: 8, telephoneEvent: null }
  /** Missing before a packet that carries no speech counts for the next that does. */
  let missedBefore = 0

  const lawOf = (payloadType: number): G711 | undefined => (payloadType === codec.payloadType ? codec.law : staticLaws[payloadType])
  const release = (released: readonly Released<Waiting>[], nowMs: number): void => {
    for (const { packet: waiting, missed } of released) {
      const { packet, isNewStream } = waiting
      counts.played += 1
      counts.missed += missed
      if (missed > 0) counts.bursts += 1
      missedBefore += missed
      if (packet.payloadType === codec.telephoneEvent) {
        for (const press of keys.take(packet.payload, packet.timestamp, nowMs)) events.onDigit(press)
        continue
      }
      const law = lawOf(packet.payloadType)
      // Comfort noise (RFC 3389) and what nobody agreed on is silence.
      if (!law || packet.payload.length === 0) continue
      events.onSpeech({ aLaw: convert(packet.payload, law, 'PCMA'), timestamp: packet.timestamp, missed: missedBefore, isNewStream })
      missedBefore = 0
    }
  }
  return {
    take: (bytes, nowMs) => {
      const packet = parseRtp(bytes)
      if (!packet || packet.payload.length > longestPayload) return false
      const taken = tracker.take(packet, nowMs, packet.payloadType !== codec.telephoneEvent)
      if (!taken) return true
      if (taken.isNewStream) release(reorder.restart(), nowMs)
      release(reorder.take(taken.index, { packet, isNewStream: taken.isNewStream }, nowMs), nowMs)
      return true
    },
    expire: (nowMs) => {
      release(reorder.expire(nowMs), nowMs)
      for (const press of keys.expire(nowMs)) events.onDigit(press)
    },
    dueMs: reorder.dueMs,
    agree: (agreed) => {
      codec = agreed
    },
    tracker,
    counts: () => counts,
  }
}
