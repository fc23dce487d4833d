import type { CodedPicture, ParameterSets } from '../rtsp/h264'

/** Takes an FLV stream apart into the pictures it carries (Adobe FLV 10.1, annex E). H.264 only; sound and script data are passed over. */
export class FlvSyntaxError extends Error {}

const headerBytes = 9
const tagHeaderBytes = 11
/** A tag of 16 MB can be written, a camera's picture is never so large. */
const mostTag = 8 * 1024 * 1024
const ticksPerMs = 90

/** Gives a function that takes octets in any pieces and gives the pictures that became complete. Throws `FlvSyntaxError`. */
export function createFlvReader(): (octets: Buffer) => readonly CodedPicture[] {
  let kept: Buffer = Buffer.alloc(0)
  let hasHeader = false
  let parameters: ParameterSets | null = null
  const readTag = (type: number, atMs: number, body: Buffer): CodedPicture | null => {
    if (type !== 9 || body.length < 5) return null
    const first = body[0] ?? 0
    if ((first & 0x0f) !== 7) throw new FlvSyntaxError(`codec ${first & 0x0f}`)
    if (body[1] === 0) parameters = readConfiguration(body.subarray(5))
    if (body[1] !== 1 || !parameters) return null
    const timestamp = ((atMs + body.readIntBE(2, 3)) * ticksPerMs) >>> 0
    return { timestamp, isKey: first >> 4 === 1, units: unitsOf(body.subarray(5)), parameters }
  }
  return (octets) => {
    kept = kept.length === 0 ? octets : Buffer.concat([kept, octets])
    const pictures: CodedPicture[] = []
    if (!hasHeader) {
      if (kept.length < headerBytes + 4) return pictures
      if (kept.toString('latin1', 0, 3) !== 'FLV') throw new FlvSyntaxError('no FLV')
      kept = kept.subarray(kept.readUInt32BE(5) + 4)
      hasHeader = true
    }
    while (kept.length >= tagHeaderBytes) {
      const size = kept.readUIntBE(1, 3)
      if (size > mostTag) throw new FlvSyntaxError('tag too long')
      const end = tagHeaderBytes + size
      if (kept.length < end + 4) break
      const atMs = kept.readUIntBE(4, 3) + (kept[7] ?? 0) * 0x100_0000
      const picture = readTag((kept[0] ?? 0) & 0x1f, atMs, kept.subarray(tagHeaderBytes, end))
      if (picture) pictures.push(picture)
      kept = kept.subarray(end + 4)
    }
    return pictures
  }
}

/** AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1): the first set of each kind. */
function readConfiguration(record: Buffer): ParameterSets {
  if (record.length < 8 || ((record[4] ?? 0) & 3) !== 3) throw new FlvSyntaxError('configuration')
  const sequenceEnd = 8 + record.readUInt16BE(6)
  if (record.length < sequenceEnd + 3) throw new FlvSyntaxError('configuration')
  const pictureStart = sequenceEnd + 3
  const pictureEnd = pictureStart + record.readUInt16BE(sequenceEnd + 1)
  return { sequence: Buffer.from(record.subarray(8, sequenceEnd)), picture: Buffer.from(record.subarray(pictureStart, pictureEnd)) }
}

function unitsOf(data: Buffer): readonly Buffer[] {
  const units: Buffer[] = []
  for (let at = 0; at + 4 <= data.length; ) {
    const end = at + 4 + data.readUInt32BE(at)
    if (end > data.length) break
    const type = (data[at + 4] ?? 0) & 0x1f
    if (type >= 1 && type <= 5) units.push(Buffer.from(data.subarray(at + 4, end)))
    at = end
  }
  return units
}
