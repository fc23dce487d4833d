import { isNextSequence, type RtpPacket } from './rtp'

/**
 * Puts H.264 pictures together again from RTP (RFC 6184): single units, STAP-A and FU-A, which is all that cameras send. A picture of which a
 * packet was lost is dropped, and what follows it up to the next key picture: a smeared picture is no truth.
 */
export interface CodedPicture {
  /** 90 kHz, of the stream. */
  readonly timestamp: number
  readonly isKey: boolean
  /** Units without start codes; parameter sets, delimiters and filler are left out. */
  readonly units: readonly Buffer[]
  /** The parameter sets in force. */
  readonly parameters: ParameterSets
}

export interface ParameterSets {
  readonly sequence: Buffer
  readonly picture: Buffer
}

export interface H264Assembler {
  /** The picture that this packet completes, if any. */
  push(packet: RtpPacket): CodedPicture | null
  readonly counters: { readonly lost: number; readonly dropped: number }
}

const unitTypes = { slice: 1, key: 5, sequence: 7, picture: 8, stapA: 24, fuA: 28 } as const
/** 8 MB: more than any picture of a camera, less than what hurts. */
const mostPicture = 8 * 1024 * 1024

/** `known`: parameter sets from the description (`sprop-parameter-sets`), for cameras that do not send them in the stream. */
export function createH264Assembler(known: Partial<ParameterSets> = {}): H264Assembler {
  const sets: { sequence?: Buffer; picture?: Buffer } = { ...known }
  const counters = { lost: 0, dropped: 0 }
  let last: number | null = null
  let units: Buffer[] = []
  let size = 0
  let timestamp: number | null = null
  let fragments: Buffer[] | null = null
  let isDamaged = false
  let needsKey = true

  const add = (unit: Buffer) => {
    const type = (unit[0] ?? 0) & 0x1f
    if (type === unitTypes.sequence) sets.sequence = unit
    else if (type === unitTypes.picture) sets.picture = unit
    else if (type >= unitTypes.slice && type <= unitTypes.key) {
      size += unit.length
      if (size > mostPicture) isDamaged = true
      else units.push(unit)
    }
  }
  const finish = (): CodedPicture | null => {
    const done = units
    const at = timestamp
    const wasDamaged = isDamaged || fragments !== null
    units = []
    size = 0
    fragments = null
    isDamaged = false
    timestamp = null
    if (done.length === 0 && !wasDamaged) return null
    const isKey = done.some((unit) => ((unit[0] ?? 0) & 0x1f) === unitTypes.key)
    if (wasDamaged) needsKey = true
    const { sequence, picture } = sets
    if (wasDamaged || at === null || (needsKey && !isKey) || !sequence || !picture) {
      counters.dropped += 1
      return null
    }
    needsKey = false
    return { timestamp: at, isKey, units: done, parameters: { sequence, picture } }
  }
  const unpack = (payload: Buffer) => {
    const type = (payload[0] ?? 0) & 0x1f
    if (type === unitTypes.fuA) fragments = takeFragment(payload, fragments, add, () => (isDamaged = true))
    else if (type === unitTypes.stapA) for (const unit of unitsOfStap(payload)) add(unit)
    else if (type > 0 && type < unitTypes.stapA) add(payload)
  }
  return {
    counters,
    push(packet) {
      const isGap = last !== null && !isNextSequence(last, packet.sequence)
      if (isGap && last !== null) {
        counters.lost += (packet.sequence - last - 1) & 0xffff
        isDamaged = true
        fragments = null
      }
      last = packet.sequence
      // A picture ends with its marker; a camera that sets none is understood by the next one's time.
      const before = timestamp !== null && timestamp !== packet.timestamp ? finish() : null
      timestamp = packet.timestamp
      // What was lost may have been the end of one picture and the beginning of the next.
      if (isGap) isDamaged = true
      if (packet.payload.length > 0) unpack(packet.payload)
      return packet.marker ? (finish() ?? before) : before
    },
  }
}

/** RFC 6184 §5.8. Gives the fragments gathered so far; null when the unit is complete or not begun. */
function takeFragment(payload: Buffer, gathered: Buffer[] | null, add: (unit: Buffer) => void, damaged: () => void): Buffer[] | null {
  const [indicator = 0, header = 0] = payload
  const isStart = (header & 0x80) !== 0
  const isEnd = (header & 0x40) !== 0
  if (!isStart && gathered === null) {
    damaged()
    return null
  }
  const head = Buffer.of((indicator & 0xe0) | (header & 0x1f))
  const fragments = isStart ? [head, payload.subarray(2)] : [...(gathered ?? []), payload.subarray(2)]
  if (!isEnd) return fragments
  add(Buffer.concat(fragments))
  return null
}

/** RFC 6184 §5.7.1. */
function unitsOfStap(payload: Buffer): readonly Buffer[] {
  const units: Buffer[] = []
  for (let at = 1; at + 2 <= payload.length; ) {
    const length = payload.readUInt16BE(at)
    if (length === 0 || at + 2 + length > payload.length) break
    units.push(payload.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return units
}
