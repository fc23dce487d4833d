/**
 * RTP packets (RFC 3550 §5.1) between octets and values. Parsing never throws and copies nothing: `payload` is a view of what came.
 */
export interface RtpPacket {
  readonly payloadType: number
  readonly marker: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
}

export const rtpHeaderLength = 12

/** Null: not RTP of version 2, or cut short. */
export function parseRtp(bytes: Buffer): RtpPacket | null {
  const headerLength = rtpHeaderLengthOf(bytes)
  if (headerLength === null) return null
  const [first, second] = [bytes[0] as number, bytes[1] as number]
  let end = bytes.length
  if (first & 0x20) {
    // §5.1: the last octet counts the padding, itself included.
    const padding = bytes[bytes.length - 1] as number
    if (padding === 0 || headerLength + padding > end) return null
    end -= padding
  }
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(headerLength, end),
  }
}

/** Fixed header, contributing sources and extension (§5.3.1); null: not RTP, or cut short. */
export function rtpHeaderLengthOf(bytes: Buffer): number | null {
  if (bytes.length < rtpHeaderLength) return null
  const first = bytes[0] as number
  if (first >> 6 !== 2) return null
  let length = rtpHeaderLength + 4 * (first & 15)
  if (first & 0x10) {
    if (bytes.length < length + 4) return null
    length += 4 + 4 * bytes.readUInt16BE(length + 2)
  }
  return length <= bytes.length ? length : null
}

export function writeRtp({ payloadType, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const bytes = Buffer.allocUnsafe(rtpHeaderLength + payload.length)
  bytes[0] = 0x80
  bytes[1] = (marker ? 0x80 : 0) | payloadType
  bytes.writeUInt16BE(sequence & 0xffff, 2)
  bytes.writeUInt32BE(timestamp >>> 0, 4)
  bytes.writeUInt32BE(ssrc >>> 0, 8)
  bytes.set(payload, rtpHeaderLength)
  return bytes
}

/** RFC 5761 §4: packet types of RTCP lie where RTP has no payload types of ours. */
export function isRtcp(bytes: Buffer): boolean {
  const type = bytes[1]
  return bytes.length >= 8 && type !== undefined && type >= 192 && type <= 223
}

/** How far `newer` is ahead of `older` on a circle of 16 bits; negative when behind. */
export function sequenceDistance(newer: number, older: number): number {
  return ((newer - older + 0x8000) & 0xffff) - 0x8000
}

/** The same for timestamps, 32 bits. */
export function timestampDistance(newer: number, older: number): number {
  return (newer - older) | 0
}
