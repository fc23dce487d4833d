import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convert, decode, encode, levelDb, loudest, mixALaw, silenceOf } from '#main/telephony/media/audio/g711'

/** Values of ITU-T G.711 tables 1a/1b (A-law) and 2a/2b (µ-law), on the scale of 16 bits. */
describe('G.711', () => {
  it('decodes the ends and the middle of both laws', () => {
    expect([...decode('PCMA', Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a))]).toEqual([8, -8, 32_256, -32_256])
    expect([...decode('PCMU', Uint8Array.of(0xff, 0x7f, 0x80, 0x00))].map((value) => value + 0)).toEqual([0, 0, 32_124, -32_124])
  })

  it('gives back every octet that it decoded', () => {
    const all = Uint8Array.from({ length: 256 }, (_, octet) => octet)
    expect([...encode('PCMA', decode('PCMA', all))]).toEqual([...all])
    // Negative zero of µ-law comes back as zero.
    expect([...encode('PCMU', decode('PCMU', all))]).toEqual([...all].map((octet) => (octet === 0x7f ? 0xff : octet)))
  })

  it('is off by at most half a step, 3.2 % of the sample with its bias', () => {
    fc.assert(
      fc.property(fc.constantFrom('PCMA' as const, 'PCMU' as const), fc.integer({ min: -32_000, max: 32_000 }), (law, sample) => {
        const [back = 0] = decode(law, encode(law, Int16Array.of(sample)))
        // µ-law counts its segments from 33 of its steps of four below nothing.
        const biased = Math.abs(sample) + (law === 'PCMU' ? 132 : 0)
        return Math.abs(back - sample) <= Math.max(16, biased * 0.032)
      }),
    )
  })

  it('maps one law onto the other as coding anew does, and leaves the same law alone', () => {
    const octets = Uint8Array.from({ length: 256 }, (_, octet) => octet)
    expect([...convert(octets, 'PCMU', 'PCMA')]).toEqual([...encode('PCMA', decode('PCMU', octets))])
    expect(convert(octets, 'PCMA', 'PCMA')).toBe(octets)
  })

  it('mixes with clipping, and takes what is missing of the shorter one as silence', () => {
    const [loud, soft] = [encode('PCMA', Int16Array.of(30_000, 30_000)), encode('PCMA', Int16Array.of(20_000))]
    expect([...decode('PCMA', mixALaw(loud, soft))]).toEqual([32_256, decode('PCMA', mixALaw(loud, Uint8Array.of()))[1]])
  })

  it('calls digital silence silent, and a full square wave full', () => {
    const silence = new Uint8Array(160).fill(silenceOf.PCMA)
    expect(levelDb('PCMA', silence)).toBe(-Infinity)
    expect(loudest('PCMA', silence)).toBeLessThanOrEqual(8)
    const full = encode(
      'PCMA',
      Int16Array.from({ length: 160 }, (_, at) => (at % 2 === 0 ? 32_000 : -32_000)),
    )
    expect(levelDb('PCMA', full)).toBeGreaterThan(-0.5)
  })
})
