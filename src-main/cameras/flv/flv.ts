import type { CodedPicture, ParameterSets } from '../rtsp/h264'

/**
 * Pictures as an FLV stream (Adobe FLV 10.1, annex E), the form in which city gateways send them too: one player in the page for both. Video only.
 * Times are ms from the first picture.
 */
export function flvHeader(): Buffer {
  // "FLV", version 1, video only, header of nine octets, size of the tag before the first.
  return Buffer.from([0x46, 0x4c, 0x56, 1, 1, 0, 0, 0, 9, 0, 0, 0, 0])
}

const videoTag = 9
const avc = { configuration: 0, picture: 1 } as const

/** Comes before the first picture and after each change of the parameter sets. */
export function flvConfiguration({ sequence, picture }: ParameterSets, atMs: number): Buffer {
  const [, profile = 0, compatibility = 0, level = 0] = sequence
  // AVCDecoderConfigurationRecord, ISO/IEC 14496-15 §5.3.3.1: lengths of four octets, one set of each kind.
  const record = Buffer.concat([
    Buffer.of(1, profile, compatibility, level, 0xff, 0xe1),
    lengthOfTwo(sequence),
    sequence,
    Buffer.of(1),
    lengthOfTwo(picture),
    picture,
  ])
  return tag(atMs, videoBody(true, avc.configuration, 0, record))
}

/** `decodeMs` never goes back; `shownMs` may lie before it when the camera sends pictures out of their order. */
export function flvPicture({ isKey, units }: CodedPicture, decodeMs: number, shownMs: number): Buffer {
  const parts = units.flatMap((unit) => [lengthOfFour(unit), unit])
  return tag(decodeMs, videoBody(isKey, avc.picture, shownMs - decodeMs, Buffer.concat(parts)))
}

function videoBody(isKey: boolean, kind: number, compositionMs: number, data: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head[0] = ((isKey ? 1 : 2) << 4) | 7
  head[1] = kind
  head.writeIntBE(compositionMs, 2, 3)
  return Buffer.concat([head, data])
}

function tag(atMs: number, body: Buffer): Buffer {
  const head = Buffer.alloc(11)
  head[0] = videoTag
  head.writeUIntBE(body.length, 1, 3)
  head.writeUIntBE(atMs & 0xff_ffff, 4, 3)
  head[7] = (atMs >>> 24) & 0xff
  const size = Buffer.alloc(4)
  size.writeUInt32BE(head.length + body.length)
  return Buffer.concat([head, body, size])
}

function lengthOfTwo(data: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length)
  return length
}

function lengthOfFour(data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return length
}
