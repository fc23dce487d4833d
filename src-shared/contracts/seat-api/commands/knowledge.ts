import { Type } from 'typebox'
import { knowledgeKeepers, knowledgeRoutes } from '../../central-api/knowledge'
import { Empty } from '../../common'
import { ArticleId, ArticleSchema, ArticleWordsSchema } from '../../knowledge-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** Keeping 知识库与话术. What a seat reads and searches is the reference document that it holds, the centre away or not. */
const documentId = Type.String({ pattern: '^[a-z0-9._-]{1,60}$' })
const seenVersion = Type.Integer({ minimum: 0 })

export const knowledgeCommands = {
  'knowledge.save': command({
    summary: '保存知识库的一条',
    input: Type.Object({ documentId, seenVersion, article: ArticleWordsSchema }, closed),
    output: ArticleSchema,
    allowed: knowledgeKeepers,
    effect: 'live',
    errors: [...central, ...knowledgeRoutes['knowledge.save'].errors, 'request/invalid'],
  }),
  'knowledge.remove': command({
    summary: '停用知识库的一条',
    input: Type.Object({ documentId, articleId: ArticleId, seenVersion }, closed),
    output: Empty,
    allowed: knowledgeKeepers,
    effect: 'live',
    errors: [...central, ...knowledgeRoutes['knowledge.remove'].errors],
  }),
  'knowledge.versions': command({
    summary: '知识库一条的各版',
    input: Type.Object({ documentId, articleId: ArticleId }, closed),
    output: knowledgeRoutes['knowledge.versions'].response,
    allowed: 'signedIn',
    effect: 'live',
    errors: [...central, ...knowledgeRoutes['knowledge.versions'].errors],
  }),
} as const
