import { type Static, Type } from 'typebox'
import { supervisionModeIds } from '../../domain/call/supervision'
import { AccountNo, Empty, EpochMs, Name, Uuid } from '../common'
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

export const supervisionRoutes = {
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
