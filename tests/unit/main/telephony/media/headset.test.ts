import { describe, expect, it } from 'vitest'
import { decode, encode } from '#main/telephony/media/audio/g711'
import type { CallSpeech } from '#main/telephony/media/calls/call-speech'
import { createHeadset } from '#main/telephony/media/headset'
import { createFakeClock } from '../../../../fakes/fake-clock'

/** A microphone of one steady sample, and what two calls were given of it. */
function seat() {
  const said: Record<string, Int16Array[]> = { a: [], b: [] }
  const speech = (callId: string) => ({ say: (aLaw: Uint8Array) => said[callId]?.push(decode('PCMA', aLaw)) }) as unknown as CallSpeech
  const calls = new Map([
    ['a', speech('a')],
    ['b', speech('b')],
  ])
  const headset = createHeadset({ clock: createFakeClock(0), page: { send: () => {} }, calls })
  const speak = (sample: number) => headset.frame(encode('PCMA', new Int16Array(160).fill(sample)))
  const last = (callId: string) => said[callId]?.at(-1)?.[0]
  return { headset, speak, last }
}

describe('the microphone at the headset', () => {
  it('is as loud as it comes, twice as loud, or silent, as the seat set it', () => {
    const { headset, speak, last } = seat()
    headset.join(['a'])
    speak(1_000)
    expect(last('a')).toBeCloseTo(1_000, -2)
    headset.setGain(2)
    speak(1_000)
    expect(last('a')).toBeCloseTo(2_000, -2)
    headset.setGain(0)
    speak(1_000)
    expect(Math.abs(last('a') ?? 99)).toBeLessThan(10)
    headset.setGain(1)
    speak(1_000)
    expect(last('a')).toBeCloseTo(1_000, -2)
  })
  it('never turns over when it is too loud', () => {
    const { headset, speak, last } = seat()
    headset.join(['a'])
    headset.setGain(2)
    speak(30_000)
    expect(last('a')).toBeGreaterThan(30_000)
  })
  it('is for the call at the headset alone, and for none while muted', () => {
    const { headset, speak, last } = seat()
    headset.join(['a'])
    headset.setGain(2)
    speak(1_000)
    expect(Math.abs(last('b') ?? 99)).toBeLessThan(10)
    headset.setMuted(true)
    speak(1_000)
    expect(Math.abs(last('a') ?? 99)).toBeLessThan(10)
  })
})
