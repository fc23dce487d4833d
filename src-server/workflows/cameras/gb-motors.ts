import { err } from '#shared/base/result'
import type { DeviceOrder } from '#shared/domain/camera/steering'
import type { CameraMotors } from '../../cameras/steering'
import type { GbPlatform } from './gb-platform'

/** Motors over GB/T 28181 for the cameras that a device has, else the way that the centre's file names. One camera's orders go one after the other. */
export function withGbMotors(platform: GbPlatform, others: CameraMotors): CameraMotors {
  const last = new Map<string, Promise<unknown>>()
  const channelOf = (cameraNo: string): string | undefined => {
    const channelId = platform.directory.channelOf(cameraNo)
    return channelId !== undefined && platform.channel(channelId) ? channelId : undefined
  }
  return {
    canTurn: (cameraNo) => {
      if (others.canTurn(cameraNo)) return true
      const channelId = channelOf(cameraNo)
      const camera = channelId === undefined ? undefined : platform.directory.cameraOf(channelId)
      return camera?.canTurn ?? false
    },
    order(cameraNo: string, order: DeviceOrder) {
      if (others.canTurn(cameraNo)) return others.order(cameraNo, order)
      const channelId = channelOf(cameraNo)
      if (channelId === undefined) return Promise.resolve(err('这台探头没有配置云台'))
      const mine = (last.get(cameraNo) ?? Promise.resolve()).then(() => platform.order(channelId, order))
      last.set(cameraNo, mine)
      void mine.finally(() => last.get(cameraNo) === mine && last.delete(cameraNo))
      return mine
    },
    async stop() {
      await Promise.all(last.values())
      await others.stop()
    },
  }
}
