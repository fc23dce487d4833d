import { type Static, Type } from 'typebox'
import { roleIds } from '../../domain/account/role'
import { type CheckStep, checkOutcomes, checkStepIds } from '../../domain/call/seat-check'
import { AccountNo, EpochMs, Name, SeatNo, Uuid } from '../common'
import { route } from './route'

/** What people found when they tried the telephone of their seat before the shift: the newest check of each seat and day. */
const closed = { additionalProperties: false } as const
const Outcome = Type.Enum([...checkOutcomes])
const outcomes = Object.fromEntries(checkStepIds.map((step) => [step, Outcome])) as Record<CheckStep, typeof Outcome>

export const CheckStepsSchema = Type.Object(outcomes, closed)
/** In China. */
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const SeatCheck = Type.Object({ checkId: Uuid, day: Day, at: EpochMs, steps: CheckStepsSchema }, closed)
export type SeatCheck = Static<typeof SeatCheck>

export const SeatCheckOnFile = Type.Object({ ...SeatCheck.properties, seatNo: SeatNo, accountNo: AccountNo, name: Name })
export type SeatCheckOnFile = Static<typeof SeatCheckOnFile>

export const checkReaders = ['shiftLead', 'commander', 'supervisor', 'assistant', 'director', 'admin'] as const

export const seatCheckRoutes = {
  'seatChecks.keep': route({
    method: 'PUT',
    path: '/seatChecks/{checkId}',
    tag: 'calls',
    roles: roleIds.filter((role) => role !== 'collector'),
    summary: '本坐席今天的话机自检；同一天以最近一次为准',
    idempotent: true,
    params: Type.Object({ checkId: Uuid }),
    body: SeatCheck,
    response: SeatCheckOnFile,
    errors: [],
  }),
  'seatChecks.list': route({
    method: 'GET',
    path: '/seatChecks',
    tag: 'calls',
    roles: checkReaders,
    summary: '某一天各坐席的话机自检',
    query: Type.Object({ day: Day }, closed),
    response: Type.Object({ items: Type.Array(SeatCheckOnFile) }),
    errors: [],
  }),
} as const
