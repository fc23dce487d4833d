import { type Static, Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { AccountNo, Empty, EpochMs, orNull } from '../common'
import { Position } from './attachments'
import { route } from './route'

/**
 * Where collectors 信息采集员 are: what their telephones tell, what the map of a seat shows, and the way somebody went. A position of now is for those
 * who send collectors somewhere; the way of a day is for those who answer for them, and reading it is in the audit log.
 */
const closed = { additionalProperties: false }
/** May see where collectors are now. */
export const fieldReaders = ['intake', 'shiftLead', 'commander', 'supervisor', 'director', 'assistant'] as const satisfies readonly RoleId[]
/** May see where somebody has been. */
export const trackReaders = ['shiftLead', 'commander', 'supervisor', 'director'] as const satisfies readonly RoleId[]

/** Metres: what a telephone gives for the radius in which it surely is. */
const AccuracyM = orNull(Type.Integer({ minimum: 0, maximum: 100_000 }))

export const FieldPosition = Type.Object({ position: Position, accuracyM: AccuracyM, at: EpochMs }, closed)
export type FieldPosition = Static<typeof FieldPosition>

/** Positions of one report: a telephone without network keeps them, at most so many, and sends them when it is back. */
export const mostPositions = 200

export const CollectorNow = Type.Object({
  accountNo: AccountNo,
  isOnDuty: Type.Boolean(),
  position: orNull(Position),
  accuracyM: AccuracyM,
  /** When the telephone was there; null before the first report. */
  positionAt: orNull(EpochMs),
  /** Outside their patrol area 责任网格 since then; null inside it, off duty, or without one. */
  outsideSince: orNull(EpochMs),
})
export type CollectorNow = Static<typeof CollectorNow>

export const CollectorMoves = Type.Object({ items: Type.Array(CollectorNow, { maxItems: 2_000 }) })

export const TrackPoint = Type.Object({ ...FieldPosition.properties, isOutside: Type.Boolean() })
export type TrackPoint = Static<typeof TrackPoint>

export const fieldRoutes = {
  'collectors.reportPositions': route({
    method: 'POST',
    path: '/collectors/me/positions',
    tag: 'collectors',
    roles: ['collector'],
    summary: '上报走过的位置（可补报离线时的），重复的不计；越界由中心按责任网格判定',
    body: Type.Object({ items: Type.Array(FieldPosition, { minItems: 1, maxItems: mostPositions }) }, closed),
    response: Empty,
    errors: [],
  }),
  'collectors.now': route({
    method: 'GET',
    path: '/collectors/now',
    tag: 'collectors',
    roles: fieldReaders,
    summary: '监督员此刻：在岗、位置、是否越界',
    response: CollectorMoves,
    errors: [],
  }),
  'collectors.track': route({
    method: 'GET',
    path: '/collectors/{accountNo}/track',
    tag: 'collectors',
    roles: trackReaders,
    summary: '一名监督员一段时间（最长 24 小时）的轨迹；查看记入审计日志；轨迹保存 30 天',
    params: Type.Object({ accountNo: AccountNo }),
    query: Type.Object({ from: EpochMs, until: EpochMs }, closed),
    response: Type.Object({ items: Type.Array(TrackPoint, { maxItems: 5_000 }) }),
    errors: ['record/notFound'],
  }),
} as const
