import { Type } from 'typebox'
import { PhoneNumber } from '../call-shapes'
import { CallerCase, CallerKnown } from '../caller-shapes'
import { Uuid } from '../common'
import { route } from './route'

/** Callers 来电人: what the centre knows of a line when it rings, and what seats keep of it for when the centre is away. */
const closed = { additionalProperties: false }

/** Posts that take the hotline's calls, and those who stand in for them. */
export const callTakers = ['intake', 'shiftLead', 'opinionMonitor', 'commander', 'assistant', 'director'] as const

export const callerRoutes = {
  'callers.lookUp': route({
    method: 'POST',
    path: '/callers/lookUps',
    tag: 'callers',
    roles: callTakers,
    // The number is in the body: addresses are written down by every proxy on the way.
    summary: '来电弹屏：这个号码以前的来电与案卷；每通电话记一行审计',
    body: Type.Object({ callId: Uuid, number: PhoneNumber }, closed),
    response: CallerKnown,
    errors: [],
  }),
  'callers.list': route({
    method: 'GET',
    path: '/callers/cases',
    tag: 'callers',
    roles: callTakers,
    summary: '有来电人的案卷，供坐席离线弹屏；号码只给散列',
    query: Type.Object(
      {
        /** From the page before, or from the last page of an earlier reading: what came in since. */
        after: Type.Optional(Type.String({ pattern: '^\\d{1,15}_[0-9a-f-]{36}$' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 500 })),
      },
      closed,
    ),
    response: Type.Object({
      items: Type.Array(CallerCase),
      /** Where the next page begins; the last place when there is nothing more. Null: no case at all. */
      place: Type.Union([Type.String(), Type.Null()]),
      isLast: Type.Boolean(),
      /** Under which `lineKey` was made. Another one than before: what was kept is of no use any more. */
      salt: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
    errors: [],
  }),
} as const
