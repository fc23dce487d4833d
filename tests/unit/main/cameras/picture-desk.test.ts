import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlvStream } from '#main/cameras/flv/flv-stream'
import { createFlvReader, FlvSyntaxError } from '#main/cameras/flv/read-flv'
import type { OpenCamera } from '#main/cameras/open-camera'
import { createPictureDesk } from '#main/cameras/picture-desk'
import type { CodedPicture } from '#main/cameras/rtsp/h264'
import { err, ok } from '#shared/base/result'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import { appError } from '#shared/contracts/errors'
import { createFakeClock } from '../../../fakes/fake-clock'

const parameters = { sequence: Buffer.from([0x67, 0x42, 0xc0, 0x1e]), picture: Buffer.from([0x68, 0xce]) }
const picture = (index: number, isKey = index % 25 === 0): CodedPicture => ({
  timestamp: (0xffff_ff00 + index * 3_600) >>> 0,
  isKey,
  units: [Buffer.from([isKey ? 0x65 : 0x41, index & 0xff])],
  parameters,
})
const source: CameraSource = { kind: 'rtsp', address: 'rtsp://cam/1', account: null }

/** A camera that sends what the test gives. */
function setUp(answer?: ReturnType<typeof appError>) {
  const clock = createFakeClock(0)
  const opened: { send(picture: CodedPicture): void; lose(): void; isClosed: boolean }[] = []
  let asked = 0
  const open: OpenCamera = async (_source, { onPicture, onLost }) => {
    asked += 1
    if (answer) return err(answer)
    const one = { send: onPicture, lose: () => onLost(appError('camera/lost')), isClosed: false }
    opened.push(one)
    return ok({
      close() {
        one.isClosed = true
      },
    })
  }
  let made = 0
  const desk = createPictureDesk({ open, clock, ids: { uuid: () => `watch-${++made}` } })
  const watch = async () => {
    const watched = await desk.watch(source)
    if (!watched.ok) throw new Error(watched.error.code)
    return watched.value.watchId
  }
  return { desk, clock, opened, watch, asked: () => asked }
}

/** Reads what is there now, as pictures. */
async function take(stream: AsyncGenerator<Uint8Array> | undefined, count: number): Promise<readonly number[]> {
  if (!stream) throw new Error('no stream')
  const read = createFlvReader()
  const seen: number[] = []
  while (seen.length < count) {
    const { value, done } = await stream.next()
    if (done) break
    seen.push(...read(Buffer.from(value)).map(({ units }) => units[0]?.[1] ?? -1))
  }
  return seen
}

describe('the desk of pictures', () => {
  it('opens a camera once for all who look, and closes it when the last one leaves', async () => {
    const { desk, opened, watch, asked } = setUp()
    const [first, second] = [await watch(), await watch()]
    expect(asked()).toBe(1)
    const streams = [desk.stream(first), desk.stream(second)]
    for (let index = 0; index < 3; index++) opened[0]?.send(picture(index))
    expect(await take(streams[0], 3)).toEqual([0, 1, 2])
    expect(await take(streams[1], 3)).toEqual([0, 1, 2])
    desk.leave(first)
    expect(opened[0]?.isClosed).toBe(false)
    await streams[1]?.return(undefined)
    expect(opened[0]?.isClosed).toBe(true)
    await watch()
    expect(asked()).toBe(2)
  })

  it('begins with a key picture for whoever comes later', async () => {
    const { desk, opened, watch } = setUp()
    const stream = desk.stream(await watch())
    for (let index = 3; index < 27; index++) opened[0]?.send(picture(index))
    expect(await take(stream, 2)).toEqual([25, 26])
  })

  it('skips pictures for a reader that does not keep up, and goes on with a key', async () => {
    const { desk, opened, watch } = setUp()
    const stream = desk.stream(await watch())
    for (let index = 0; index < 77; index++) opened[0]?.send(picture(index))
    expect(await take(stream, 2)).toEqual([50, 51])
  })

  it('ends the streams of a camera that is lost, and opens it anew when asked again', async () => {
    const { desk, opened, watch, asked } = setUp()
    const stream = desk.stream(await watch())
    opened[0]?.send(picture(0))
    opened[0]?.lose()
    expect((await take(stream, 5)).length).toBeLessThanOrEqual(1)
    await watch()
    expect(asked()).toBe(2)
  })

  it('gives a stream to one reader, and drops what nobody came for', async () => {
    const { desk, opened, watch, clock } = setUp()
    const watchId = await watch()
    expect(desk.stream(watchId)).toBeDefined()
    expect(desk.stream(watchId)).toBeUndefined()
    expect(desk.stream('watch-99')).toBeUndefined()
    desk.leave(watchId)
    await watch()
    await clock.advance(15_000)
    expect(opened.at(-1)?.isClosed).toBe(true)
  })

  it('does not try a refused account again for ten minutes', async () => {
    const { desk, clock, asked } = setUp(appError('camera/wrongPassword'))
    expect(await desk.watch(source)).toMatchObject({ ok: false, error: { code: 'camera/wrongPassword' } })
    await desk.watch(source)
    expect(asked()).toBe(1)
    await clock.advance(10 * 60_000 + 1)
    await desk.watch(source)
    expect(asked()).toBe(2)
  })

  it('tries again at once what was only unreachable', async () => {
    const { desk, asked } = setUp(appError('camera/unreachable', { address: 'cam' }))
    await desk.watch(source)
    await desk.watch(source)
    expect(asked()).toBe(2)
  })

  it('shows no more at once than a seat can', async () => {
    const { desk, watch } = setUp()
    for (let index = 0; index < 48; index++) await watch()
    expect(await desk.watch(source)).toMatchObject({ ok: false, error: { code: 'camera/tooMany' } })
  })
})

describe('a picture stream', () => {
  it('read again is what was written, whatever pieces it comes in', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), fc.array(fc.nat(3_000), { maxLength: 10 }), (keys, cuts) => {
        const pictures = keys.map((isKey, index) => picture(index, isKey || index === 0))
        const write = createFlvStream()
        const stream = Buffer.concat(pictures.map(write))
        const read = createFlvReader()
        const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length]
        const got = places.slice(1).flatMap((end, index) => read(stream.subarray(places[index], end)))
        expect(got.map(({ units, isKey }) => ({ units, isKey }))).toEqual(pictures.map(({ units, isKey }) => ({ units, isKey })))
        expect(got.map(({ timestamp }) => timestamp)).toEqual(pictures.map((_, index) => index * 3_600))
        expect(got[0]?.parameters).toEqual(parameters)
      }),
    )
  })

  it('that is none is refused', () => {
    expect(() => createFlvReader()(Buffer.from('<html>not found</html>'))).toThrow(FlvSyntaxError)
  })
})
