import { type Static, Type } from 'typebox'
import { type CameraSteering, mostPresets, type SteerAsk } from '../domain/camera/steering'
import { CameraNo } from './camera-shapes'
import { EpochMs, orNull, plainText } from './common'

/** Steering of a camera as it travels; the rules are in `domain/camera/steering`. */
const closed = { additionalProperties: false } as const
const PresetNo = Type.Integer({ minimum: 1, maximum: 255, description: '预置位编号' })
const Share = Type.Number({ minimum: -1, maximum: 1 })
const PresetTourSchema = Type.Object(
  {
    presets: Type.Array(PresetNo, { minItems: 1, maxItems: 32 }),
    dwellMs: Type.Integer({ minimum: 5_000, maximum: 3_600_000 }),
  },
  closed,
)

const plain = (type: 'take' | 'release' | 'stop' | 'goHome' | 'startTour' | 'stopTour') => Type.Object({ type: Type.Literal(type) }, closed)
export const SteerAskSchema = Type.Unsafe<SteerAsk>(
  Type.Union([
    ...(['take', 'release', 'stop', 'goHome', 'startTour', 'stopTour'] as const).map(plain),
    Type.Object({ type: Type.Literal('move'), pan: Share, tilt: Share, zoom: Share }, closed),
    Type.Object({ type: Type.Literal('goTo'), number: PresetNo }, closed),
    Type.Object(
      { type: Type.Literal('savePreset'), number: PresetNo, name: Type.String({ minLength: 1, maxLength: 20, pattern: plainText }) },
      closed,
    ),
    Type.Object({ type: Type.Literal('lockPreset'), number: PresetNo, isLocked: Type.Boolean() }, closed),
    Type.Object({ type: Type.Literal('removePreset'), number: PresetNo }, closed),
    Type.Object({ type: Type.Literal('setHome'), number: orNull(PresetNo) }, closed),
    Type.Object({ type: Type.Literal('setTour'), tour: orNull(PresetTourSchema) }, closed),
  ]),
)

const Hand = Type.Object({ accountNo: Type.String(), name: Type.String(), seatNo: Type.String(), priority: Type.Integer() })
export const CameraSteeringSchema = Type.Unsafe<CameraSteering>(
  Type.Object({
    cameraNo: CameraNo,
    revision: Type.Integer(),
    session: Type.Object({ hand: orNull(Hand), takenAt: EpochMs, movedAt: EpochMs, freeSince: orNull(EpochMs) }),
    presets: Type.Array(Type.Object({ number: PresetNo, name: Type.String(), isLocked: Type.Boolean() }), { maxItems: mostPresets * 4 }),
    homePreset: orNull(PresetNo),
    tour: orNull(PresetTourSchema),
    touring: orNull(Type.Object({ index: Type.Integer(), dueAt: EpochMs })),
  }),
)
export type CameraSteeringSchema = Static<typeof CameraSteeringSchema>

/** A camera as somebody may steer it: `canTurn` says whether the centre has a way to its motors at all. */
export const SteeringView = Type.Object({ steering: CameraSteeringSchema, canTurn: Type.Boolean() })
export type SteeringView = Static<typeof SteeringView>

/** What was heard of steering, one for a camera, the latest last. */
export const SteeringsView = Type.Object({ cameras: Type.Array(CameraSteeringSchema) })
