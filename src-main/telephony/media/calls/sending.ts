import { convert, type G711, silenceOf } from '../audio/g711'
import { frameSamples } from '../audio/tones'
import { writeRtp } from '../rtp/rtp-packet'
import { eventPayloads } from '../rtp/telephone-events'

/**
 * What one call is sent: frames of 20 ms of A-law become packets with sequence numbers, timestamps and SSRC of our own, so that microphone, silence,
 * keys and tones are one stream for the far side, whatever page they come from. It opens no socket.
 *
 * Timestamps follow the frames as they come, which is the sound card's clock, and are held near the PC's clock: frames that would run ahead are
 * dropped, and after a stop they jump to where they belong.
 */
export interface Sending {
  /** The packets that this frame gives, none while it is collected into a longer packet. */
  frame(aLaw: Uint8Array, nowMs: number): SentFrame | null
  agree(codec: SendCodec): void
  /** Keys as events; frames are replaced meanwhile. Resolves when the last was sent. */
  events(digit: string, toneMs: number, pauseMs: number): void
  /** Frames of A-law in place of what comes. */
  tones(frames: readonly Uint8Array[]): void
  /** Frames that still wait to be sent by `events` and `tones`. */
  replaced(): number
  readonly ssrc: number
  /** Index of the last packet, 48 bits. */
  index(): number
  timestamp(): number
  counts(): { readonly packets: number; readonly octets: number }
}

export interface SendCodec {
  readonly law: G711
  readonly payloadType: number
  readonly telephoneEvent: number | null
  readonly packetMs: number
}

export interface SentFrame {
  readonly packets: readonly { readonly bytes: Buffer; readonly index: number }[]
  /** What the far side hears in this frame, for the recording: A-law. */
  readonly heard: Uint8Array
  readonly timestamp: number
}

type Replacement =
  | { readonly kind: 'audio'; readonly frame: Uint8Array }
  | { readonly kind: 'event'; readonly payload: Buffer; readonly isFirst: boolean }

const unitsPerMs = 8
const mostAheadUnits = 80 * unitsPerMs
const mostBehindUnits = 200 * unitsPerMs
/** The anchor follows the sound card by a thousandth at most, more than two quartzes differ. */
const followUnits = frameSamples / 1_000
const silence = new Uint8Array(frameSamples).fill(silenceOf.PCMA)

export interface SendStart {
  readonly ssrc: number
  readonly index: number
  readonly timestamp: number
}

export function createSending(start: SendStart): Sending {
  let codec: SendCodec = { law: 'PCMA', payloadType: 8, telephoneEvent: null, packetMs: 20 }
  let index = start.index
  /** Of the next frame. */
  let next = start.timestamp
  let anchor: { units: number; atMs: number } | null = null
  let isMarked = true
  let collected: { readonly parts: Uint8Array[]; readonly timestamp: number } | null = null
  let eventStart = 0
  const replacements: Replacement[] = []
  const counts = { packets: 0, octets: 0 }

  const packet = (payloadType: number, payload: Uint8Array, timestamp: number, marker: boolean) => {
    index += 1
    counts.packets += 1
    counts.octets += payload.length
    return {
      bytes: writeRtp({ payloadType, marker, sequence: index % 65_536, timestamp: timestamp >>> 0, ssrc: start.ssrc, payload }),
      index,
    }
  }
  const flush = () => {
    if (!collected) return []
    const { parts, timestamp } = collected
    collected = null
    const sent = packet(codec.payloadType, parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts), timestamp, isMarked)
    isMarked = false
    return [sent]
  }
  /** False: this frame must not be sent. */
  const keepTime = (nowMs: number): boolean => {
    anchor ??= { units: next, atMs: nowMs }
    const ahead = next - (anchor.units + (nowMs - anchor.atMs) * unitsPerMs)
    if (ahead > mostAheadUnits) return false
    if (ahead < -mostBehindUnits) {
      next += Math.round(-ahead / frameSamples) * frameSamples
      anchor = { units: next, atMs: nowMs }
      isMarked = true
    } else anchor.units += Math.max(-followUnits, Math.min(followUnits, ahead))
    return true
  }
  const event = ({ payload, isFirst }: { payload: Buffer; isFirst: boolean }, timestamp: number) => {
    const before = flush()
    if (isFirst) eventStart = timestamp
    // RFC 3551 §4.1: speech after the pause begins a talkspurt.
    isMarked = true
    return [...before, packet(codec.telephoneEvent ?? 101, payload, eventStart, isFirst)]
  }
  const audio = (aLaw: Uint8Array, timestamp: number) => {
    collected ??= { parts: [], timestamp }
    collected.parts.push(convert(aLaw, 'PCMA', codec.law))
    return collected.parts.length * 20 >= codec.packetMs ? flush() : []
  }
  return {
    frame: (aLaw, nowMs) => {
      if (!keepTime(nowMs)) return null
      const timestamp = next
      next += frameSamples
      const replacement = replacements.shift()
      if (replacement?.kind === 'event') return { packets: event(replacement, timestamp), heard: silence, timestamp }
      const heard = replacement?.frame ?? aLaw
      return { packets: audio(heard, timestamp), heard, timestamp }
    },
    agree: (wanted) => {
      // Sixty milliseconds are the most that an unlucky loss may take at once.
      const packetMs = Math.max(20, Math.min(60, Math.round(wanted.packetMs / 20) * 20))
      if (wanted.law !== codec.law || wanted.payloadType !== codec.payloadType) collected = null
      codec = { ...wanted, packetMs }
    },
    events: (digit, toneMs, pauseMs) => {
      for (const one of eventPayloads(digit, toneMs)) replacements.push({ kind: 'event', ...one })
      for (let ms = 0; ms < pauseMs; ms += 20) replacements.push({ kind: 'audio', frame: silence })
    },
    tones: (frames) => {
      for (const frame of frames) replacements.push({ kind: 'audio', frame })
    },
    replaced: () => replacements.length,
    ssrc: start.ssrc,
    index: () => index,
    timestamp: () => next,
    counts: () => counts,
  }
}
