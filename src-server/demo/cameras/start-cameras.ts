import { randomBytes } from 'node:crypto'
import { err, ok } from '#shared/base/result'
import type { CameraSource, PictureQuality } from '#shared/contracts/camera-shapes'
import type { CameraSources } from '../../cameras/sources'
import type { CameraMotors } from '../../cameras/steering'
import { documentsOfKind } from '../../store/reference-store'
import type { Services } from '../../workflows/services'
import { type CameraFault, type CameraFilm, createCameraFilm } from './camera-film'
import { startCameraGateway } from './camera-gateway'
import { startCameraServer } from './camera-server'

/**
 * The demonstration's cameras: generated streets over real RTSP, a quarter of them by way of a gateway as WS-FLV or HLS. Of every twenty
 * one hangs, one is late, one is dead and two look at night.
 */
export interface DemonstrationCameras {
  readonly sources: CameraSources
  readonly motors: CameraMotors
  stop(): Promise<void>
}

const faults: Readonly<Record<number, CameraFault>> = { 3: 'frozen', 5: 'late', 7: 'dead' }
const nights: readonly number[] = [4, 14]
/** Which of every twenty come by the gateway, and how. */
const byFlv: readonly number[] = [2, 9, 12]
const byHls: readonly number[] = [10, 16]

/** For every camera of the directory. Rejects when no port can be had. */
export async function startCameras({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<DemonstrationCameras> {
  const account = { user: 'demo', password: randomBytes(9).toString('base64url') }
  const films = new Map<string, CameraFilm>()
  const directories = await documentsOfKind(db, 'cameras')
  const cameras = directories.flatMap((directory) => directory.cameras)
  const known = new Set(cameras.map(({ cameraNo }) => cameraNo))
  const turning = new Set(cameras.flatMap(({ cameraNo, canTurn }) => (canTurn ? [cameraNo] : [])))
  const film = (cameraNo: string): CameraFilm | undefined => {
    if (!known.has(cameraNo)) return undefined
    const place = Number(cameraNo) % 20
    const made =
      films.get(cameraNo) ?? createCameraFilm(cameraNo, { clock, fault: faults[place] ?? 'none', isNight: nights.includes(place) })
    films.set(cameraNo, made)
    return made
  }
  const server = await startCameraServer({ account, film })
  const gateway = await startCameraGateway({ clock, film })
  const sourceOf = (cameraNo: string, quality: PictureQuality): CameraSource => {
    const place = Number(cameraNo) % 20
    if (byFlv.includes(place)) return { kind: 'flv', address: gateway.flvAddress(cameraNo) }
    if (byHls.includes(place)) return { kind: 'hls', address: gateway.hlsAddress(cameraNo) }
    return { kind: 'rtsp', address: `rtsp://127.0.0.1:${server.port}/${cameraNo}/${quality}`, account }
  }
  return {
    sources: {
      ptz: new Map(),
      sourceOf: (cameraNo, quality) => (known.has(cameraNo) ? sourceOf(cameraNo, quality) : undefined),
    },
    motors: {
      canTurn: (cameraNo) => turning.has(cameraNo),
      async order(cameraNo, order) {
        const filmed = turning.has(cameraNo) ? film(cameraNo) : undefined
        if (!filmed || filmed.fault === 'dead') return err('探头没有回应')
        filmed.dome.order(order)
        return ok(undefined)
      },
      stop: async () => {},
    },
    async stop() {
      await gateway.stop()
      await server.stop()
    },
  }
}
