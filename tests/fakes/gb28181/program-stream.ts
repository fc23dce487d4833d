/**
 * MPEG program streams as cameras send them (ISO/IEC 13818-1 §2.5), written and read apart from the product: a pack for each picture, its H.264 in one or
 * more PES packets, cut into RTP packets of payload 96 (RFC 2250 §2, GB/T 28181 annex C).
 */
const startCode = Buffer.from([0, 0, 0, 1])

export function packPicture(units: readonly Buffer[], timestamp: number): Buffer {
  const clock = BigInt(timestamp)
  const pack = Buffer.from('000001ba44000400040100030bf8', 'hex')
  // The clock in the pack header (§2.5.3.3): 33 bits in three parts with marker bits between them.
  pack[4] = 0x44 | (Number((clock >> 30n) & 7n) << 3) | Number((clock >> 28n) & 3n)
  pack[5] = Number((clock >> 20n) & 0xffn)
  pack[6] = 0x04 | (Number((clock >> 15n) & 0x1fn) << 3) | Number((clock >> 13n) & 3n)
  pack[7] = Number((clock >> 5n) & 0xffn)
  pack[8] = 0x04 | (Number(clock & 0x1fn) << 3)
  const octets = Buffer.concat(units.flatMap((unit) => [startCode, unit]))
  const parts: Buffer[] = [pack]
  for (let at = 0; at < octets.length; at += 60_000) parts.push(pes(octets.subarray(at, at + 60_000), clock))
  return Buffer.concat(parts)
}

function pes(payload: Buffer, clock: bigint): Buffer {
  const head = Buffer.alloc(14)
  head.writeUInt32BE(0x1e0)
  head.writeUInt16BE(payload.length + 8, 4)
  head[6] = 0x80
  head[7] = 0x80
  head[8] = 5
  head[9] = 0x21 | (Number((clock >> 30n) & 7n) << 1)
  head.writeUInt16BE(Number((clock >> 15n) & 0x7fffn) * 2 + 1, 10)
  head.writeUInt16BE(Number(clock & 0x7fffn) * 2 + 1, 12)
  return Buffer.concat([head, payload])
}

export function rtpPackets(stream: Buffer, from: { sequence: number; timestamp: number; ssrc: number }): Buffer[] {
  const packets: Buffer[] = []
  for (let at = 0; at < stream.length; at += 1_300) {
    const head = Buffer.alloc(12)
    head[0] = 0x80
    head[1] = 96 | (at + 1_300 >= stream.length ? 0x80 : 0)
    head.writeUInt16BE((from.sequence + packets.length) & 0xffff, 2)
    head.writeUInt32BE(from.timestamp >>> 0, 4)
    head.writeUInt32BE(from.ssrc >>> 0, 8)
    packets.push(Buffer.concat([head, stream.subarray(at, at + 1_300)]))
  }
  return packets
}

/** The H.264 units of one whole pack and its clock; null when it is none. */
export function unpackPicture(stream: Buffer): { readonly units: readonly Buffer[]; readonly timestamp: number } | null {
  if (stream.length < 14 || stream.readUInt32BE(0) !== 0x1ba) return null
  let at = 14 + ((stream[13] ?? 0) & 7)
  const parts: Buffer[] = []
  let timestamp = 0
  while (at + 9 <= stream.length && stream.readUIntBE(at, 3) === 1) {
    const length = stream.readUInt16BE(at + 4)
    if (stream[at + 3] === 0xe0) {
      const head = stream[at + 8] ?? 0
      if (head >= 5)
        timestamp =
          (((stream[at + 9] ?? 0) & 0x0e) << 29) + (stream.readUInt16BE(at + 10) >> 1) * 32_768 + (stream.readUInt16BE(at + 12) >> 1)
      parts.push(stream.subarray(at + 9 + head, at + 6 + length))
    }
    at += 6 + length
  }
  const units: Buffer[] = []
  const octets = Buffer.concat(parts)
  for (let from = octets.indexOf(startCode); from >= 0; ) {
    const next = octets.indexOf(startCode, from + 4)
    units.push(octets.subarray(from + 4, next < 0 ? octets.length : next))
    from = next
  }
  return { units, timestamp }
}
