import { Type } from 'typebox'
import { sourceKinds } from '../../../domain/wall/wall'
import { CameraNo, PictureQuality } from '../../camera-shapes'
import { wallDrivers } from '../../central-api/walls'
import { Empty, orNull, plainText, Uuid } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'
import { ScreenNo } from '../wall-screen-views'
import { pictureErrors } from './cameras'

/** The windows of the software wall at this workstation: opened by a person, and telling what they really show. */
export const wallScreenCommands = {
  'wallScreens.open': command({
    summary: '打开软件大屏的窗口；外壳不能开窗时给出地址，由页面打开',
    input: Type.Object({}, closed),
    output: Type.Object({ addresses: Type.Array(Type.String()) }),
    allowed: wallDrivers,
    effect: 'local',
    errors: ['wall/notSupported'],
  }),
  'wallScreens.shown': command({
    summary: '大屏窗口报告自己现在显示什么',
    input: Type.Object(
      {
        screen: ScreenNo,
        /** Of this page: another one has taken its place when it differs. */
        runId: Uuid,
        order: Type.Integer({ minimum: 0 }),
        isLeaving: Type.Boolean(),
        cells: Type.Array(
          Type.Object(
            {
              cell: Type.Integer({ minimum: 1, maximum: 64 }),
              content: orNull(
                Type.Object(
                  { kind: Type.Enum([...sourceKinds]), id: Type.String({ minLength: 1, maxLength: 400, pattern: plainText }) },
                  closed,
                ),
              ),
              /** Why it cannot be shown, in words. */
              problem: orNull(Type.String({ maxLength: 100 })),
            },
            closed,
          ),
          { maxItems: 64 },
        ),
      },
      closed,
    ),
    output: Empty,
    allowed: wallDrivers,
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
  'wallScreens.watch': command({
    summary: '大屏窗口打开一路画面；只给大屏现在要显示的探头，锁定时也给',
    input: Type.Object({ cameraNo: CameraNo, quality: PictureQuality }, closed),
    output: Type.Object({ watchId: Uuid }),
    allowed: wallDrivers,
    whileLocked: true,
    effect: 'live',
    errors: ['wall/notSupported', ...pictureErrors, ...central],
  }),
  'wallScreens.leave': command({
    summary: '大屏窗口不再看这路画面',
    input: Type.Object({ watchId: Uuid }, closed),
    output: Empty,
    allowed: wallDrivers,
    whileLocked: true,
    effect: 'local',
    errors: [],
  }),
} as const
