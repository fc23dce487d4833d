/**
 * ITU-T G.711 (11/88): A-law and µ-law, as tables made once from the segments of the recommendation. Samples are 16-bit linear; the two laws are
 * also mapped onto each other directly, so that speech which is only passed on is quantised once.
 */
export type G711 = 'PCMA' | 'PCMU'

/** What silence is on the wire: the smallest positive value of A-law, positive zero of µ-law. */
export const silenceOf: Readonly<Record<G711, number>> = { PCMA: 0xd5, PCMU: 0xff }

const decodeALaw = Int16Array.from({ length: 256 }, (_, octet) => {
  // Even bits are inverted on the line (§3.1, table 1a, note 2).
  const value = octet ^ 0x55
  const exponent = (value >> 4) & 7
  const mantissa = value & 15
  const size = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return value & 0x80 ? size : -size
})

const decodeMuLaw = Int16Array.from({ length: 256 }, (_, octet) => {
  const value = ~octet & 0xff
  const size = ((((value & 15) << 3) + 0x84) << ((value >> 4) & 7)) - 0x84
  return value & 0x80 ? -size : size
})

/** Indexed by the sample + 32768. */
const encodeALaw = Uint8Array.from({ length: 65_536 }, (_, at) => toALaw(at - 32_768))
const encodeMuLaw = Uint8Array.from({ length: 65_536 }, (_, at) => toMuLaw(at - 32_768))

const aToMu = Uint8Array.from({ length: 256 }, (_, octet) => toMuLaw(decodeALaw[octet] ?? 0))
const muToA = Uint8Array.from({ length: 256 }, (_, octet) => toALaw(decodeMuLaw[octet] ?? 0))

export function decode(law: G711, octets: Uint8Array): Int16Array {
  const table = law === 'PCMA' ? decodeALaw : decodeMuLaw
  const samples = new Int16Array(octets.length)
  for (let at = 0; at < octets.length; at += 1) samples[at] = table[octets[at] as number] as number
  return samples
}

export function encode(law: G711, samples: Int16Array): Uint8Array {
  const table = law === 'PCMA' ? encodeALaw : encodeMuLaw
  const octets = new Uint8Array(samples.length)
  for (let at = 0; at < samples.length; at += 1) octets[at] = table[(samples[at] as number) + 32_768] as number
  return octets
}

/** The same octets when both laws are one. */
export function convert(octets: Uint8Array, from: G711, to: G711): Uint8Array {
  if (from === to) return octets
  const table = from === 'PCMA' ? aToMu : muToA
  return octets.map((octet) => table[octet] as number)
}

/** Louder or softer by a factor, as a table from A-law to A-law. */
export function gainTable(factor: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, octet) => {
    const value = Math.round((decodeALaw[octet] as number) * factor)
    return encodeALaw[Math.max(-32_768, Math.min(32_767, value)) + 32_768] as number
  })
}

/** Sum with clipping, as A-law; for a conference at the headset. */
export function mixALaw(one: Uint8Array, other: Uint8Array): Uint8Array {
  const sum = new Uint8Array(one.length)
  for (let at = 0; at < one.length; at += 1) {
    const value = (decodeALaw[one[at] as number] as number) + (decodeALaw[other[at] ?? silenceOf.PCMA] as number)
    sum[at] = encodeALaw[Math.max(-32_768, Math.min(32_767, value)) + 32_768] as number
  }
  return sum
}

/** Largest sample, 0–32768. */
export function loudest(law: G711, octets: Uint8Array): number {
  const table = law === 'PCMA' ? decodeALaw : decodeMuLaw
  let most = 0
  for (const octet of octets) {
    const size = Math.abs(table[octet] as number)
    if (size > most) most = size
  }
  return most
}

/** Mean energy in dB below full scale (of a square wave); -Infinity for digital silence. */
export function levelDb(law: G711, octets: Uint8Array): number {
  const table = law === 'PCMA' ? decodeALaw : decodeMuLaw
  let sum = 0
  for (const octet of octets) {
    const value = table[octet] as number
    // The smallest A-law step is not speech: an encoder has no zero.
    if (value > 8 || value < -8) sum += value * value
  }
  return sum === 0 ? -Infinity : 10 * Math.log10(sum / octets.length / (32_768 * 32_768))
}

function toALaw(sample: number): number {
  // One's complement for negatives, so that both sides have the same steps.
  const size = Math.min((sample >= 0 ? sample : ~sample) >> 4, 2_047)
  const sign = sample >= 0 ? 0x80 : 0
  if (size < 32) return (sign | (size & 15) | ((size >> 4) << 4)) ^ 0x55
  const exponent = 31 - Math.clz32(size) - 4 + 1
  return (sign | (exponent << 4) | ((size >> (exponent - 1)) & 15)) ^ 0x55
}

function toMuLaw(sample: number): number {
  const size = Math.min(Math.abs(sample), 32_635) + 0x84
  const exponent = 31 - Math.clz32(size) - 7
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((size >> (exponent + 3)) & 15)) & 0xff
}
