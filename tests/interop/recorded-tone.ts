import { readFileSync } from 'node:fs'
import { fromALaw, shareAt } from './tone-media'

/** The strength of a tone in the last half second of a 16-bit WAV that may still be written. */
export function recordedShareAt(file: string, hz: number): number {
  const bytes = readFileSync(file)
  if (bytes.length < 60) return 0
  const rate = bytes.readUInt32LE(24)
  const samples: number[] = []
  for (let at = Math.max(44, bytes.length - rate); at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at - (at % 2)))
  return shareAt(samples, hz, rate)
}

/** How long a tone was there, in milliseconds: tenths of a second of which at least `share` of the energy lies at `hz`. */
export function toneMs(samples: Int16Array, hz: number, share = 0.8): number {
  const step = 800
  let found = 0
  for (let at = 0; at + step <= samples.length; at += step) if (shareAt([...samples.subarray(at, at + step)], hz) >= share) found += 1
  return found * 100
}

/** A recording of a seat: stereo A-law WAV at 8 kHz, left the far side, right the seat. */
export function readRecording(file: string): { readonly left: Int16Array; readonly right: Int16Array; readonly durationMs: number } {
  const bytes = readFileSync(file)
  const data = bytes.indexOf('data') + 8
  const length = bytes.readUInt32LE(data - 4)
  const [left, right] = [new Int16Array(length / 2), new Int16Array(length / 2)]
  for (let at = 0; at < length / 2; at += 1) {
    left[at] = fromALaw(bytes[data + 2 * at] ?? 0xd5)
    right[at] = fromALaw(bytes[data + 2 * at + 1] ?? 0xd5)
  }
  return { left, right, durationMs: length / 16 }
}

/** What a telephone heard from some place of its 16-bit WAV on. */
export function readHeard(file: string, fromOctets: number): { readonly samples: Int16Array; readonly rate: number } {
  const bytes = readFileSync(file)
  const from = Math.max(44, fromOctets - (fromOctets % 2))
  const samples = new Int16Array(Math.max(0, Math.floor((bytes.length - from) / 2)))
  for (let at = 0; at < samples.length; at += 1) samples[at] = bytes.readInt16LE(from + 2 * at)
  return { samples, rate: bytes.length > 28 ? bytes.readUInt32LE(24) : 8_000 }
}

/** In which part of the time a tone was there, and the longest time without it, by twentieths of a second. */
export function toneRuns({ samples, rate }: ReturnType<typeof readHeard>, hz: number) {
  const step = rate / 20
  let [steps, found, hole, longest] = [0, 0, 0, 0]
  for (let at = 0; at + step <= samples.length; at += step) {
    const isThere = shareAt([...samples.subarray(at, at + step)], hz, rate) > 0.7
    steps += 1
    found += isThere ? 1 : 0
    hole = isThere ? 0 : hole + 50
    longest = Math.max(longest, hole)
  }
  return { tonePart: steps === 0 ? 0 : found / steps, longestHoleMs: longest }
}
