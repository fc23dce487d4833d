import type { CodedPicture, ParameterSets } from '../rtsp/h264'

/**
 * Takes an MPEG transport stream (ISO/IEC 13818-1) apart into the H.264 pictures that it carries, as HLS segments bring them: one programme, one
 * picture in each PES packet. Sound and tables other than PAT and PMT are passed over.
 */
export class TransportSyntaxError extends Error {
  constructor(
    /** What was found instead, in words. */
    readonly found: string,
  ) {
    super(found)
  }
}

export interface TransportReader {
  /** Whole segments or parts, in order. Throws `TransportSyntaxError`. */
  read(octets: Buffer): readonly CodedPicture[]
  /** What was missed in between is not guessed at: the unfinished picture is dropped. */
  skip(): void
}

const packetBytes = 188
const streamTypes = { h264: 0x1b, h265: 0x24 } as const
const unitTypes = { slice: 1, key: 5, sequence: 7, picture: 8 } as const
/** More than any picture of a camera, less than what hurts. */
const mostPicture = 8 * 1024 * 1024

export function createTransportReader(): TransportReader {
  const sets: { sequence?: Buffer; picture?: Buffer } = {}
  let tablePid: number | null = null
  let videoPid: number | null = null
  let gathered: Buffer[] | null = null
  let size = 0
  let counter: number | null = null

  const finish = (): CodedPicture | null => {
    const packet = gathered && Buffer.concat(gathered)
    gathered = null
    size = 0
    return packet && pictureOf(packet, sets)
  }
  /** The counter of four bits tells that packets were lost; a picture with a hole is no truth. */
  const isComplete = (packet: Buffer): boolean => {
    const now = (packet[3] ?? 0) & 0x0f
    const isNext = counter === null || now === ((counter + 1) & 0x0f)
    counter = now
    return isNext
  }
  const readPacket = (packet: Buffer): CodedPicture | null => {
    if (packet[0] !== 0x47) throw new TransportSyntaxError('不是 MPEG-TS')
    const pid = packet.readUInt16BE(1) & 0x1fff
    const isStart = ((packet[1] ?? 0) & 0x40) !== 0
    const payload = payloadOf(packet)
    if (!payload) return null
    if (pid === 0 && isStart) tablePid = programOf(payload) ?? tablePid
    else if (pid === tablePid && isStart) videoPid = videoOf(payload) ?? videoPid
    if (pid !== videoPid || videoPid === null) return null
    if (!isComplete(packet) && !isStart) gathered = null
    const done = isStart ? finish() : null
    if (isStart) gathered = []
    size += payload.length
    if (size > mostPicture) gathered = null
    gathered?.push(payload)
    return done
  }
  return {
    read(octets) {
      const pictures: CodedPicture[] = []
      for (let at = 0; at + packetBytes <= octets.length; at += packetBytes) {
        const picture = readPacket(octets.subarray(at, at + packetBytes))
        if (picture) pictures.push(picture)
      }
      // A piece ends with a whole picture: waiting for the next piece would make each one late.
      const last = finish()
      return last ? [...pictures, last] : pictures
    },
    skip() {
      gathered = null
      counter = null
    },
  }
}

function payloadOf(packet: Buffer): Buffer | null {
  const control = ((packet[3] ?? 0) >> 4) & 3
  if ((control & 1) === 0) return null
  const start = control === 3 ? 5 + (packet[4] ?? 0) : 4
  return start < packetBytes ? packet.subarray(start) : null
}

/** PID of the first programme's table (§2.4.4.3). */
function programOf(payload: Buffer): number | null {
  const table = payload.subarray(1 + (payload[0] ?? 0))
  for (let at = 8; at + 4 <= lengthOf(table) - 4; at += 4) if (table.readUInt16BE(at) !== 0) return table.readUInt16BE(at + 2) & 0x1fff
  return null
}

/** PID of the video (§2.4.4.8). */
function videoOf(payload: Buffer): number | null {
  const table = payload.subarray(1 + (payload[0] ?? 0))
  if (table.length < 12) return null
  const end = lengthOf(table) - 4
  for (let at = 12 + (table.readUInt16BE(10) & 0x0fff); at + 5 <= end; at += 5 + (table.readUInt16BE(at + 3) & 0x0fff)) {
    if (table[at] === streamTypes.h264) return table.readUInt16BE(at + 1) & 0x1fff
    if (table[at] === streamTypes.h265) throw new TransportSyntaxError('H.265')
  }
  return null
}

const lengthOf = (table: Buffer): number => (table.length < 3 ? 0 : Math.min(table.length, 3 + (table.readUInt16BE(1) & 0x0fff)))

/** §2.4.3.6. The time is cut to the 32 bits of a picture's time; both run at 90 kHz. */
function pictureOf(packet: Buffer, sets: { sequence?: Buffer; picture?: Buffer }): CodedPicture | null {
  if (packet.length < 14 || packet.readUIntBE(0, 3) !== 1 || ((packet[7] ?? 0) & 0x80) === 0) return null
  const timestamp = timeOf(packet.subarray(9, 14))
  const units: Buffer[] = []
  for (const unit of unitsOf(packet.subarray(9 + (packet[8] ?? 0)))) {
    const type = (unit[0] ?? 0) & 0x1f
    if (type === unitTypes.sequence) sets.sequence = Buffer.from(unit)
    else if (type === unitTypes.picture) sets.picture = Buffer.from(unit)
    else if (type >= unitTypes.slice && type <= unitTypes.key) units.push(unit)
  }
  if (units.length === 0 || !sets.sequence || !sets.picture) return null
  const parameters: ParameterSets = { sequence: sets.sequence, picture: sets.picture }
  return { timestamp, isKey: units.some((unit) => ((unit[0] ?? 0) & 0x1f) === unitTypes.key), units, parameters }
}

/** 33 bits in five octets with marker bits between. */
function timeOf(octets: Buffer): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = octets
  return ((a & 0x06) * 2 ** 29 + (b << 22) + ((c & 0xfe) << 14) + (d << 7) + (e >> 1)) % 2 ** 32
}

/** Units between start codes (H.264 annex B); zeros at a unit's end are filling. */
function unitsOf(stream: Buffer): readonly Buffer[] {
  const starts: number[] = []
  for (let at = stream.indexOf(startCode); at >= 0; at = stream.indexOf(startCode, at + 3)) starts.push(at + 3)
  return starts.flatMap((start, index) => {
    let end = index + 1 < starts.length ? (starts[index + 1] ?? 0) - 3 : stream.length
    while (end > start && stream[end - 1] === 0) end -= 1
    return end > start ? [stream.subarray(start, end)] : []
  })
}

const startCode = Buffer.of(0, 0, 1)
