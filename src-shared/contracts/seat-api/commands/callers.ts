import { Type } from 'typebox'
import { callTakers } from '../../central-api/callers'
import { Empty, Uuid } from '../../common'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Callers 来电人. What is known shows in `callers.changed` by itself; these ask again. */
export const callerCommands = {
  'callers.lookUp': command({
    summary: '再向中心查一次这通电话的来电人',
    input: Type.Object({ callId: Uuid }, closed),
    output: Empty,
    allowed: callTakers,
    effect: 'live',
    errors: ['call/unknown', ...central],
  }),
} as const
