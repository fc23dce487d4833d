import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { createFlvStream } from '#main/cameras/flv/flv-stream'
import type { CodedPicture } from '#main/cameras/rtsp/h264'
import type { SenderClock } from '#main/cameras/rtsp/rtp'
import { openRtspCamera } from '#main/cameras/rtsp/rtsp-camera'
import { createSystemClock } from '#main/platform/system-clock'
import { hasRtspServer, type RtspServer, startRtspServer } from '../../fixtures/rtsp-server'
import { isShort } from '../extent'

const clock = createSystemClock()
const running: { stop(): Promise<void> | void }[] = []
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop()
})

async function serve(options?: Parameters<typeof startRtspServer>[0]): Promise<RtspServer> {
  const server = await startRtspServer(options)
  running.push(server)
  return server
}

async function watch(address: string, account?: { user: string; password: string }) {
  const pictures: { at: number; picture: CodedPicture; clock: SenderClock | null }[] = []
  let lost: string | undefined
  const opened = await openRtspCamera({
    address,
    ...(account && { account }),
    clock,
    onPicture: (picture, sender) => pictures.push({ at: clock.monotonicMs(), picture, clock: sender }),
    onLost: ({ code }) => {
      lost = code
    },
  })
  if (opened.ok) running.push({ stop: opened.value.close })
  return { opened, pictures, lost: () => lost }
}

async function until(condition: () => boolean, limitMs: number): Promise<number> {
  const began = performance.now()
  while (!condition()) {
    if (performance.now() - began > limitMs) throw new Error(`not within ${limitMs} ms`)
    await delay(20)
  }
  return performance.now() - began
}

describe.skipIf(!hasRtspServer)('a camera over RTSP', () => {
  it('gives whole pictures, the first a key, as fast as it makes them, with its clock', async () => {
    const { address } = await serve()
    const { opened, pictures } = await watch(address)
    expect(opened.ok).toBe(true)
    await until(() => pictures.length >= 75, 10_000)
    expect(pictures[0]?.picture.isKey).toBe(true)
    const [first, last] = [pictures[5], pictures.at(-1)]
    const streamMs = ((last?.picture.timestamp ?? 0) - (first?.picture.timestamp ?? 0)) / 90
    expect(streamMs / (pictures.length - 6)).toBeCloseTo(40, 0)
    expect(opened.ok && opened.value.counters()).toEqual({ lost: 0, dropped: 0 })
    await until(() => pictures.at(-1)?.clock !== null, 10_000)
    const sender = pictures.at(-1)?.clock
    expect(Math.abs((sender?.epochMs ?? 0) - Date.now())).toBeLessThan(10_000)
  })

  it('becomes a stream whose times never go back', async () => {
    const { address } = await serve()
    const { pictures } = await watch(address)
    await until(() => pictures.length >= 60, 10_000)
    const write = createFlvStream()
    const stream = Buffer.concat(pictures.map(({ picture }) => write(picture)))
    expect(stream.toString('latin1', 0, 3)).toBe('FLV')
    const times: number[] = []
    for (let at = 13; at < stream.length; at += 11 + stream.readUIntBE(at + 1, 3) + 4) times.push(stream.readUIntBE(at + 4, 3))
    // The configuration and each picture.
    expect(times).toHaveLength(pictures.length + 1)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('is opened by its account with Digest, and a wrong password is a failure of its own', async () => {
    const account = { user: 'viewer', password: '城管-Kanhu 1' }
    const { address } = await serve(account)
    expect((await watch(address)).opened).toMatchObject({ ok: false, error: { code: 'camera/wrongPassword' } })
    expect((await watch(address, { ...account, password: 'falsch' })).opened).toMatchObject({
      ok: false,
      error: { code: 'camera/wrongPassword' },
    })
    const { opened, pictures } = await watch(address, account)
    expect(opened.ok).toBe(true)
    await until(() => pictures.length > 10, 10_000)
  })

  it('is refused in words where there is no such picture, or none that can be shown', async () => {
    const { address } = await serve({ codec: 'mjpeg' })
    expect((await watch(address)).opened).toMatchObject({ ok: false, error: { code: 'camera/noPicture' } })
    expect((await watch(address.replace('live', 'dead'))).opened).toMatchObject({ ok: false, error: { code: 'camera/notFound' } })
    expect((await watch('rtsp://127.0.0.1:1/live')).opened).toMatchObject({ ok: false, error: { code: 'camera/unreachable' } })
    expect((await watch('http://127.0.0.1/live')).opened).toMatchObject({ ok: false, error: { code: 'camera/badAddress' } })
  })

  it.skipIf(isShort)('is lost at once when it dies, and within eleven seconds when it only hangs', async () => {
    const dies = await serve()
    const hangs = await serve()
    const [first, second] = await Promise.all([watch(dies.address), watch(hangs.address)])
    await until(() => first.pictures.length > 5 && second.pictures.length > 5, 15_000)
    dies.signal('SIGKILL')
    hangs.signal('SIGSTOP')
    expect(await until(() => first.lost() !== undefined, 2_000)).toBeLessThan(2_000)
    expect(first.lost()).toBe('camera/lost')
    await until(() => second.lost() !== undefined, 12_500)
    expect(second.lost()).toBe('camera/silent')
  })
})
