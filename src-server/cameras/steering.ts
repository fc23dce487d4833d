import type { Result } from '#shared/base/result'
import type { DeviceOrder } from '#shared/domain/camera/steering'

/** The way to the motors of cameras: one order, done or a reason in words. Who may give it is decided elsewhere. */
export interface CameraMotors {
  canTurn(cameraNo: string): boolean
  /** The error is a reason in Chinese without a full stop. */
  order(cameraNo: string, order: DeviceOrder): Promise<Result<void, string>>
  stop(): Promise<void>
}

export const noMotors: CameraMotors = {
  canTurn: () => false,
  order: async () => ({ ok: false, error: '这台探头没有配置云台' }),
  stop: async () => {},
}
