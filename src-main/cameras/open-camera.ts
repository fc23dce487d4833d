import type { Clock } from '#shared/base/clock'
import type { CameraSource } from '#shared/contracts/camera-shapes'
import type { AppError, Result } from './camera-error'
import { openFlvGateway } from './flv/flv-gateway'
import { openHlsCamera } from './hls/hls-camera'
import type { OpenedCamera } from './opened-camera'
import type { CodedPicture } from './rtsp/h264'
import { openRtspCamera } from './rtsp/rtsp-camera'
import { openWhepCamera } from './whep/whep-camera'

export type OpenCamera = (
  source: CameraSource,
  told: { onPicture(picture: CodedPicture): void; onLost(error: AppError): void },
) => Promise<Result<OpenedCamera, AppError>>

export function createOpenCamera(clock: Clock, fetch: typeof globalThis.fetch): OpenCamera {
  return (source, told) => {
    if (source.kind === 'flv') return openFlvGateway({ address: source.address, clock, ...told })
    if (source.kind === 'hls') return openHlsCamera({ address: source.address, clock, fetch, ...told })
    if (source.kind === 'whep') return openWhepCamera({ address: source.address, token: source.token, clock, fetch, ...told })
    return openRtspCamera({ address: source.address, ...(source.account && { account: source.account }), clock, ...told })
  }
}
