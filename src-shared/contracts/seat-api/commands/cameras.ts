import { Type } from 'typebox'
import { CameraNo, PictureQuality } from '../../camera-shapes'
import { cameraSteerers, cameraViewers, steeringErrors } from '../../central-api/cameras'
import { PatrolStopInput, patrollers } from '../../central-api/patrols'
import { Empty, Uuid } from '../../common'
import { SteerAskSchema, SteeringView } from '../../steering-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Why a picture does not come. */
export const pictureErrors = [
  'camera/notInDirectory',
  'camera/noLivePicture',
  'camera/badAddress',
  'camera/unreachable',
  'camera/noAnswer',
  'camera/wrongPassword',
  'camera/notFound',
  'camera/refused',
  'camera/noPicture',
  'camera/noContainer',
  'camera/tooMany',
] as const

/** Looking through cameras. The picture itself goes from the core to the page as a stream, not through a command. */
export const cameraCommands = {
  'cameras.watch': command({
    summary: '打开一路探头的画面；连不上时说明原因',
    input: Type.Object({ cameraNo: CameraNo, quality: PictureQuality }, closed),
    /** Names it in the address that the page plays, `cameras/<watchId>.flv`, once. */
    output: Type.Object({ watchId: Uuid }),
    allowed: cameraViewers,
    effect: 'live',
    errors: [...pictureErrors, ...central],
  }),
  'cameras.readSteering': command({
    summary: '一路探头的云台：谁在操作、预置位、归位与巡航',
    input: Type.Object({ cameraNo: CameraNo }, closed),
    output: SteeringView,
    allowed: cameraViewers,
    effect: 'live',
    errors: [...central],
  }),
  'cameras.steer': command({
    summary: '操作云台：转动、变倍、预置位、归位、巡航、让出',
    input: Type.Object({ cameraNo: CameraNo, ask: SteerAskSchema }, closed),
    output: SteeringView,
    allowed: cameraSteerers,
    effect: 'live',
    errors: [...steeringErrors, ...central],
  }),
  'patrol.keep': command({
    summary: '记下视频巡查的一站；没有中心时先存本机',
    input: PatrolStopInput,
    output: Type.Object({ stopId: Uuid }),
    allowed: patrollers,
    effect: 'queued',
    errors: ['store/full', 'store/readOnly'],
  }),
  'cameras.leave': command({
    summary: '不再看这路画面',
    input: Type.Object({ watchId: Uuid }, closed),
    output: Empty,
    allowed: cameraViewers,
    effect: 'local',
    errors: [],
  }),
} as const
