import { readFileSync } from 'node:fs'
import { shareAt } from './tone-media'

/** The strength of a tone in the last half second of a 16-bit WAV that may still be written. */
export function recordedShareAt(file: string, hz: number): number {
  const bytes = readFileSync(file)
  if (bytes.length < 60) return 0
  const rate = bytes.readUInt32LE(24)
  const samples: number[] = []
  for (let at = Math.max(44, bytes.length - rate); at + 1 < bytes.length; at += 2) samples.push(bytes.readInt16LE(at - (at % 2)))
  return shareAt(samples, hz, rate)
}
