import { describe, expect, it } from 'vitest'
import { silenceOf } from '#main/telephony/media/audio/g711'
import { createTimeline } from '#main/telephony/media/record/timeline'
import { samplesIn, wavHeader, wavHeaderLength } from '#main/telephony/media/record/wav'

const frame = (octet: number) => new Uint8Array(160).fill(octet)
const silence = silenceOf.PCMA

describe('both sides of a recording on one axis', () => {
  it('keeps the length of what was lost, and each side on its channel', () => {
    const timeline = createTimeline(0)
    for (const at of [0, 1, 4, 5]) timeline.lay('left', frame(1), 1_000 + at * 160, at === 0, at * 20)
    for (let at = 0; at < 6; at += 1) timeline.lay('right', frame(2), 70_000 + at * 160, at === 0, at * 20)
    const out = timeline.takeAll(120)
    const [left, right] = [out.filter((_, at) => at % 2 === 0), out.filter((_, at) => at % 2 === 1)]
    expect(out.length).toBe(2 * 6 * 160)
    expect([0, 160, 320, 480, 640, 800].map((at) => left[at])).toEqual([1, 1, silence, silence, 1, 1])
    expect(right.every((octet) => octet === 2)).toBe(true)
  })

  it('writes silence while it is paused, and goes on in time', () => {
    const timeline = createTimeline(0)
    for (let at = 0; at < 30; at += 1) {
      timeline.setPaused(at >= 10 && at < 20)
      timeline.lay('left', frame(1), at * 160, at === 0, at * 20)
    }
    const left = timeline.takeAll(600).filter((_, at) => at % 2 === 0)
    expect([5, 15, 25].map((at) => left[at * 160])).toEqual([1, silence, 1])
  })

  it('does not believe a clock of the far side that runs away', () => {
    const timeline = createTimeline(0)
    timeline.lay('left', frame(1), 0, true, 0)
    timeline.lay('left', frame(3), 900_000_000, false, 20)
    const left = timeline.takeAll(40).filter((_, at) => at % 2 === 0)
    expect([left[0], left[160]]).toEqual([1, 3])
  })
})

describe('the header of a recording', () => {
  it('is 58 octets of RIFF WAVE with A-law, two channels and the true lengths', () => {
    const header = wavHeader(8_000)
    expect(header.length).toBe(wavHeaderLength)
    expect([header.readUInt16LE(20), header.readUInt16LE(22), header.readUInt32LE(24)]).toEqual([6, 2, 8_000])
    expect([header.readUInt32LE(4), header.readUInt32LE(46), header.readUInt32LE(54)]).toEqual([50 + 16_000, 8_000, 16_000])
  })

  it('counts only whole samples of a file that was torn', () => {
    expect([0, 57, 58, 59, 60, 61].map(samplesIn)).toEqual([0, 0, 0, 0, 1, 1])
  })
})
