import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DecodedFrame,
  lumaHash,
  openedPicture,
  type PictureTruth,
  seeCut,
  seeFrame,
  seeReopened,
  type TruthState,
  truthAt,
} from '#shared/domain/camera/truth'

const frameMs = 40

/** A viewer that looks at the badge every 100 ms while frames come, and notes when it changes. */
function watch(frames: readonly DecodedFrame[], until: number, cutAt?: number) {
  let state = openedPicture(0)
  let next = 0
  const seen: { at: number; kind: PictureTruth['kind'] }[] = []
  for (let now = 0; now <= until; now += 100) {
    for (let frame = frames[next]; frame && frame.at <= now; frame = frames[++next]) state = seeFrame(state, frame)
    if (cutAt !== undefined && now >= cutAt && cutAt > now - 100) state = seeCut(state, now)
    const { kind } = truthAt(state, now)
    if (seen.at(-1)?.kind !== kind) seen.push({ at: now, kind })
  }
  return { state, seen, firstAfter: (from: number, kind: string) => seen.find((one) => one.at >= from && one.kind === kind)?.at }
}

/** Twenty-five frames a second; `printOf` says what frame `index` shows. */
function stream(seconds: number, printOf: (index: number) => number, delayOf: (index: number) => number = () => 150): DecodedFrame[] {
  return Array.from({ length: seconds * 25 }, (_, index) => ({
    at: index * frameMs + delayOf(index),
    mediaMs: index * frameMs,
    print: printOf(index),
  }))
}

/** Sensor noise: no two frames alike. */
const noisy = (index: number) => Math.imul(index + 1, 0x9e3779b1) >>> 0
/** A still scene at night whose codec repeats the first picture of each group of four seconds. */
const groups = (index: number) => noisy(Math.floor(index / 100))
/** A clean generated picture where only the seconds of the clock change. */
const ticking = (index: number) => noisy(Math.floor(index / 25))

