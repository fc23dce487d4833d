import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CodedPicture, createH264Assembler } from '#main/cameras/rtsp/h264'
import { type RtpPacket, readRtp, readSenderReport, timestampDistance } from '#main/cameras/rtsp/rtp'

const sequence = Buffer.from([0x67, 0x42, 0xc0, 0x1e])
const picture = Buffer.from([0x68, 0xce, 0x3c, 0x80])

interface Made {
  readonly isKey: boolean
  readonly slices: readonly Buffer[]
}

/** A coded picture of one to three slices, some larger than a packet. */
const made = (isKey: boolean) =>
  fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 90 }), { minLength: 1, maxLength: 3 })
    .map((bodies): Made => ({ isKey, slices: bodies.map((body) => Buffer.concat([Buffer.of(isKey ? 0x65 : 0x41), body])) }))
const film = fc
  .tuple(made(true), fc.array(fc.boolean().chain(made), { maxLength: 12 }))
  .map(([first, rest]): readonly Made[] => [first, ...rest])

/** Packets as a camera makes them: small units together (STAP-A), large ones in fragments (FU-A), else alone. */
function packets(pictures: readonly Made[], most = 30): RtpPacket[] {
  let number = 65_530
  return pictures.flatMap(({ isKey, slices }, index) => {
    const units = isKey ? [sequence, picture, ...slices] : slices
    const small = units.filter((unit) => unit.length < 10)
    const payloads: Buffer[] = small.length > 1 ? [stapOf(small)] : small
    for (const unit of units) if (unit.length >= 10) payloads.push(...(unit.length > most ? fragments(unit, most) : [unit]))
    return payloads.map((payload, at) => {
      number = (number + 1) & 0xffff
      return {
        payloadType: 96,
        marker: at === payloads.length - 1,
        sequence: number,
        timestamp: (0xffff_f000 + index * 3_600) >>> 0,
        payload,
      }
    })
  })
}

function stapOf(units: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(0x78), ...units.flatMap((unit) => [Buffer.of(unit.length >> 8, unit.length & 0xff), unit])])
}

function fragments(unit: Buffer, most: number): Buffer[] {
  const head = unit[0] ?? 0
  const body = unit.subarray(1)
  const count = Math.ceil(body.length / most)
  return Array.from({ length: count }, (_, at) => {
    const flags = (at === 0 ? 0x80 : 0) | (at === count - 1 ? 0x40 : 0) | (head & 0x1f)
    return Buffer.concat([Buffer.of((head & 0xe0) | 28, flags), body.subarray(at * most, (at + 1) * most)])
  })
}

function assemble(all: readonly RtpPacket[]) {
  const assembler = createH264Assembler()
  const pictures = all.map((packet) => assembler.push(packet)).filter((one): one is CodedPicture => one !== null)
  return { pictures, counters: assembler.counters }
}

const sorted = (units: readonly Buffer[]) => units.map((unit) => unit.toString('hex')).sort()

describe('pictures out of RTP', () => {
  it('are those that the camera made, however they were packed', () => {
    fc.assert(
      fc.property(film, (pictures) => {
        const { pictures: got, counters } = assemble(packets(pictures))
        expect(got.map(({ isKey }) => isKey)).toEqual(pictures.map(({ isKey }) => isKey))
        expect(got.map(({ units }) => sorted(units))).toEqual(pictures.map(({ slices }) => sorted(slices)))
        expect(counters).toEqual({ lost: 0, dropped: 0 })
      }),
    )
  })

  it('are whole or not there when packets are lost, and begin again with a key', () => {
    fc.assert(
      fc.property(film, fc.infiniteStream(fc.nat(9)), (pictures, dice) => {
        const sent = packets(pictures)
        const { pictures: got } = assemble(sent.filter((_, index) => index === 0 || dice.next().value !== 0))
        const whole = new Set(pictures.map(({ slices }) => sorted(slices).join()))
        for (const { units } of got) expect(whole.has(sorted(units).join())).toBe(true)
        const [first] = got
        if (first) expect(first.isKey).toBe(true)
      }),
    )
  })

  it('after a loss are not shown until a key comes', () => {
    const key: Made = { isKey: true, slices: [Buffer.alloc(40, 0x65)] }
    const next: Made = { isKey: false, slices: [Buffer.alloc(12, 0x41)] }
    // The picture after the lost one is whole, and still builds on what nobody has.
    const sent = packets([key, next, next, next, key, next])
    const lostAt = sent.findIndex(({ timestamp }) => timestamp !== sent[0]?.timestamp)
    const { pictures } = assemble(sent.filter((_, index) => index !== lostAt))
    expect(pictures.map(({ isKey }) => isKey)).toEqual([true, true, false])
    // Nor at the beginning, for whoever comes in the middle.
    const known = createH264Assembler({ sequence, picture })
    const shown = packets([next, next, key, next]).map((packet) => known.push(packet)?.isKey)
    expect(shown.filter((isKey) => isKey !== undefined)).toEqual([true, false])
  })

  it('use the parameter sets of the description when the stream has none', () => {
    const assembler = createH264Assembler({ sequence, picture })
    const payload = Buffer.from([0x65, 1, 2, 3])
    expect(assembler.push({ payloadType: 96, marker: true, sequence: 1, timestamp: 5, payload })).toMatchObject({
      isKey: true,
      parameters: { sequence, picture },
    })
  })
})

describe('packets', () => {
  it('are read with their extension, sources and padding, and refused when they are none', () => {
    const head = Buffer.from([0xb1, 0xe0, 0, 7, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 2, 0xbe, 0xde, 0, 1, 1, 2, 3, 4, 0x65, 0x11, 0, 0, 3])
    expect(readRtp(head)).toMatchObject({ marker: true, payloadType: 96, sequence: 7, timestamp: 9, payload: Buffer.from([0x65, 0x11]) })
    expect(readRtp(Buffer.from([0x80, 0x60, 0]))).toBe(null)
    expect(readRtp(Buffer.concat([Buffer.of(0x40), Buffer.alloc(20)]))).toBe(null)
    expect(readRtp(Buffer.concat([Buffer.of(0xa0, 96), Buffer.alloc(9), Buffer.of(200, 200)]))).toBe(null)
  })

  it('of a sender’s report give its clock', () => {
    const report = Buffer.alloc(28)
    report[0] = 0x80
    report[1] = 200
    // 2026-11-28T00:00:00.5Z
    report.writeUInt32BE(Date.UTC(2026, 10, 28) / 1_000 + 2_208_988_800, 8)
    report.writeUInt32BE(0x8000_0000, 12)
    report.writeUInt32BE(90_000, 16)
    expect(readSenderReport(report)).toEqual({ epochMs: Date.UTC(2026, 10, 28) + 500, timestamp: 90_000 })
  })

  it('count time beyond the turn of their clock', () => {
    expect(timestampDistance(0xffff_ff00, 0x100)).toBe(0x200)
    expect(timestampDistance(0x100, 0xffff_ff00)).toBe(-0x200)
  })
})
