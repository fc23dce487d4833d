import { encode, mixALaw, silenceOf } from '#main/telephony/media/audio/g711'

/** Speech as frames of 20 ms of A-law at 8 kHz, as everything here passes it on. */
export type Frame = Uint8Array
export const frameSamples = 160
export const silentFrame: Frame = new Uint8Array(frameSamples).fill(silenceOf.PCMA)

/** Whole frames; the last one is filled up with silence. */
export function framesOf(aLaw: Uint8Array): readonly Frame[] {
  return Array.from({ length: Math.ceil(aLaw.length / frameSamples) }, (_, at) => {
    const part = aLaw.subarray(at * frameSamples, (at + 1) * frameSamples)
    if (part.length === frameSamples) return part
    const filled = Uint8Array.from(silentFrame)
    filled.set(part)
    return filled
  })
}

/** Packets of any length in, frames out. */
export function createSlicer(use: (frame: Frame) => void): (aLaw: Uint8Array) => void {
  let rest = new Uint8Array(0)
  return (aLaw) => {
    if (rest.length === 0 && aLaw.length === frameSamples) return use(aLaw)
    const all = new Uint8Array(rest.length + aLaw.length)
    all.set(rest)
    all.set(aLaw, rest.length)
    let at = 0
    for (; at + frameSamples <= all.length; at += frameSamples) use(all.subarray(at, at + frameSamples))
    rest = all.slice(at)
  }
}

/** Sample data of a WAV of G.711 A-law, mono, 8 kHz (format tag 6); null: something else. */
export function readALawWav(file: Buffer): Uint8Array | null {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') return null
  let isALaw = false
  for (let at = 12; at + 8 <= file.length; ) {
    const [name, length] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)]
    const body = file.subarray(at + 8, Math.min(file.length, at + 8 + length))
    if (name === 'fmt ' && body.length >= 16)
      isALaw = body.readUInt16LE(0) === 6 && body.readUInt16LE(2) === 1 && body.readUInt32LE(4) === 8_000
    if (name === 'data') return isALaw ? body : null
    // Chunks begin at even places.
    at += 8 + length + (length & 1)
  }
  return null
}

/** Eight bars that nobody owns: broken triads, soft, for who waits. Made once, about thirteen seconds. */
export function makeMusic(): readonly Frame[] {
  const noteSamples = 1_600
  const bars = [
    [262, 330, 392, 523],
    [220, 262, 330, 440],
    [175, 220, 262, 349],
    [196, 247, 294, 392],
  ]
  const notes = [...bars, ...bars].flatMap((bar) => [...bar, ...bar.toReversed()])
  const samples = new Int16Array(notes.length * noteSamples)
  for (const [place, hz] of notes.entries()) {
    for (let at = 0; at < noteSamples; at += 1) {
      const fade = Math.min(1, at / 80) * (1 - at / noteSamples)
      samples[place * noteSamples + at] = Math.round(3_000 * fade * Math.sin((2 * Math.PI * hz * at) / 8_000))
    }
  }
  return framesOf(encode('PCMA', samples))
}

/** Everybody at once, as a conference bridge hears them; null: nobody says anything. */
export const mixFrames = (frames: readonly Frame[]): Frame | null => (frames.length === 0 ? null : frames.reduce(mixALaw))
