import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ReferenceDocument } from '#shared/contracts/reference'
import { articleMistakes, isInForce } from '#shared/domain/knowledge/article'
import { indexOf, searchIn } from '#shared/domain/knowledge/search'

const file = JSON.parse(readFileSync('resources/reference/knowledge-hotline.json', 'utf8')) as { document: ReferenceDocument<'knowledge'> }
const { articles } = file.document
const index = indexOf(articles.map(({ articleId, title, keywords, text }) => ({ id: articleId, title, keywords, text })))
const best = (question: string, count = 3) =>
  searchIn(index, question)
    .slice(0, count)
    .map(({ id }) => id)

describe('searching the knowledge', () => {
  it.each([
    ['你们这个电话收费吗', 'a-free'],
    ['家里暖气一点都不热，冻得不行', 'a-heat-cold'],
    ['楼下工地半夜还在干活，吵得睡不着', 'a-night-work'],
    ['我上次打过电话，现在办到哪一步了', 'a-progress'],
    ['屋里有股煤气味', 'a-gas-smell'],
    ['门口那个井盖一过车就响', 'a-manhole'],
    ['有人把车停在人行道上', 'a-car-sidewalk'],
    ['旧沙发扔哪里', 'a-furniture'],
    ['会不会泄露我是谁', 'a-secret'],
    ['小区物业费太贵了', 'f-property'],
    ['对方在电话里骂人', 's-angry'],
  ])('finds for “%s” the article %s among the first three', (question, articleId) => {
    expect(best(question)).toContain(articleId)
  })

  it('finds nothing for words that no article speaks of, and nothing for none', () => {
    expect(searchIn(index, '量子纠缠')).toEqual([])
    expect(searchIn(index, '   ')).toEqual([])
  })

  it('puts an article whose title says it before one that only mentions it', () => {
    expect(best('路灯', 1)).toEqual(['a-lamp'])
  })
})

describe('an article', () => {
  const [first] = articles
  if (!first) throw new Error('no articles')
  it('of answers needs its ground, of scripts a situation, and no end before its beginning', () => {
    expect(articleMistakes({ ...first, basis: ' ' })).toHaveLength(1)
    expect(articleMistakes({ ...first, kind: 'script' })).toHaveLength(1)
    expect(articleMistakes({ ...first, validFrom: '2026-04-20', validUntil: '2025-10-20' })).toHaveLength(1)
    expect(articleMistakes(first)).toEqual([])
  })
  it('is in force on its first and last day, and not beyond', () => {
    const winter = { validFrom: '2026-10-20', validUntil: '2027-04-20' }
    expect(['2026-10-19', '2026-10-20', '2027-04-20', '2027-04-21'].map((day) => isInForce(winter, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})
