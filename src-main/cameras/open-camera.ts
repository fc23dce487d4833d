import type { Clock } from '#shared/base/clock'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import type { AppError, Result } from './camera-error'
import { openFlvGateway } from './flv/flv-gateway'
import type { OpenedCamera } from './opened-camera'
import type { CodedPicture } from './rtsp/h264'
import { openRtspCamera } from './rtsp/rtsp-camera'

export type OpenCamera = (
  source: CameraSource,
  told: { onPicture(picture: CodedPicture): void; onLost(error: AppError): void },
) => Promise<Result<OpenedCamera, AppError>>

export function createOpenCamera(clock: Clock): OpenCamera {
  return (source, { onPicture, onLost }) => {
    if (source.kind === 'flv') return openFlvGateway({ address: source.address, clock, onPicture, onLost })
    return openRtspCamera({ address: source.address, ...(source.account && { account: source.account }), clock, onPicture, onLost })
  }
}
