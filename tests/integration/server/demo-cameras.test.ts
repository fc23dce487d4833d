import { afterEach, describe, expect, it } from 'vitest'
import { createOpenCamera } from '#main/cameras/open-camera'
import type { CodedPicture } from '#main/cameras/rtsp/h264'
import { createSystemClock } from '#main/platform/system-clock'
import { createCameraFilm } from '#server/demo/cameras/camera-film'
import { type CameraServer, startCameraServer } from '#server/demo/cameras/camera-server'
import type { CameraSource } from '#shared/contracts/camera-shapes'

/** The demonstration's cameras, seen by the seat's own way of looking. */
const clock = createSystemClock()
const account = { user: 'demo', password: 'kanhu-1' }
const running: { stop(): unknown }[] = []
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop()
})

async function serve(fault: 'none' | 'dead'): Promise<CameraServer> {
  const film = createCameraFilm('008', { clock, fault, isNight: false })
  const server = await startCameraServer({ account, film: (cameraNo) => (cameraNo === '008' ? film : undefined) })
  running.push(server)
  return server
}

async function look(source: CameraSource) {
  const pictures: CodedPicture[] = []
  const opened = await createOpenCamera(clock, fetch)(source, { onPicture: (picture) => pictures.push(picture), onLost: () => {} })
  if (opened.ok) running.push({ stop: opened.value.close })
  return { opened, pictures }
}

const sourceAt = ({ port }: CameraServer, cameraNo = '008', password = account.password): CameraSource => ({
  kind: 'rtsp',
  address: `rtsp://127.0.0.1:${port}/${cameraNo}/main`,
  account: { ...account, password },
})

describe('a demonstration camera', () => {
  it('shows whole pictures to all who look, each beginning with a key, and films only while somebody does', async () => {
    const server = await serve('none')
    const [first, second] = [await look(sourceAt(server)), await look(sourceAt(server))]
    await expect.poll(() => Math.min(first.pictures.length, second.pictures.length), { timeout: 10_000 }).toBeGreaterThan(5)
    for (const { pictures } of [first, second]) {
      expect(pictures[0]?.isKey).toBe(true)
      // Only what moved is sent between keys.
      expect(pictures[1]?.units[0]?.length).toBeLessThan((pictures[0]?.units[0]?.length ?? 0) / 2)
    }
  })

  it('wants its account, and says what it has not and when it is dead', async () => {
    const server = await serve('none')
    expect((await look(sourceAt(server, '008', 'falsch'))).opened).toMatchObject({ ok: false, error: { code: 'camera/wrongPassword' } })
    expect((await look(sourceAt(server, '009'))).opened).toMatchObject({ ok: false, error: { code: 'camera/notFound' } })
    expect((await look(sourceAt(await serve('dead')))).opened).toMatchObject({ ok: false, error: { code: 'camera/refused' } })
  })
})
