import type { Clock, Stop } from '#shared/base/clock'
import { createDome, type Dome } from './dome'
import { createPlainCoder } from './plain-coder'
import { createStreetScene, sceneSize } from './street-scene'

/**
 * What one demonstration camera films: a picture ten times a second while somebody looks, for all who look. Some cameras have the faults that cameras
 * have, so that a newcomer sees what the badge says of them.
 */
export type CameraFault = 'none' | 'frozen' | 'late' | 'dead'

export interface FilmedPicture {
  readonly units: readonly Buffer[]
  readonly isKey: boolean
  /** When the camera saw it. */
  readonly atEpochMs: number
}

export interface CameraFilm {
  readonly fault: CameraFault
  /** Its motors. */
  readonly dome: Dome
  readonly parameters: { readonly sequence: Buffer; readonly picture: Buffer }
  /** Films as long as somebody looks. The first picture each gets is a key. */
  look(onPicture: (picture: FilmedPicture) => void): Stop
}

export const filmEveryMs = 100
const keyEvery = 20
/** A camera that hangs does so this long after somebody began to look, so that both states are seen. */
const hangsAfterMs = 20_000
/** A line that is too slow for its camera: after a while half of what is filmed passes, until it lies so far behind. */
const late = { afterMs: 15_000, mostMs: 8_000 }

export function createCameraFilm(
  cameraNo: string,
  { clock, fault, isNight }: { clock: Clock; fault: CameraFault; isNight: boolean },
): CameraFilm {
  const scene = createStreetScene(cameraNo, isNight)
  const dome = createDome(() => clock.now())
  const { width, height, shownHeight } = sceneSize
  const coder = createPlainCoder(width, height, shownHeight)
  const viewers = new Map<(picture: FilmedPicture) => void, { needsKey: boolean }>()
  const waiting: FilmedPicture[] = []
  let stop: Stop | null = null
  let beganAt = 0
  let count = 0
  const film = () => {
    const now = clock.now()
    const seenAt = fault === 'frozen' ? Math.min(now, beganAt + hangsAfterMs) : now
    const { unit, isKey } = coder.code(scene.draw(seenAt, dome.viewAt(seenAt)), count++ % keyEvery === 0)
    waiting.push({ units: [unit], isKey, atEpochMs: now })
    const behindMs = fault === 'late' ? Math.min(late.mostMs, Math.max(0, (now - beganAt - late.afterMs) / 2)) : 0
    while (waiting[0] && waiting[0].atEpochMs <= now - behindMs) give(waiting.shift() as FilmedPicture)
  }
  const give = (picture: FilmedPicture) => {
    for (const [onPicture, state] of viewers) {
      if (state.needsKey && !picture.isKey) continue
      state.needsKey = false
      onPicture(picture)
    }
  }
  return {
    fault,
    dome,
    parameters: { sequence: coder.sequence, picture: coder.picture },
    look(onPicture) {
      viewers.set(onPicture, { needsKey: true })
      if (!stop) {
        beganAt = clock.now()
        count = 0
        stop = clock.every(filmEveryMs, film)
      }
      return () => {
        viewers.delete(onPicture)
        if (viewers.size > 0) return
        stop?.()
        stop = null
        waiting.length = 0
      }
    },
  }
}
