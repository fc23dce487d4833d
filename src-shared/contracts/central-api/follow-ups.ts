import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { CaseRowSchema } from '../case-shapes'
import { route } from './route'

/** 回访 after the end of a case. Follow-ups that a case waits for are in the worklist 待回访; these two lists are of ended ones. */
export const followUpReaders: readonly RoleId[] = ['intake', 'opinionMonitor', 'shiftLead', 'assistant', 'director']

/** `sampled`: to be asked about, the oldest first; `dissatisfied`: whose citizen was not content, the newest first, for whoever may reopen them. */
export const FollowUpKind = Type.Enum(['sampled', 'dissatisfied'])

export const followUpRoutes = {
  'followUps.list': route({
    method: 'GET',
    path: '/follow-ups',
    tag: 'cases',
    roles: followUpReaders,
    summary: '抽样回访待办，或办结后回访不满意的',
    query: Type.Object({ which: FollowUpKind }, { additionalProperties: false }),
    response: Type.Object({ items: Type.Array(CaseRowSchema) }),
    errors: [],
  }),
} as const
