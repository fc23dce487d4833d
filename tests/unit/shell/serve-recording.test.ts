import { describe, expect, it } from 'vitest'
import { serveRecording } from '#main/shell/serve-recording'
import { rangeOf } from '#shared/base/byte-range'

const playId = '0191f5e0-0000-7000-8000-00000000aaaa'
const path = `/recordings/${playId}.wav`
const playback = (asked: string) =>
  asked === playId
    ? {
        ...{ mediaType: 'audio/wav', bytes: 100 },
        async *read(from: number, until: number) {
          yield Uint8Array.from({ length: until - from }, (_, at) => from + at)
        },
      }
    : undefined

describe('ranges of a recording (RFC 9110 §14)', () => {
  it('are one stretch of octets, its end included', () => {
    expect(rangeOf('bytes=0-', 100)).toEqual({ from: 0, until: 100 })
    expect(rangeOf('bytes=10-19', 100)).toEqual({ from: 10, until: 20 })
    expect(rangeOf('bytes=90-1000', 100)).toEqual({ from: 90, until: 100 })
    expect(rangeOf('bytes=-30', 100)).toEqual({ from: 70, until: 100 })
    expect(rangeOf('bytes=-300', 100)).toEqual({ from: 0, until: 100 })
  })

  it('beyond the end cannot be given', () => {
    expect(rangeOf('bytes=100-', 100)).toBe('unsatisfiable')
    expect(rangeOf('bytes=-0', 100)).toBe('unsatisfiable')
  })

  it('that cannot be read, or are several, give everything', () => {
    for (const header of [undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b'])
      expect(rangeOf(header, 100), String(header)).toBeUndefined()
  })
})

describe('the address of a recording', () => {
  it('gives the sound of an open play, and only its headers when only those are asked for', async () => {
    const part = serveRecording(playback, { path, method: 'GET', range: 'bytes=98-' })
    expect(part).toMatchObject({
      status: 206,
      headers: { 'content-range': 'bytes 98-99/100', 'content-length': '2', 'cache-control': 'no-store' },
    })
    const octets: number[] = []
    for await (const piece of part?.body ?? []) octets.push(...piece)
    expect(octets).toEqual([98, 99])
    expect(serveRecording(playback, { path, method: 'HEAD', range: undefined })).toMatchObject({ status: 200, body: null })
    expect(serveRecording(playback, { path, method: 'GET', range: 'bytes=200-' })).toMatchObject({ status: 416, body: null })
  })

  it('is no one else’s', () => {
    for (const other of ['/recordings/', `/recordings/${playId}`, `${path}/..`, `/x${path}`, path.replace('a.wav', 'b.wav')])
      expect(serveRecording(playback, { path: other, method: 'GET', range: undefined }), other).toBeUndefined()
  })
})
