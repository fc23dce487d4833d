/** RTP and RTCP as far as a viewer needs them (RFC 3550 §5.1, §6.4.1). */
export interface RtpPacket {
  readonly payloadType: number
  /** Last packet of a picture. */
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly payload: Buffer
}

export function readRtp(data: Buffer): RtpPacket | null {
  const first = data[0] ?? 0
  if (data.length < 12 || first >> 6 !== 2) return null
  let start = 12 + (first & 0x0f) * 4
  if (first & 0x10) {
    if (data.length < start + 4) return null
    start += 4 + data.readUInt16BE(start + 2) * 4
  }
  const padding = first & 0x20 ? (data[data.length - 1] ?? 0) : 0
  if (start + padding > data.length) return null
  const second = data[1] ?? 0
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    payload: data.subarray(start, data.length - padding),
  }
}

/** The camera's clock: at `epochMs` by its own reckoning the stream stood at `timestamp`. From a sender report; null when the packet is none. */
export interface SenderClock {
  readonly epochMs: number
  readonly timestamp: number
}

/** Seconds from 1900 to 1970. */
const ntpToEpoch = 2_208_988_800

export function readSenderReport(data: Buffer): SenderClock | null {
  if (data.length < 28 || (data[0] ?? 0) >> 6 !== 2 || data[1] !== 200) return null
  const epochMs = (data.readUInt32BE(8) - ntpToEpoch) * 1_000 + (data.readUInt32BE(12) / 0x1_0000_0000) * 1_000
  return { epochMs, timestamp: data.readUInt32BE(16) }
}

/** Distance on a circle of 2³² from `from` to `to`, negative when it lies behind. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0
}

/** True when `to` is the packet after `from`. */
export function isNextSequence(from: number, to: number): boolean {
  return ((from + 1) & 0xffff) === to
}
