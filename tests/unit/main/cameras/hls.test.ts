import { describe, expect, it } from 'vitest'
import { nextPieces, type Piece, readPlaylist } from '#main/cameras/hls/playlist'
import { createTransportReader, TransportSyntaxError } from '#main/cameras/hls/transport-stream'
import { createPaced } from '#main/cameras/paced'
import type { CodedPicture } from '#main/cameras/rtsp/h264'
import { createPutInOrder } from '#main/cameras/whep/in-order'
import { createTransportWriter } from '#server/demo/cameras/transport-segments'
import { createFakeClock } from '../../../fakes/fake-clock'

const base = 'https://gateway.city/live/2017/index.m3u8?token=a'
const parameters = { sequence: Buffer.from([0x67, 0x42, 0xc0, 0x1e]), picture: Buffer.from([0x68, 0xce]) }
const pictureAt = (ms: number, isKey: boolean): CodedPicture => ({
  ...{ timestamp: (ms * 90) >>> 0, isKey, units: [Buffer.from([isKey ? 0x65 : 0x41, 1, 2])], parameters },
})

describe('an HLS playlist', () => {
  it('offers its largest picture first by address, whatever it is relative to', () => {
    const text = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.42e01e,mp4a.40.2"\nlow/index.m3u8\n'
    expect(readPlaylist(text, base)).toEqual({
      ...{
        kind: 'choice',
        variants: [{ address: 'https://gateway.city/live/2017/low/index.m3u8', bandwidth: 800_000, codecs: 'avc1.42e01e,mp4a.40.2' }],
      },
    })
    expect(readPlaylist('<html>', base)).toBeUndefined()
  })

  const live = [
    ...['#EXTM3U', '#EXT-X-TARGETDURATION:2', '#EXT-X-PART-INF:PART-TARGET=0.5', '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES'],
    ...['#EXT-X-MEDIA-SEQUENCE:7', '#EXTINF:2.0,', '7.ts', '#EXT-X-PART:DURATION=0.5,URI="8.0.ts",INDEPENDENT=YES', '#EXTINF:2.0,', '8.ts'],
    ...['#EXT-X-PART:DURATION=0.5,URI="9.0.ts",INDEPENDENT=YES', '#EXT-X-PART:DURATION=0.5,URI="9.1.ts"'],
  ].join('\n')
  const piecesOf = (text: string): readonly Piece[] => {
    const list = readPlaylist(text, base)
    return list?.kind === 'pieces' ? list.pieces : []
  }
  const names = (pieces: readonly Piece[]) => pieces.map(({ address }) => address.split('/').at(-1))

  it('is begun with the newest part that a viewer may begin with, and followed without a gap or a second time', () => {
    const pieces = piecesOf(live)
    expect(names(nextPieces(pieces, null))).toEqual(['9.0.ts', '9.1.ts'])
    expect(names(nextPieces(pieces, { sequence: 9, part: 1, isWhole: false }))).toEqual([])
    // Missed while it was in parts: taken whole.
    expect(names(nextPieces(pieces, { sequence: 7, part: 0, isWhole: true }))).toEqual(['8.ts', '9.0.ts', '9.1.ts'])
    // Begun in parts, whole by now: the rest of its parts.
    expect(names(nextPieces(piecesOf(live.replace('8.0.ts",I', '8.1.ts",I')), { sequence: 8, part: -1, isWhole: false }))[0]).toBe('8.1.ts')
  })

  it('names pieces of one file by their octets, and says what cannot be shown', () => {
    const ranged = '#EXTM3U\n#EXT-X-BYTERANGE:100@0\n#EXTINF:1,\nall.ts\n#EXT-X-BYTERANGE:50\n#EXTINF:1,\nall.ts\n'
    expect(piecesOf(ranged).map(({ range }) => range)).toEqual([
      { from: 0, to: 99 },
      { from: 100, to: 149 },
    ])
    expect(readPlaylist('#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:1,\na.m4s', base)).toMatchObject({ obstacle: 'fMP4 分片' })
    expect(readPlaylist('#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:1,\na.ts', base)).toMatchObject({ obstacle: '加密的分片' })
  })
})

