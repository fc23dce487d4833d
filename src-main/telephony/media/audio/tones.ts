import { encode, type G711 } from './g711'

/**
 * Tones made by arithmetic: keys of a telephone (ITU-T Q.23: frequencies within 1.8 %, Q.24: at least 40 ms with pauses of 40 ms) for far sides that take no events, and the beep
 * before a call answers itself. In frames of 20 ms, with soft edges so that nothing clicks.
 */
export const sampleRate = 8_000
export const frameSamples = 160
const frameMs = 20
const edgeSamples = 40

const rows = [697, 770, 852, 941]
const columns = [1_209, 1_336, 1_477, 1_633]
const keys = '123A456B789C*0#D'

export const isDigits = (digits: string): boolean => /^[0-9*#A-D]{1,32}$/.test(digits)

/** Frequencies of a key, low and high. */
export function frequenciesOf(digit: string): readonly [number, number] {
  const at = keys.indexOf(digit)
  return [rows[at >> 2] ?? 0, columns[at & 3] ?? 0]
}

/** One key: the tone, then as long a pause. -9 dBm0 low and -7 dBm0 high group, as telephones send. */
export function digitFrames(law: G711, digit: string, toneMs: number, pauseMs: number): Uint8Array[] {
  const [low, high] = frequenciesOf(digit)
  const tone = toneSamples(toneMs, [
    [low, 8_000],
    [high, 10_000],
  ])
  return [...framesOf(law, tone), ...framesOf(law, new Int16Array(Math.round(pauseMs / frameMs) * frameSamples))]
}

/** Two short notes, clearly not part of a call. */
export function beepFrames(law: G711): Uint8Array[] {
  const pause = new Int16Array(2 * frameSamples)
  return [880, 1_320].flatMap((hz) => [...framesOf(law, toneSamples(120, [[hz, 7_000]])), ...framesOf(law, pause)])
}

type Note = readonly [hz: number, amplitude: number]

function toneSamples(ms: number, notes: readonly Note[]): Int16Array {
  const samples = new Int16Array(Math.max(1, Math.round(ms / frameMs)) * frameSamples)
  for (let at = 0; at < samples.length; at += 1) {
    const edge = Math.min(1, (at + 1) / edgeSamples, (samples.length - at) / edgeSamples)
    let value = 0
    for (const [hz, amplitude] of notes) value += amplitude * Math.sin((2 * Math.PI * hz * at) / sampleRate)
    samples[at] = Math.round(value * edge)
  }
  return samples
}

function framesOf(law: G711, samples: Int16Array): Uint8Array[] {
  const octets = encode(law, samples)
  return Array.from({ length: samples.length / frameSamples }, (_, at) => octets.subarray(at * frameSamples, (at + 1) * frameSamples))
}
