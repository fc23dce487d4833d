import { afterEach, describe, expect, it } from 'vitest'
import { createOpenCamera } from '#main/cameras/open-camera'
import type { CodedPicture } from '#main/cameras/rtsp/h264'
import { createSystemClock } from '#main/platform/system-clock'
import { type CameraFilm, createCameraFilm } from '#server/demo/cameras/camera-film'
import { startCameraGateway } from '#server/demo/cameras/camera-gateway'
import { startCameraServer } from '#server/demo/cameras/camera-server'
import type { AppError } from '#shared/base/app-error'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import { startFakeWhepGateway } from '../../fakes/fake-whep-gateway'

/** Every way a picture comes by, held to the same: real sockets on loopback, and a film that is drawn while somebody looks. */
const clock = createSystemClock()
const account = { user: 'demo', password: 'kanhu-1' }

interface Simulated {
  source(cameraNo: string): CameraSource
  /** The same camera with an account or a token that does not hold. */
  wrong(cameraNo: string): CameraSource
  stop(): Promise<void>
}

type Film = (cameraNo: string) => CameraFilm | undefined

const withoutToken = (address: string) => address.replace(/token=.*/, 'token=wrong')

const adapters: Readonly<Record<string, (film: Film) => Promise<Simulated>>> = {
  async rtsp(film) {
    const server = await startCameraServer({ account, film })
    const at = (cameraNo: string, password: string): CameraSource => ({
      ...{ kind: 'rtsp', address: `rtsp://127.0.0.1:${server.port}/${cameraNo}/main`, account: { user: account.user, password } },
    })
    return { source: (no) => at(no, account.password), wrong: (no) => at(no, 'falsch'), stop: server.stop }
  },
  async 'WS-FLV'(film) {
    const gateway = await startCameraGateway({ clock, film })
    return {
      source: (no) => ({ kind: 'flv', address: gateway.flvAddress(no) }),
      wrong: (no) => ({ kind: 'flv', address: withoutToken(gateway.flvAddress(no)) }),
      stop: gateway.stop,
    }
  },
  async HLS(film) {
    const gateway = await startCameraGateway({ clock, film })
    return {
      source: (no) => ({ kind: 'hls', address: gateway.hlsAddress(no) }),
      wrong: (no) => ({ kind: 'hls', address: withoutToken(gateway.hlsAddress(no)) }),
      stop: gateway.stop,
    }
  },
  async WHEP(film) {
    const gateway = await startFakeWhepGateway({ token: 'zhende', film })
    const at = (no: string, token: string): CameraSource => ({ kind: 'whep', address: `${gateway.origin}/whep/${no}`, token })
    return { source: (no) => at(no, 'zhende'), wrong: (no) => at(no, 'falsch'), stop: gateway.stop }
  },
}

const running: { stop(): unknown }[] = []
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop()
})

/** A film that says how many look at it. */
function countedFilm(fault: 'none' | 'dead') {
  const film = createCameraFilm('008', { clock, fault, isNight: false })
  let viewers = 0
  const counted: CameraFilm = {
    ...film,
    look(onPicture) {
      viewers += 1
      const stop = film.look(onPicture)
      let isOver = false
      return () => {
        if (!isOver) viewers -= 1
        isOver = true
        stop()
      }
    },
  }
  return { film: counted, viewers: () => viewers }
}

async function look(source: CameraSource) {
  const pictures: { readonly at: number; readonly picture: CodedPicture }[] = []
  const lost: AppError[] = []
  const opened = await createOpenCamera(clock, fetch)(source, {
    onPicture: (picture) => pictures.push({ at: clock.monotonicMs(), picture }),
    onLost: (error) => lost.push(error),
  })
  if (opened.ok) running.push({ stop: opened.value.close })
  return { opened, pictures, lost, close: () => opened.ok && opened.value.close() }
}

describe.each(Object.entries(adapters))('a picture by %s', (kind, start) => {
  async function serve(fault: 'none' | 'dead' = 'none') {
    const counted = countedFilm(fault)
    const simulated = await start((cameraNo) => (cameraNo === '008' ? counted.film : undefined))
    running.push(simulated)
    return { ...simulated, viewers: counted.viewers }
  }

  it('comes whole, from a key picture on, at the pace of the camera', async () => {
    const { source } = await serve()
    const { opened, pictures } = await look(source('008'))
    expect(opened.ok).toBe(true)
    await expect.poll(() => pictures.length, { timeout: 20_000 }).toBeGreaterThan(40)
    expect(pictures[0]?.picture.isKey).toBe(true)
    expect(pictures.filter(({ picture }) => picture.isKey).length).toBeGreaterThan(1)
    const times = pictures.map(({ picture }) => picture.timestamp)
    const steps = times.slice(1).map((time, index) => ((time - (times[index] ?? 0)) | 0) / 90)
    expect(Math.min(...steps)).toBeGreaterThan(0)
    // What the stream says has passed, and what has passed: a heap given at once would be seconds apart from it.
    const [first, last] = [pictures[0], pictures.at(-1)]
    const streamMs = steps.reduce((sum, step) => sum + step, 0)
    expect(Math.abs(streamMs - ((last?.at ?? 0) - (first?.at ?? 0)))).toBeLessThan(1_500)
    expect(pictures[1]?.picture.units[0]?.length).toBeLessThan((pictures[0]?.picture.units[0]?.length ?? 0) / 2)
  })

  it('costs nothing any more when it was closed', async () => {
    const { source, viewers } = await serve()
    const { pictures, lost, close } = await look(source('008'))
    await expect.poll(() => pictures.length, { timeout: 20_000 }).toBeGreaterThan(1)
    expect(viewers()).toBe(1)
    close()
    const count = pictures.length
    // A gateway of HLS hears nothing of it: it stops when nobody asked for a while.
    await expect.poll(viewers, { timeout: 20_000 }).toBe(0)
    expect(pictures.length).toBe(count)
    expect(lost).toEqual([])
  })

  it('is told as lost, once, when its source goes away', async () => {
    const simulated = await serve()
    const { pictures, lost } = await look(simulated.source('008'))
    await expect.poll(() => pictures.length, { timeout: 20_000 }).toBeGreaterThan(1)
    await simulated.stop()
    running.splice(running.indexOf(simulated), 1)
    await expect.poll(() => lost.length, { timeout: 20_000 }).toBe(1)
    // By UDP a source may go without a word: then its silence tells.
    const codes = kind === 'HLS' ? ['camera/unreachable'] : kind === 'WHEP' ? ['camera/lost', 'camera/silent'] : ['camera/lost']
    expect(lost[0]?.retryable).toBe(true)
    expect(codes).toContain(lost[0]?.code)
  })

  it('is refused in words', async () => {
    const { source, wrong, stop } = await serve()
    expect((await look(wrong('008'))).opened).toMatchObject({ ok: false, error: { code: 'camera/wrongPassword' } })
    expect((await look(source('009'))).opened).toMatchObject({ ok: false, error: { code: 'camera/notFound' } })
    expect((await look((await serve('dead')).source('008'))).opened).toMatchObject({ ok: false, error: { code: 'camera/refused' } })
    const gone = source('008')
    await stop()
    expect((await look(gone)).opened).toMatchObject({ ok: false, error: { code: 'camera/unreachable' } })
  })
})
