import { err } from '#shared/base/result'
import { createOnvifMotors, type OnvifMotors, type OnvifSettings } from './onvif/onvif-motors'
import type { CameraMotors } from './steering'

/** The motors of the cameras that a centre's file lists, each opened when it is first steered. Orders to one camera go one after the other. */
export function createMotors(
  settings: ReadonlyMap<string, OnvifSettings>,
  parts: { readonly fetch: typeof globalThis.fetch; readonly now: () => number },
): CameraMotors {
  const motors = new Map<string, OnvifMotors>()
  const last = new Map<string, Promise<unknown>>()
  const motorOf = (cameraNo: string): OnvifMotors | undefined => {
    const own = settings.get(cameraNo)
    if (!own) return undefined
    const made = motors.get(cameraNo) ?? createOnvifMotors(own, parts)
    motors.set(cameraNo, made)
    return made
  }
  return {
    canTurn: (cameraNo) => settings.has(cameraNo),
    order(cameraNo, order) {
      const motor = motorOf(cameraNo)
      if (!motor) return Promise.resolve(err('这台探头没有配置云台'))
      const mine = (last.get(cameraNo) ?? Promise.resolve()).then(() => motor.order(order))
      last.set(cameraNo, mine)
      return mine
    },
    async stop() {
      await Promise.all(last.values())
    },
  }
}
