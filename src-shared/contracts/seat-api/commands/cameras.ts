import { Type } from 'typebox'
import { CameraNo, PictureQuality } from '../../camera-shapes'
import { cameraViewers } from '../../central-api/cameras'
import { Empty, Uuid } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Looking through cameras. The picture itself goes from the core to the page as a stream, not through a command. */
export const cameraCommands = {
  'cameras.watch': command({
    summary: '打开一路探头的画面；连不上时说明原因',
    input: Type.Object({ cameraNo: CameraNo, quality: PictureQuality }, closed),
    /** Names it in the address that the page plays, `cameras/<watchId>.flv`, once. */
    output: Type.Object({ watchId: Uuid }),
    allowed: cameraViewers,
    effect: 'live',
    errors: [
      'camera/notInDirectory',
      'camera/badAddress',
      'camera/unreachable',
      'camera/noAnswer',
      'camera/wrongPassword',
      'camera/notFound',
      'camera/refused',
      'camera/noPicture',
      'camera/tooMany',
      ...central,
    ],
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
