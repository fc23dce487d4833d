import { type Static, type TSchema, Type } from 'typebox'
import { caseStateIds } from '../../domain/case/states'
import { SatisfactionSchema } from '../call-shapes'
import { CaseLock, CaseRowSchema } from '../case-shapes'
import { Account } from '../central-api/accounts'
import { AgentDirected, AgentOnBoard } from '../central-api/calls'
import { OnDuty, Seat } from '../central-api/centre'
import { DutyLogEntry } from '../central-api/duty-log'
import { CollectorMoves } from '../central-api/field'
import { PatrolStopSchema } from '../central-api/patrols'
import { AgentSupervised, CallHandedOver } from '../central-api/supervision'
import { EpochMs, orNull, Uuid } from '../common'
import { EquipmentSchema, RepairStepSchema } from '../equipment-shapes'
import { CameraStates } from '../gb-shapes'
import { QualityNews } from '../quality-shapes'
import { ReferenceManifestEntry } from '../reference'
import { ChinaDate, HandoverStepSchema, ShiftRequestSchema } from '../shift-shapes'
import { CameraSteeringSchema } from '../steering-shapes'
import { WallNewsSchema } from '../wall-shapes'

/**
 * Server events: past tense, carrying the state after the fact, so that a row can be painted without asking again. Each is durable and has a
 * sequence number; `stream.reset` alone is not stored: it tells a seat that its cursor is older than what the log keeps.
 */
export const serverEvents = {
  'session.opened': OnDuty,
  'session.closed': Type.Object({ sessionId: Uuid, at: EpochMs, reason: Type.Enum(['signedOut', 'expired', 'revoked']) }),
  'dutyLog.appended': DutyLogEntry,
  /** Told to those who answer for the shift. */
  'agent.changed': AgentOnBoard,
  /** Told to that person's seat. */
  'agent.directed': AgentDirected,
  /** Told to the seat of the person whose call it is. */
  'agent.supervised': AgentSupervised,
  /** Told to the lead who took the call over. */
  'call.handed': CallHandedOver,
  /** What the citizen of a call said to the service; told to the seat of whoever took the call. */
  'call.rated': Type.Object({ callId: Uuid, satisfaction: SatisfactionSchema }),
  /** One step of a handover, told to everybody who hands a post over. */
  'handover.stepped': HandoverStepSchema,
  'roster.changed': Type.Object({ from: ChinaDate, until: ChinaDate, byName: Type.String() }),
  /** Told to those who ask, who are asked, and who answer for the roster. */
  'shiftRequest.changed': ShiftRequestSchema,
  'account.changed': Account,
  'seat.changed': Seat,
  'reference.changed': ReferenceManifestEntry,
  /** Told to whoever may see the case after the change. */
  'case.changed': Type.Object({
    row: CaseRowSchema,
    action: Type.String(),
    /** The state before; null: the case began. Left out where no step was taken. */
    from: Type.Optional(orNull(Type.Enum([...caseStateIds]))),
    byNo: Type.String(),
    byName: Type.String(),
  }),
  /** Fewer people may see it than before: everybody drops it, and whoever still may see it is told the row again right after. */
  'case.hidden': Type.Object({ caseId: Uuid }),
  'case.locked': Type.Object({ caseId: Uuid, lock: Type.Union([CaseLock, Type.Null()]) }),
  /** Who moved or came on duty in the last seconds, together; told to those who may see where collectors are. */
  'collectors.moved': CollectorMoves,
  /** Told to those who see the wall. */
  'wall.changed': WallNewsSchema,
  /** Told to reviewers, and to the agent what counts for them. */
  'quality.changed': QualityNews,
  /** Told to those who see the patrol. */
  'patrol.recorded': PatrolStopSchema,
  /** Told to those who look through cameras. */
  'camera.steered': CameraSteeringSchema,
  /** Cameras that came or went in the last moment, together; told to the same. */
  'cameras.stated': CameraStates,
  /** A piece of the ledger, as it is now. */
  'equipment.changed': EquipmentSchema,
  /** One step of a repair order. */
  'repair.stepped': RepairStepSchema,
  'stream.reset': Type.Object({ oldestSeq: Type.Integer(), latestSeq: Type.Integer() }),
} as const satisfies Record<string, TSchema>

export type ServerEventName = keyof typeof serverEvents
export const serverEventNames = Object.keys(serverEvents) as readonly ServerEventName[]

/** As it travels: SSE `id` is `seq`, `event` is `name`, `data` is the JSON of the rest. */
export type ServerEvent = {
  [N in ServerEventName]: {
    readonly seq: number
    readonly name: N
    readonly at: number
    readonly payload: Static<(typeof serverEvents)[N]>
  }
}[ServerEventName]

/**
 * Events after `after` up to and with `upTo` that were for others: a seat is sent only those of its audience. As it travels: an SSE `id`
 * without data, at most one for each run of such events.
 */
export interface PassedEvents {
  readonly after: number
  readonly upTo: number
}

export type PayloadOf<N extends ServerEventName> = Static<(typeof serverEvents)[N]>
