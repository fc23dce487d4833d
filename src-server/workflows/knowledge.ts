import type { AppError } from '#shared/base/app-error'
import { err, ok, type Result } from '#shared/base/result'
import type { InputOf, OutputOf } from '#shared/contracts/central-api/table'
import { appError } from '#shared/contracts/errors'
import type { ArticleSchema } from '#shared/contracts/knowledge-shapes'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { articleMistakes } from '#shared/domain/knowledge/article'
import { keepVersion, listVersions } from '../store/knowledge-store'
import { findReference } from '../store/reference-store'
import type { UnitOfWork } from '../store/transaction'
import type { Answer, Ask, Services } from './services'
import { storeReference } from './store-reference'

/**
 * Keeping the knowledge article by article 知识库与话术: two people who change two articles do not hinder each other, and of one article the second is
 * told. From the first change on it is the centre's own; a later product brings nothing over it.
 */
type Document = ReferenceDocument<'knowledge'>
interface Held {
  readonly document: Document
  readonly before: ArticleSchema | undefined
  /** The last version there ever was: one that was taken out and comes again goes on counting. */
  readonly lastVersion: number
}

export function saveArticle(services: Services, ask: Ask<InputOf<'knowledge.save'>>): Answer<OutputOf<'knowledge.save'>> {
  const { params, body } = ask.input
  return ask.transact(async (unit) => {
    if (body.article.articleId !== params.articleId) return err(appError('request/invalid', { fields: 'articleId 与地址中的不同' }))
    const mistakes = articleMistakes(body.article)
    if (mistakes.length > 0) return err(appError('knowledge/unusable', { mistakes: mistakes.join('；') }))
    const held = await hold(unit, params, body.seenVersion)
    if (!held.ok) return held
    const { document, before, lastVersion } = held.value
    if (document.articles.some(({ articleId, title }) => articleId !== params.articleId && title === body.article.title)) {
      return err(appError('knowledge/unusable', { mistakes: '已有同名的一条，改那一条或换个标题' }))
    }
    const now = services.clock.now()
    const article = { ...body.article, version: lastVersion + 1, changedAt: now, changedBy: ask.actor.name }
    const articles = before
      ? document.articles.map((each) => (each.articleId === params.articleId ? article : each))
      : [...document.articles, article]
    await keepVersion(unit.trx, params.documentId, params.articleId, {
      ...{ version: article.version, changedAt: now, changedBy: ask.actor.name, article },
    })
    await store(services, unit, ask, { ...document, articles })
    return ok(article)
  })
}

export function removeArticle(services: Services, ask: Ask<InputOf<'knowledge.remove'>>): Answer<OutputOf<'knowledge.remove'>> {
  const { params, body } = ask.input
  return ask.transact(async (unit) => {
    const held = await hold(unit, params, body.seenVersion)
    if (!held.ok) return held
    const { document, before, lastVersion } = held.value
    if (!before) return err(appError('record/notFound'))
    await keepVersion(unit.trx, params.documentId, params.articleId, {
      ...{ version: lastVersion + 1, changedAt: services.clock.now(), changedBy: ask.actor.name, article: null },
    })
    await store(services, unit, ask, { ...document, articles: document.articles.filter(({ articleId }) => articleId !== params.articleId) })
    return ok({})
  })
}

/** All versions, the newest first; one that came with the product and was never changed is its own only version. */
export async function readVersions(
  services: Services,
  { input: { params } }: Ask<InputOf<'knowledge.versions'>>,
): Answer<OutputOf<'knowledge.versions'>> {
  const kept = await listVersions(services.db, params.documentId, params.articleId)
  if (kept.length > 0) return ok({ items: kept })
  const found = await findReference(services.db, 'knowledge', params.documentId)
  const article = articleIn(found?.document, params.articleId)
  return article ? ok({ items: [{ ...versionOf(article), article }] }) : err(appError('record/notFound'))
}

/** Under the lock of reference data. Errors: `record/notFound` for a document that is not there, `record/stale`. */
async function hold(unit: UnitOfWork, of: InputOf<'knowledge.save'>['params'], seenVersion: number): Promise<Result<Held, AppError>> {
  await unit.lock('reference')
  const found = await findReference(unit.trx, 'knowledge', of.documentId)
  if (found?.document.kind !== 'knowledge') return err(appError('record/notFound'))
  const { document } = found
  const before = articleIn(document, of.articleId)
  const current = before?.version ?? 0
  if (current !== seenVersion) return err(appError('record/stale', { current, seen: seenVersion }))
  // What came with the product is in no list of versions until somebody changes it.
  if (before) await keepVersion(unit.trx, of.documentId, of.articleId, { ...versionOf(before), article: before })
  const [last] = await listVersions(unit.trx, of.documentId, of.articleId)
  return ok({ document, before, lastVersion: last?.version ?? current })
}

const versionOf = ({ version, changedAt, changedBy }: ArticleSchema) => ({ version, changedAt, changedBy })

const articleIn = (document: ReferenceDocument | undefined, articleId: string): ArticleSchema | undefined =>
  document?.kind === 'knowledge' ? document.articles.find((each) => each.articleId === articleId) : undefined

const store = (
  services: Services,
  unit: UnitOfWork,
  { actor, input }: Ask<{ readonly params: { readonly documentId: string } }>,
  document: Document,
) => storeReference(services, unit, { id: input.params.documentId, origin: 'city', document }, { actor, action: 'knowledge.saved' })
