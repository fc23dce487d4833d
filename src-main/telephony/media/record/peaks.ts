import type { FileHandle } from 'node:fs/promises'
import { loudest } from '../audio/g711'
import { samplesIn, wavHeaderLength } from './wav'

/** The waveform beside a recording: the loudest sample of each stretch on both sides, 0–1. Reads the file once, in parts. */
export interface Peaks {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

const partOctets = 65_536
export const mostPeaks = 4_000
const full = 32_768

export async function peaksOf(file: FileHandle, count: number): Promise<Peaks> {
  const samples = samplesIn((await file.stat()).size)
  const stretches = Math.max(1, Math.min(mostPeaks, Math.floor(count), Math.max(1, samples)))
  const left = new Array<number>(stretches).fill(0)
  const right = new Array<number>(stretches).fill(0)
  const part = Buffer.alloc(partOctets)
  for (let sample = 0; sample < samples; ) {
    const { bytesRead } = await file.read(part, 0, partOctets, wavHeaderLength + 2 * sample)
    const read = Math.min(Math.floor(bytesRead / 2), samples - sample)
    if (read === 0) break
    for (let at = 0; at < read; ) {
      const stretch = Math.min(stretches - 1, Math.floor(((sample + at) * stretches) / samples))
      const until = Math.min(read, Math.max(at + 1, Math.ceil(((stretch + 1) * samples) / stretches) - sample))
      left[stretch] = Math.max(left[stretch] ?? 0, loudestOf(part, 2 * at, 2 * until))
      right[stretch] = Math.max(right[stretch] ?? 0, loudestOf(part, 2 * at + 1, 2 * until))
      at = until
    }
    sample += read
  }
  const share = (value: number): number => Math.round((value / full) * 1_000) / 1_000
  return { left: left.map(share), right: right.map(share) }
}

function loudestOf(part: Buffer, from: number, to: number): number {
  const side = Buffer.alloc(Math.ceil((to - from) / 2))
  for (let at = from; at < to; at += 2) side[(at - from) >> 1] = part[at] as number
  return loudest('PCMA', side)
}
