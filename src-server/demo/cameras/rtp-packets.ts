/** A picture as RTP (RFC 6184 fragments) inside RTSP's own framing (RFC 2326 §10.12). */
export interface PacketStream {
  /** The packets of one picture, framed for channel 0. */
  picture(units: readonly Buffer[], timestamp: number): Buffer
  /** A sender report for channel 1: at `epochMs` the stream stands at `timestamp`. */
  report(epochMs: number, timestamp: number): Buffer
}

const mostPayload = 1_400
const payloadType = 96
const ntpToEpoch = 2_208_988_800

export function createPacketStream(source: number): PacketStream {
  let sequence = 0
  let sent = 0
  const packet = (payload: Buffer, timestamp: number, isLast: boolean): Buffer => {
    const head = Buffer.alloc(16)
    head[0] = 0x24
    head.writeUInt16BE(12 + payload.length, 2)
    head[4] = 0x80
    head[5] = (isLast ? 0x80 : 0) | payloadType
    head.writeUInt16BE(sequence, 6)
    head.writeUInt32BE(timestamp, 8)
    head.writeUInt32BE(source, 12)
    sequence = (sequence + 1) & 0xffff
    sent += 1
    return Buffer.concat([head, payload])
  }
  return {
    picture(units, timestamp) {
      const payloads = units.flatMap(fragmentsOf)
      return Buffer.concat(payloads.map((payload, index) => packet(payload, timestamp, index === payloads.length - 1)))
    },
    report(epochMs, timestamp) {
      const report = Buffer.alloc(32)
      report[0] = 0x24
      report[1] = 1
      report.writeUInt16BE(28, 2)
      report[4] = 0x80
      report[5] = 200
      report.writeUInt16BE(6, 6)
      report.writeUInt32BE(source, 8)
      report.writeUInt32BE(Math.floor(epochMs / 1_000) + ntpToEpoch, 12)
      report.writeUInt32BE(Math.floor(((epochMs % 1_000) / 1_000) * 0x1_0000_0000), 16)
      report.writeUInt32BE(timestamp, 20)
      report.writeUInt32BE(sent, 24)
      return report
    },
  }
}

function fragmentsOf(unit: Buffer): readonly Buffer[] {
  if (unit.length <= mostPayload) return [unit]
  const head = unit[0] ?? 0
  const count = Math.ceil((unit.length - 1) / mostPayload)
  return Array.from({ length: count }, (_, index) => {
    const flags = (index === 0 ? 0x80 : 0) | (index === count - 1 ? 0x40 : 0) | (head & 0x1f)
    const from = 1 + index * mostPayload
    return Buffer.concat([Buffer.of((head & 0xe0) | 28, flags), unit.subarray(from, from + mostPayload)])
  })
}
