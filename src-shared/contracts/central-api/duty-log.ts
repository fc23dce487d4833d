import { type Static, Type } from 'typebox'
import { type DutyLogKind, dutyLogKinds, dutyLogTextLimit } from '../../domain/duty-log/duty-log'
import { AccountNo, EpochMs, Name, PageQuery, pageOf, plainText, Role, SeatNo, Uuid } from '../common'
import { route } from './route'

export const DutyLogKindSchema = Type.Enum(Object.keys(dutyLogKinds) as DutyLogKind[])

/** What the seat sends. The id is made at the seat when the entry is written; `writtenAt` is the writer's time corrected by the known clock offset. */
export const DutyLogDraft = Type.Object(
  {
    entryId: Uuid,
    kind: DutyLogKindSchema,
    text: Type.String({ minLength: 1, maxLength: dutyLogTextLimit }),
    shiftId: Type.Union([Type.String({ maxLength: 60, pattern: plainText }), Type.Null()]),
    writtenAt: EpochMs,
  },
  { additionalProperties: false },
)
export type DutyLogDraft = Static<typeof DutyLogDraft>

export const DutyLogEntry = Type.Object({
  entryId: Uuid,
  kind: DutyLogKindSchema,
  text: Type.String(),
  shiftId: Type.Union([Type.String(), Type.Null()]),
  authorNo: AccountNo,
  authorName: Name,
  authorRole: Role,
  seatNo: SeatNo,
  writtenAt: EpochMs,
  /** When central stored it. Far from `writtenAt` means it was written offline. */
  receivedAt: EpochMs,
})
export type DutyLogEntry = Static<typeof DutyLogEntry>

const writers = [
  'intake',
  'shiftLead',
  'dispatcher',
  'supervisor',
  'opinionMonitor',
  'wallOperator',
  'commander',
  'assistant',
  'director',
] as const

export const dutyLogRoutes = {
  'dutyLog.append': route({
    method: 'POST',
    path: '/dutyLog',
    tag: 'dutyLog',
    roles: writers,
    summary: '记一条工作日志',
    status: 201,
    idempotent: true,
    bodyLimitBytes: 32_768,
    body: DutyLogDraft,
    response: DutyLogEntry,
    errors: ['dutyLog/empty', 'dutyLog/tooLong', 'dutyLog/monthClosed', 'record/exists'],
  }),
  'dutyLog.list': route({
    method: 'GET',
    path: '/dutyLog',
    tag: 'dutyLog',
    roles: [...writers, 'admin'],
    summary: '工作日志，新的在前',
    query: Type.Object({ ...PageQuery, from: Type.Optional(EpochMs), until: Type.Optional(EpochMs) }, { additionalProperties: false }),
    response: pageOf(DutyLogEntry),
    errors: [],
  }),
} as const
