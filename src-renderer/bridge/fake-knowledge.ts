import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { ArticleSchema } from '#shared/contracts/knowledge-shapes'
import type { FakeHandlers } from './fake-world'

/** Articles that were saved, by their id, each with its versions. The document itself is the fake world's reference data and stays as it is. */
export function fakeKnowledge(): Pick<FakeHandlers, 'knowledge.save' | 'knowledge.remove' | 'knowledge.versions'> {
  const kept = new Map<string, ArticleSchema[]>()
  return {
    'knowledge.save'({ seenVersion, article }) {
      const saved = { ...article, version: seenVersion + 1, changedAt: Date.UTC(2026, 10, 20), changedBy: '周某' }
      kept.set(article.articleId, [saved, ...(kept.get(article.articleId) ?? [])])
      return ok(saved)
    },
    'knowledge.remove': () => ok({}),
    'knowledge.versions'({ articleId }) {
      const versions = kept.get(articleId)
      if (!versions) return err(appError('record/notFound'))
      return ok({
        items: versions.map((article) => ({
          version: article.version,
          changedAt: article.changedAt,
          changedBy: article.changedBy,
          article,
        })),
      })
    },
  }
}
