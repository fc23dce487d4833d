import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { type PatrolStop, stopResultIds, themeIds } from '../../domain/patrol/patrol'
import { CameraNo } from '../camera-shapes'
import { EpochMs, Uuid } from '../common'
import { route } from './route'

/** Stops of the video patrol 视频巡查. Who looked is the session's; the rules of rounds and coverage are in `domain/patrol`. */
const closed = { additionalProperties: false } as const
export const patrollers: readonly RoleId[] = ['wallOperator', 'shiftLead']
export const patrolReaders: readonly RoleId[] = ['wallOperator', 'shiftLead', 'commander', 'supervisor', 'assistant', 'director']

const fields = {
  stopId: Uuid,
  roundId: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}/[1-5]$' }),
  cameraNo: CameraNo,
  at: EpochMs,
  result: Type.Enum([...stopResultIds]),
  themes: Type.Array(Type.Enum([...themeIds]), { maxItems: themeIds.length, uniqueItems: true }),
  liveMs: Type.Integer({ minimum: 0, maximum: 3_600_000 }),
  photoId: Type.Union([Uuid, Type.Null()]),
}
/** As a seat sends it. */
export const PatrolStopDraft = Type.Unsafe<Omit<PatrolStop, 'byNo' | 'byName'>>(Type.Object(fields, closed))
export const PatrolStopSchema = Type.Unsafe<PatrolStop>(Type.Object({ ...fields, byNo: Type.String(), byName: Type.String() }))
const { stopId: _stopId, ...ownFields } = fields
/** As a window says it: the core numbers it. */
export const PatrolStopInput = Type.Unsafe<Omit<PatrolStop, 'stopId' | 'byNo' | 'byName'>>(Type.Object(ownFields, closed))
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const patrolRoutes = {
  'patrols.keep': route({
    method: 'PUT',
    path: '/patrols/{stopId}',
    tag: 'cameras',
    roles: patrollers,
    summary: '视频巡查的一站：看了哪路探头、结果、实看多久',
    idempotent: true,
    params: Type.Object({ stopId: Uuid }),
    body: PatrolStopDraft,
    response: PatrolStopSchema,
    errors: [],
  }),
  'patrols.list': route({
    method: 'GET',
    path: '/patrols',
    tag: 'cameras',
    roles: patrolReaders,
    summary: '某一天各轮视频巡查的全部站',
    query: Type.Object({ day: Day }, closed),
    response: Type.Object({ items: Type.Array(PatrolStopSchema) }),
    errors: [],
  }),
} as const
