import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ReferenceDocument } from '#shared/contracts/reference'
import type { Article } from '#shared/domain/knowledge/article'
import { entriesOf } from '#shared/domain/knowledge/entries'
import { sentencesNow } from '#shared/domain/knowledge/next-words'
import { quoting } from '../../../../src-renderer/features/cases/registration/knowledge/quoting'
import { answerFaultsOf } from '../../../../src-renderer/features/cases/registration/registration-check'
import { draftOfCall, registrationFromBody, toAnswered } from '../../../../src-renderer/features/cases/registration/registration-draft'
import { createFinder } from '../../../../src-renderer/ui/knowledge-finder'

const file = JSON.parse(readFileSync('resources/reference/knowledge-hotline.json', 'utf8')) as { document: ReferenceDocument<'knowledge'> }
const entries = entriesOf({
  articles: file.document.articles as readonly Article[],
  ...{ handbook: undefined, matrix: undefined, departments: [], areas: new Map() },
})
const finder = createFinder(entries)
const asked = { ...draftOfCall('01890000-0000-7000-8000-000000000001', null), callClass: 'inquiry' as const, course: '夜里工地能不能施工' }
const [best] = finder.suggest(asked.course, undefined, ['answer'])

describe('a call that needs only an answer', () => {
  it('needs what was asked and an answer, no place and no number', () => {
    expect(answerFaultsOf(asked).map(({ field }) => field)).toEqual(['answer'])
    expect(answerFaultsOf({ ...asked, answer: '可以', isUrgent: true }).map(({ field }) => field)).toEqual(['isUrgent'])
  })

  it('is sent with the words that were given and the article that they rest on, and comes back so when withdrawn', () => {
    if (!best) throw new Error('nothing suggested')
    expect(best.id).toBe('a-night-work')
    const answered = { ...asked, ...quoting(asked, best) }
    const sent = toAnswered(answered)
    expect(sent.answer).toEqual({
      text: best.text,
      quoted: { sourceId: 'a-night-work', edition: '第 1 版', title: best.title, basis: best.basis },
    })
    expect(sent.facts).toMatchObject({ mayNotBeCalled: true, wantsReply: false })
    expect(registrationFromBody(JSON.stringify(sent))).toMatchObject({ answer: best.text, quotedId: 'a-night-work', callClass: 'inquiry' })
  })

  it('quotes the same article once', () => {
    if (!best) throw new Error('nothing suggested')
    const once = { ...asked, ...quoting(asked, best) }
    expect(quoting(once, best).answer).toBe(once.answer)
  })
})

describe('the finder', () => {
  it.each([
    ['gdyj', 'a-night-work', false],
    ['nuanqi', 'a-heat-cold', true],
    ['12315', 'f-consumer', true],
  ])('finds by letters and figures: %s', (query, id, isThere) => {
    expect(finder.find(query).some((entry) => entry.id === id)).toBe(isThere)
  })
})

describe('what is said next', () => {
  const talk = { isOffline: false, isRepeated: false, isDangerous: false, isInquiry: false, hasAnswer: false } as const
  const filled = { hasAddress: true, hasCourse: true, isComplete: true, isConfidential: false, isAboutAgent: false } as const
  const first = (change: object) => sentencesNow(entries, { ...talk, ...filled, ...change })[0]?.id
  it('follows what stands in the form', () => {
    expect(first({ hasAddress: false, hasCourse: false, isComplete: false })).toBe('s-greet')
    expect(first({ hasAddress: false, isComplete: false })).toBe('s-ask-place')
    expect(first({ isDangerous: true })).toBe('s-danger')
    expect(first({})).toBe('s-registered')
    expect(first({ isOffline: true })).toBe('s-registered-offline')
  })
})