describe('the badge of a picture', () => {
  it.each([
    ['moving', noisy],
    ['still, only a clock ticking', ticking],
  ])('stays live for ten minutes over a camera that is %s', (_, printOf) => {
    expect(watch(stream(600, printOf), 600_000).seen.map(({ kind }) => kind)).toEqual(['opening', 'live'])
  })

  it('learns how still a night scene is, and never calls it frozen', () => {
    const { seen } = watch(stream(600, groups), 600_000)
    expect(seen.some(({ kind }) => kind === 'frozen')).toBe(false)
    expect(seen.filter(({ at }) => at > 20_000)).toEqual([])
    expect(seen.at(-1)?.kind).toBe('live')
  })

  it('says frozen within three seconds when frames stop', () => {
    const at = watch(stream(60, noisy), 70_000).firstAfter(60_000, 'frozen')
    expect(at).toBeLessThanOrEqual(63_000)
  })

  it('says frozen within three seconds when frames go on and always show the same', () => {
    const hung = watch(
      stream(70, (index) => noisy(Math.min(index, 1_500))),
      70_000,
    )
    expect(hung.firstAfter(60_000, 'frozen')).toBeLessThanOrEqual(63_000)
    expect(truthAt(hung.state, 70_000)).toMatchObject({ kind: 'frozen', since: 1_500 * frameMs + 150 })
  })

  it('does not let one hang teach it patience', () => {
    const hungTwice = (index: number) => noisy(index > 500 && index < 650 ? 500 : index > 1_000 ? 1_000 : index)
    expect(watch(stream(50, hungTwice), 50_000).firstAfter(40_000, 'frozen')).toBeLessThanOrEqual(43_200)
  })

  it('says late within three seconds after pictures began to come five seconds late, and by how much', () => {
    const { state, firstAfter } = watch(
      stream(60, noisy, (index) => (index < 750 ? 150 : 5_150)),
      55_000,
    )
    // Between the two delays nothing came for five seconds, which is frozen until the late ones come.
    expect(firstAfter(30_000, 'frozen')).toBeLessThanOrEqual(33_000)
    const badge = truthAt(state, 55_000)
    expect(badge).toMatchObject({ kind: 'late' })
    expect((badge as { byMs: number }).byMs).toBeCloseTo(5_000, -2)
  })

  it('says late while the delay grows step by step', () => {
    const growing = (index: number) => 150 + Math.max(0, index - 250) * 8
    const at = watch(stream(60, noisy, growing), 60_000).firstAfter(0, 'late')
    // Two seconds behind at frame 500, which then comes at 22.15 s.
    expect(at).toBeGreaterThan(21_000)
    expect(at).toBeLessThanOrEqual(25_000)
  })

  it('believes a camera’s own clock where it is kept', () => {
    const state = seeFrame(openedPicture(0), { at: 200, mediaMs: 0, print: 1, ageMs: 9_000 })
    expect(truthAt(state, 300)).toEqual({ kind: 'late', byMs: 9_000 })
  })

  it('takes a slow clock in the camera for what it is', () => {
    // 80 parts in a million slow: a second in three and a half hours.
    const hours = 5
    let state: TruthState = openedPicture(0)
    for (let at = 0; at < hours * 3_600_000; at += 1_000) state = seeFrame(state, { at, mediaMs: at * (1 - 8e-5), print: noisy(at) })
    expect(truthAt(state, hours * 3_600_000 - 500).kind).toBe('live')
  })

  it('says no signal at once when the source is gone, since the last picture, and live when it is back', () => {
    const cut = watch(stream(30, noisy), 31_000, 30_200)
    expect(cut.firstAfter(30_000, 'noSignal')).toBeLessThanOrEqual(30_300)
    const back = seeFrame(seeReopened(cut.state, 31_000), { at: 32_000, mediaMs: 0, print: 77 })
    expect(truthAt(back, 32_100).kind).toBe('live')
  })

  it('says no signal when a picture never comes', () => {
    expect(watch([], 12_000).seen.map(({ kind }) => kind)).toEqual(['opening', 'noSignal'])
  })

  it('says recorded within three seconds when what was shown comes again, and how old it is', () => {
    const replayed = watch(
      stream(60, (index) => noisy(index < 1_000 ? index : index - 600)),
      60_000,
    )
    expect(replayed.firstAfter(40_000, 'recorded')).toBeLessThanOrEqual(43_000)
    expect(truthAt(replayed.state, 55_000)).toEqual({ kind: 'recorded', agoMs: 600 * frameMs })
  })

  it('says live again once new pictures come', () => {
    const { seen } = watch(
      stream(60, (index) => noisy(index < 1_000 || index > 1_200 ? index : index - 600)),
      60_000,
    )
    expect(seen.at(-1)?.kind).toBe('live')
  })

  it('is not deceived by a lamp that blinks over a clean picture', () => {
    const blinking = (index: number) => Math.floor(index / 12) % 2
    expect(watch(stream(120, blinking), 120_000).seen.some(({ kind }) => kind === 'recorded')).toBe(false)
  })

  it('has an answer at every moment, whatever comes', () => {
    const frame = fc.record({ at: fc.nat(100_000), mediaMs: fc.integer({ min: -10_000, max: 1e6 }), print: fc.nat(5) })
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 60 }), fc.nat(200_000), (frames, now) => {
        const state = frames.reduce(seeFrame, openedPicture(0))
        expect(['opening', 'live', 'late', 'frozen', 'noSignal', 'recorded']).toContain(truthAt(state, now).kind)
      }),
      { numRuns: 200 },
    )
  })
})

describe('the print of a picture', () => {
  const size = { width: 640, height: 360 }
  const into = { width: 64, height: 36 }
  const hashOf = (octets: Uint8Array, stride = 640, offset = 0) => lumaHash(octets, { offset, stride, ...size }, into)

  it('differs for one step of brightness in one field, and not for what is beside the picture', () => {
    const picture = new Uint8Array(640 * 360).fill(90)
    const brighter = picture.slice()
    for (let y = 20; y < 30; y++) brighter.fill(91, y * 640 + 100, y * 640 + 110)
    expect(hashOf(brighter)).not.toBe(hashOf(picture))
    const padded = new Uint8Array(16 + 704 * 360).fill(7)
    for (let y = 0; y < 360; y++) padded.fill(90, 16 + y * 704, 16 + y * 704 + 640)
    expect(hashOf(padded, 704, 16)).toBe(hashOf(picture))
  })
})
