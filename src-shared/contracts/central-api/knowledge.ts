import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { Empty, EpochMs } from '../common'
import { ArticleId, ArticleSchema, ArticleWordsSchema } from '../knowledge-shapes'
import { route } from './route'

/** Keeping 知识库与话术. Reading needs no route of its own: it is the reference document `knowledge`, which every seat holds. */
const closed = { additionalProperties: false }

/** 平台主管 and 平台助理: who answers for what the line says. */
export const knowledgeKeepers: readonly RoleId[] = ['director', 'assistant']

const params = Type.Object({ documentId: Type.String({ pattern: '^[a-z0-9._-]{1,60}$' }), articleId: ArticleId })
/** 0: there is none yet. */
const seenVersion = Type.Integer({ minimum: 0 })

export const ArticleVersion = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  changedAt: Type.Union([EpochMs, Type.Null()]),
  changedBy: Type.String(),
  /** Null: with this version it was taken out. */
  article: Type.Union([ArticleSchema, Type.Null()]),
})

export const knowledgeRoutes = {
  'knowledge.save': route({
    method: 'PUT',
    path: '/knowledge/{documentId}/articles/{articleId}',
    tag: 'knowledge',
    roles: knowledgeKeepers,
    summary: '保存知识库的一条：新增或改成下一版',
    idempotent: true,
    params,
    body: Type.Object({ seenVersion, article: ArticleWordsSchema }, closed),
    response: ArticleSchema,
    errors: ['record/stale', 'record/notFound', 'knowledge/unusable'],
  }),
  'knowledge.remove': route({
    method: 'POST',
    path: '/knowledge/{documentId}/articles/{articleId}/removal',
    tag: 'knowledge',
    roles: knowledgeKeepers,
    summary: '停用知识库的一条；各版仍可查',
    idempotent: true,
    params,
    body: Type.Object({ seenVersion }, closed),
    response: Empty,
    errors: ['record/stale', 'record/notFound'],
  }),
  'knowledge.versions': route({
    method: 'GET',
    path: '/knowledge/{documentId}/articles/{articleId}/versions',
    tag: 'knowledge',
    roles: 'signedIn',
    summary: '知识库一条的各版，新的在前',
    params,
    response: Type.Object({ items: Type.Array(ArticleVersion) }),
    errors: ['record/notFound'],
  }),
} as const
