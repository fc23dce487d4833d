import { type Static, Type } from 'typebox'
import { roleIds } from '../../domain/account/role'
import { supervisionModeIds } from '../../domain/call/supervision'
import { AccountNo, Empty, EpochMs, Name, orNull, plainText, Uuid } from '../common'
import { route } from './route'

/**
 * The part that a shift lead takes in a colleague's call. Speech is the exchange's; the centre writes the audit before anybody hears anything, and
 * tells the colleague who is there.
 */
export const SupervisionModeSchema = Type.Enum([...supervisionModeIds])

/** `asked`: about to begin; `on`: is there, told again while it lasts; `ended`: gone, or never came. */
export const SupervisionReport = Type.Object(
  { mode: SupervisionModeSchema, state: Type.Enum(['asked', 'on', 'ended']) },
  { additionalProperties: false },
)
export type SupervisionReport = Static<typeof SupervisionReport>

export const AgentSupervised = Type.Object({
  supervisionId: Uuid,
  /** Whose call it is. */
  accountNo: AccountNo,
  byNo: AccountNo,
  byName: Name,
  at: EpochMs,
  ...SupervisionReport.properties,
})
export type AgentSupervised = Static<typeof AgentSupervised>

/** What a call takes along when it is taken over: who calls, the case, and the report so far as the colleague's seat keeps it. */
const HandedCall = Type.Object(
  {
    number: orNull(Type.String({ maxLength: 64, pattern: plainText })),
    displayName: orNull(Type.String({ maxLength: 120 })),
    isWithheld: Type.Boolean(),
    caseNo: orNull(Type.String({ maxLength: 60, pattern: plainText })),
    /** JSON of the form; null: nothing was written. */
    draft: orNull(Type.String({ maxLength: 20_000 })),
  },
  { additionalProperties: false },
)

/** Told to the seat of the lead. */
export const CallHandedOver = Type.Object({ supervisionId: Uuid, byNo: AccountNo, byName: Name, ...HandedCall.properties })
export type CallHandedOver = Static<typeof CallHandedOver>

export const supervisionRoutes = {
  'supervision.handOver': route({
    method: 'PUT',
    path: '/agents/{accountNo}/takenOver/{supervisionId}',
    tag: 'calls',
    roles: roleIds.filter((role) => role !== 'collector'),
    summary: '值班长接管后，原坐席把来电人、案卷号和写到一半的登记表送到值班长的坐席',
    params: Type.Object({ accountNo: AccountNo, supervisionId: Uuid }),
    body: HandedCall,
    response: Empty,
    errors: ['agent/notAtSeat'],
  }),
  'supervision.report': route({
    method: 'PUT',
    path: '/agents/{accountNo}/supervision/{supervisionId}',
    tag: 'calls',
    roles: ['shiftLead'],
    summary: '值班长监听、密语、强插、强拆一名在席人员的通话：先记审计再开始，在听时告知本人',
    params: Type.Object({ accountNo: AccountNo, supervisionId: Uuid }),
    body: SupervisionReport,
    response: Empty,
    errors: ['agent/notAtSeat', 'agent/notTalking'],
  }),
} as const
