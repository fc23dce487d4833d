import { type Static, Type } from 'typebox'
import { articleKindIds, situationIds } from '../domain/knowledge/article'
import { Line, Words } from './common'

/** Shapes of the knowledge of a hotline; the rules are in `domain/knowledge`. */
const closed = { additionalProperties: false }
const Day = Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()])

export const ArticleId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,39}$' })

const said = {
  articleId: ArticleId,
  kind: Type.Enum([...articleKindIds]),
  title: Line(60),
  text: Words(1_800),
  keywords: Type.Array(Line(20), { maxItems: 30 }),
  basis: Line(200),
  situation: Type.Union([Type.Enum([...situationIds]), Type.Null()]),
  subclasses: Type.Array(Type.String({ pattern: '^(component|event)/\\d{4,5}$' }), { maxItems: 30 }),
  contact: Line(120),
  validFrom: Day,
  validUntil: Day,
  isCertain: Type.Boolean(),
}

/** As a person writes it. */
export const ArticleWordsSchema = Type.Object(said, closed)
export type ArticleWordsSchema = Static<typeof ArticleWordsSchema>

export const ArticleSchema = Type.Object(
  {
    ...said,
    version: Type.Integer({ minimum: 1 }),
    changedAt: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    changedBy: Line(40),
  },
  closed,
)
export type ArticleSchema = Static<typeof ArticleSchema>

/** Reference document 知识库与话术, one a centre. */
export const Knowledge = Type.Object({
  kind: Type.Literal('knowledge'),
  title: Type.String(),
  articles: Type.Array(ArticleSchema, { maxItems: 3_000 }),
})

export const QuotedSchema = Type.Object({ sourceId: Line(60), edition: Line(30), title: Line(80), basis: Line(200) }, closed)

/** An answer that was given on the spot 当场答复, and what it rests on. */
export const SpotAnswerSchema = Type.Object({ text: Words(2_000), quoted: Type.Union([QuotedSchema, Type.Null()]) }, closed)
export type SpotAnswerSchema = Static<typeof SpotAnswerSchema>
