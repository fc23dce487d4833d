import { Type } from 'typebox'
import { CameraNo, CameraSource, PictureQuality } from '../camera-shapes'
import { route } from './route'

/** Cameras 探头. Their directory is a reference document; where their pictures come from is told one by one, to those who may look. */
const closed = { additionalProperties: false }

/** Who looks through the city's cameras. */
export const cameraViewers = [
  'intake',
  'opinionMonitor',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'commander',
  'wallOperator',
  'presenter',
  'assistant',
  'director',
] as const

export const cameraRoutes = {
  'cameras.source': route({
    method: 'GET',
    path: '/cameras/{cameraNo}/source',
    tag: 'cameras',
    roles: cameraViewers,
    summary: '一路探头的画面从哪里取：设备或网关的地址和账号',
    params: Type.Object({ cameraNo: CameraNo }, closed),
    query: Type.Object({ quality: PictureQuality }, closed),
    response: CameraSource,
    errors: ['camera/notInDirectory'],
  }),
} as const
