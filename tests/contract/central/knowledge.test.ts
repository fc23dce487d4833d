import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import type { ArticleWordsSchema } from '#shared/contracts/knowledge-shapes'
import { draft, type Person, productReference, register, staff } from '../../fixtures/cases'
import type { TestCentral } from '../../fixtures/central'
import { onEveryDatabase } from './databases'

const knowledge = JSON.parse(readFileSync('resources/reference/knowledge-hotline.json', 'utf8'))

const article: ArticleWordsSchema = {
  ...{ articleId: 'a-heat-when', kind: 'answer', title: '什么时候供暖、停暖', text: '供暖期为十月二十日至次年四月二十日。' },
  ...{ keywords: ['供热'], basis: '本市当年通告', situation: null, subclasses: [], contact: '' },
  ...{ validFrom: null, validUntil: null, isCertain: true },
}

onEveryDatabase('knowledge', (start) => {
  const begin = async () => {
    const central = await start({ referenceFiles: productReference })
    return { central, people: await staff(central) }
  }
  const at = (articleId: string) => ({ documentId: 'hotline', articleId })
  const save = (central: TestCentral, who: Person, words: ArticleWordsSchema, seenVersion: number) =>
    central.call('knowledge.save', {
      token: who.token,
      params: at(words.articleId),
      body: { seenVersion, article: words },
      key: systemIds.uuid(),
    })
  const versions = (central: TestCentral, who: Person, articleId = article.articleId) =>
    central.call('knowledge.versions', { token: who.token, params: at(articleId) })

  it('is changed by director and assistant alone, and every version stays readable', async () => {
    const { central, people } = await begin()
    expect((await save(central, people.intake, article, 1)).status).toBe(403)
    expect((await save(central, people.director, article, 1)).body).toMatchObject({ version: 2, text: article.text })
    expect((await save(central, people.director, { ...article, text: '改错了' }, 1)).body).toMatchObject({ code: 'record/stale' })
    const removed = { token: people.director.token, params: at(article.articleId), body: { seenVersion: 2 }, key: systemIds.uuid() }
    expect((await central.call('knowledge.remove', removed)).status).toBe(200)
    expect((await save(central, people.director, { ...article, text: '又加回来' }, 0)).body).toMatchObject({ version: 4 })
    const { items } = (await versions(central, people.intake)).body
    expect(items.map(({ version }: { version: number }) => version)).toEqual([4, 3, 2, 1])
    expect(items.map((one: { article: { text: string } | null }) => one.article?.text.slice(0, 4) ?? null)).toEqual([
      ...['又加回来', null, '供暖期为', '供暖起止'],
    ])
    const { body } = await central.call('reference.get', { token: people.intake.token, params: { kind: 'knowledge', id: 'hotline' } })
    expect(body.entry).toMatchObject({ origin: 'city', entries: knowledge.document.articles.length })
  })

  it('keeps no answer without its ground, and no second article of the same name', async () => {
    const { central, people } = await begin()
    expect((await save(central, people.director, { ...article, basis: '' }, 1)).body.code).toBe('knowledge/unusable')
    expect((await save(central, people.director, { ...article, articleId: 'a-other' }, 0)).body.code).toBe('knowledge/unusable')
  })

  it('is quoted by a call that needed only an answer: registered and ended in one step, its ground in the history', async () => {
    const { central, people } = await begin()
    const quoted = { sourceId: article.articleId, edition: '第 2 版', title: article.title, basis: article.basis }
    const asked = { ...draft({ wantsReply: false }), answer: { text: article.text, quoted } }
    const row = (await register(central, people.intake, asked)).body
    expect(row).toMatchObject({ state: 'answered', version: 2 })
    const { body } = await central.call('cases.get', { token: people.intake.token, params: { caseId: row.caseId } })
    expect(body.history.at(-1)).toMatchObject({ action: 'replyOnly', input: { answer: article.text, quoted } })
    // Whoever may not end a case by an answer does not register it so either, and nothing is left behind.
    const second = { ...draft(), answer: { text: article.text, quoted: null } }
    expect((await register(central, people.lead, second)).body.code).toBe('case/wrongRole')
    expect((await central.call('cases.get', { token: people.intake.token, params: { caseId: second.caseId } })).status).toBe(404)
    const aboutSomebody = { ...draft({ namedAgents: ['1003'] }), answer: { text: article.text, quoted: null } }
    expect((await register(central, people.intake, aboutSomebody)).body.code).toBe('request/invalid')
  })
})
