import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { CameraNo, CameraSource, PictureQuality } from '../camera-shapes'
import { SteerAskSchema, SteeringView } from '../steering-shapes'
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

/** Who may turn them. */
export const cameraSteerers: readonly RoleId[] = ['wallOperator', 'shiftLead', 'commander', 'intake']

/** Why a camera does not turn. */
export const steeringErrors = [
  'camera/cannotTurn',
  'camera/steeredByOther',
  'camera/presetUnknown',
  'camera/presetLocked',
  'camera/noTour',
  'camera/notSteered',
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
    errors: ['camera/notInDirectory', 'camera/noLivePicture'],
  }),
  'cameras.steering': route({
    method: 'GET',
    path: '/cameras/{cameraNo}/steering',
    tag: 'cameras',
    roles: cameraViewers,
    summary: '一路探头的云台：谁在操作、预置位、归位与巡航',
    params: Type.Object({ cameraNo: CameraNo }, closed),
    response: SteeringView,
    errors: [],
  }),
  'cameras.steer': route({
    method: 'PUT',
    path: '/cameras/{cameraNo}/steering',
    tag: 'cameras',
    roles: cameraSteerers,
    summary: '操作云台：转动、变倍、预置位、归位、巡航、让出',
    params: Type.Object({ cameraNo: CameraNo }, closed),
    body: Type.Object({ ask: SteerAskSchema }, closed),
    response: SteeringView,
    errors: [...steeringErrors],
  }),
} as const