describe('a transport stream', () => {
  const filmed = (ms: number, isKey: boolean, size: number) => ({
    ...{ isKey, atEpochMs: ms, units: [Buffer.concat([Buffer.of(isKey ? 0x65 : 0x41), Buffer.alloc(size, 7)])] },
  })

  it('gives back every picture that was written, of any length, with its time', () => {
    for (const size of [1, 150, 151, 152, 153, 160, 170, 183, 184, 185, 4_000]) {
      const writer = createTransportWriter()
      const octets = Buffer.concat([
        ...[writer.tables(), writer.picture(filmed(0, true, size), parameters, 2 ** 32 + 9_000)],
        writer.picture(filmed(40, false, size), parameters, 2 ** 32 + 12_600),
      ])
      expect(octets.length % 188).toBe(0)
      const pictures = createTransportReader().read(octets)
      expect(pictures.map(({ timestamp, isKey, units }) => [timestamp, isKey, units[0]?.length])).toEqual([
        [9_000, true, size + 1],
        [12_600, false, size + 1],
      ])
      expect(pictures[1]?.parameters).toEqual(parameters)
    }
  })

  it('drops a picture with a hole, and refuses what is no transport stream', () => {
    const writer = createTransportWriter()
    const head = Buffer.concat([writer.tables(), writer.picture(filmed(0, true, 10), parameters, 0)])
    const large = writer.picture(filmed(40, false, 2_000), parameters, 3_600)
    const holed = Buffer.concat([
      head,
      large.subarray(0, 376),
      large.subarray(564),
      writer.picture(filmed(80, false, 10), parameters, 7_200),
    ])
    expect(
      createTransportReader()
        .read(holed)
        .map(({ timestamp }) => timestamp),
    ).toEqual([0, 7_200])
    expect(() => createTransportReader().read(Buffer.alloc(188, 1))).toThrow(TransportSyntaxError)
  })
})

describe('pictures that come in heaps', () => {
  function setUp() {
    const clock = createFakeClock(0)
    const given: { readonly at: number; readonly ms: number }[] = []
    const paced = createPaced(clock, {
      ...{ mostWaitingMs: () => 3_000, onPicture: ({ timestamp }) => given.push({ at: clock.monotonicMs(), ms: timestamp / 90 }) },
    })
    const heap = (fromMs: number, lengthMs: number) => {
      for (let ms = fromMs; ms < fromMs + lengthMs; ms += 100) paced.push(pictureAt(ms, ms === fromMs))
    }
    return { clock, given, heap, paced }
  }

  it('leave at the pace at which they were filmed', async () => {
    const { clock, given, heap } = setUp()
    heap(5_000, 1_000)
    await clock.advance(2_000)
    heap(6_000, 1_000)
    await clock.advance(2_000)
    expect(given).toHaveLength(20)
    const paces = given.slice(1).map((one, index) => one.at - (given[index]?.at ?? 0))
    expect(paces.filter((pace) => Math.abs(pace - 100) > 20)).toHaveLength(1)
  })

  it('are left out when they come too late, and go on when the clock of the source jumps', async () => {
    const { clock, given, heap } = setUp()
    heap(0, 1_000)
    await clock.advance(1_000)
    for (const from of [1_000, 2_000, 3_000, 4_000]) heap(from, 1_000)
    await clock.advance(200)
    expect(given.some(({ ms }) => ms > 1_500 && ms < 3_500)).toBe(false)
    expect(given.at(-1)?.ms).toBeGreaterThanOrEqual(4_000)
    await clock.advance(2_000)
    heap(90_000_000, 300)
    await clock.advance(1_000)
    const steps = given.slice(1).map((one, index) => one.ms - (given[index]?.ms ?? 0))
    expect(Math.min(...steps)).toBeGreaterThan(0)
    expect(given.at(-1)?.ms).toBeLessThan(6_000)
  })
})

it('puts packets in order again, and gives up what does not come', () => {
  const inOrder = createPutInOrder()
  const packet = (sequence: number) => ({
    payloadType: 102,
    marker: false,
    sequence: sequence & 0xffff,
    timestamp: 0,
    payload: Buffer.of(1),
  })
  const order = (sequence: number) => inOrder(packet(sequence)).map((one) => one.sequence)
  expect([order(65_534), order(65_536), order(65_535), order(65_535)]).toEqual([[65_534], [], [65_535, 0], []])
  expect(Array.from({ length: 61 }, (_, index) => order(65_538 + index)).flat()).toEqual(
    Array.from({ length: 61 }, (_, index) => 2 + index),
  )
  expect(order(1)).toEqual([])
})
