import type { ArticleSchema } from '#shared/contracts/knowledge-shapes'
import type { Database, Statements } from './open-database'

/** Versions of articles. The one in force also stands in the reference document; here are all that ever were. */
export interface KeptVersion {
  readonly version: number
  readonly changedAt: number | null
  readonly changedBy: string
  readonly article: ArticleSchema | null
}

/** The newest first. */
export async function listVersions(db: Database | Statements, documentId: string, articleId: string): Promise<KeptVersion[]> {
  const rows = await db
    .selectFrom('knowledge_version')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('article_id', '=', articleId)
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ version, changed_at, changed_by, article }) => ({
    ...{ version, changedAt: changed_at, changedBy: changed_by },
    article: article === null ? null : (JSON.parse(article) as ArticleSchema),
  }))
}

/** One that is there stays as it is. */
export async function keepVersion(trx: Statements, documentId: string, articleId: string, kept: KeptVersion): Promise<void> {
  await trx
    .insertInto('knowledge_version')
    .values({
      ...{ document_id: documentId, article_id: articleId, version: kept.version },
      ...{ changed_at: kept.changedAt, changed_by: kept.changedBy },
      article: kept.article === null ? null : JSON.stringify(kept.article),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
