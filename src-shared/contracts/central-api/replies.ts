import { Type } from 'typebox'
import { replyReaders } from '../../domain/case/reply'
import { CaseRowSchema } from '../case-shapes'
import { route } from './route'

/** `due`: whose source still waits to be answered, the nearest day first; `sent`: those of the last weeks that were answered, the newest first. */
export const ReplyList = Type.Enum(['due', 'sent'])

export const replyRoutes = {
  'replies.list': route({
    method: 'GET',
    path: '/replies',
    tag: 'cases',
    roles: replyReaders,
    summary: '待回复来源的案卷，限期近的在前；或近来已回传的',
    query: Type.Object({ which: ReplyList }, { additionalProperties: false }),
    response: Type.Object({ items: Type.Array(CaseRowSchema) }),
    errors: [],
  }),
} as const
