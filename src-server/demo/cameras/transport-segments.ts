import type { FilmedPicture } from './camera-film'

/**
 * Writes pictures as an MPEG transport stream (ISO/IEC 13818-1) for HLS: every segment begins with its tables and a key picture, as RFC 8216 §3.2 wants.
 * Video only; one picture in each PES packet.
 */
export interface TransportWriter {
  /** PAT and PMT, for the beginning of a segment. */
  tables(): Buffer
  /** `at90k`: when it is shown, of 33 bits. */
  picture(filmed: FilmedPicture, parameters: { readonly sequence: Buffer; readonly picture: Buffer }, at90k: number): Buffer
}

const pids = { association: 0, map: 0x1000, video: 0x100 } as const
const packetBytes = 188
const startCode = Buffer.of(0, 0, 0, 1)

export function createTransportWriter(): TransportWriter {
  const counters = new Map<number, number>()
  const nextOf = (pid: number): number => {
    const next = ((counters.get(pid) ?? -1) + 1) & 0x0f
    counters.set(pid, next)
    return next
  }
  const packets = (pid: number, payload: Buffer, clock90k: number | null): Buffer => {
    const out: Buffer[] = []
    for (let at = 0; at < payload.length; ) {
      const isFirst = at === 0
      const clock = isFirst && clock90k !== null ? clockField(clock90k) : Buffer.alloc(0)
      const room = packetBytes - 4 - (clock.length > 0 ? clock.length + 1 : 0)
      const part = payload.subarray(at, at + room)
      out.push(packet(pid, part, { isFirst, clock, counter: nextOf(pid) }))
      at += part.length
    }
    return Buffer.concat(out)
  }
  return {
    tables: () => Buffer.concat([packets(pids.association, association(), null), packets(pids.map, map(), null)]),
    picture({ units, isKey }, { sequence, picture }, at90k) {
      const all = isKey ? [sequence, picture, ...units] : units
      const stream = Buffer.concat([startCode, Buffer.of(9, 0xf0), ...all.flatMap((unit) => [startCode, unit])])
      return packets(pids.video, Buffer.concat([packetHead(at90k), stream]), at90k)
    },
  }
}

/** What does not fill a packet is filled by its adaptation field (§2.4.3.4). */
function packet(pid: number, part: Buffer, { isFirst, clock, counter }: { isFirst: boolean; clock: Buffer; counter: number }): Buffer {
  const missing = packetBytes - 4 - part.length
  const head = Buffer.of(0x47, (isFirst ? 0x40 : 0) | (pid >> 8), pid & 0xff, (missing > 0 ? 0x30 : 0x10) | counter)
  if (missing === 0) return Buffer.concat([head, part])
  const field = Buffer.alloc(missing, 0xff)
  field[0] = missing - 1
  if (missing > 1 && clock.length === 0) field[1] = 0
  clock.copy(field, 1)
  return Buffer.concat([head, field, part])
}

/** Flags with the clock of the programme (PCR), which is the picture's own time here. */
function clockField(at90k: number): Buffer {
  const field = Buffer.alloc(7)
  field[0] = 0x10
  field.writeUInt32BE(Math.floor(at90k / 2) >>> 0, 1)
  field[5] = ((at90k & 1) << 7) | 0x7e
  return field
}

function packetHead(at90k: number): Buffer {
  const high = Math.floor(at90k / 2 ** 30) & 7
  const middle = Math.floor(at90k / 2 ** 15) & 0x7fff
  const low = at90k & 0x7fff
  const time = Buffer.alloc(5)
  time[0] = 0x20 | (high << 1) | 1
  time.writeUInt16BE((middle << 1) | 1, 1)
  time.writeUInt16BE((low << 1) | 1, 3)
  // Length 0: video may leave it open.
  return Buffer.concat([Buffer.of(0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5), time])
}

const association = () => section(0, Buffer.of(0, 1, 0xe0 | (pids.map >> 8), pids.map & 0xff))

const map = () =>
  section(2, Buffer.of(0xe0 | (pids.video >> 8), pids.video & 0xff, 0xf0, 0, 0x1b, 0xe0 | (pids.video >> 8), pids.video & 0xff, 0xf0, 0))

function section(table: number, body: Buffer): Buffer {
  const length = 5 + body.length + 4
  const head = Buffer.of(table, 0xb0 | (length >> 8), length & 0xff, 0, 1, 0xc1, 0, 0)
  const checked = Buffer.concat([head, body])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(checked))
  return Buffer.concat([Buffer.of(0), checked, sum])
}

/** Annex A: polynomial 0x04C11DB7, not reflected. */
function crc32(data: Buffer): number {
  let crc = 0xffffffff
  for (const octet of data) {
    crc ^= octet << 24
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}
