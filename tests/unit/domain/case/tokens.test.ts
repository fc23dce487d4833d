/** Cutting the text of cases into tokens: what is typed finds what was written. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { caseTokens, queryTerms, tokensOf } from '#shared/domain/case/tokens'
import { factsOf } from '../../../fixtures/case-facts'

const facts = factsOf({
  subclassName: '污水井盖',
  address: '解放路 12 号Ａ座门前',
  description: '井盖丢失，有人差点掉进去',
  gridCode: '230108001001003',
  componentCode: '2301080101000123',
})
const tokens = new Set(caseTokens('20261120-0388', facts, ['D07']))
const finds = (query: string): boolean => {
  const terms = queryTerms(query)
  return (
    terms.length > 0 &&
    terms.every(({ token, orPrefix }) => tokens.has(token) || [...tokens].some((one) => orPrefix !== null && one.startsWith(orPrefix)))
  )
}

describe('tokens', () => {
  it('are single Han characters, their neighbouring pairs, and whole words in small letters of usual width', () => {
    expect(tokensOf('井盖缺失 ABC-12 ＡＢ')).toEqual(['井', '盖', '缺', '失', '井盖', '盖缺', '缺失', 'abc', '12', 'ab'])
  })

  it('never hold what separates tokens in either database', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('⺀')), (text) => {
        expect(
          [...tokensOf(text), ...queryTerms(text).map(({ token }) => token)].filter((token) => !/^[\p{L}\p{N}]{1,80}$/u.test(token)),
        ).toEqual([])
      }),
    )
  })

  it('of a part of a text, cut at the ends of words, all are among those of the text', () => {
    const word = fc.constantFrom('井盖', '解', '放路', 'A12', '0388', '，', ' ', '𠮷野')
    fc.assert(
      fc.property(fc.array(word), fc.array(word), fc.array(word), (before, middle, after) => {
        const part = middle.join(' ')
        const text = new Set(tokensOf([...before, part, ...after].join(' ')))
        expect(queryTerms(part).filter(({ token }) => !text.has(token))).toEqual([])
      }),
    )
  })
})

describe('a case', () => {
  it.each([
    '井盖',
    '盖',
    '污水井盖',
    '解放路12号',
    '解放路 a座',
    '丢失',
    '230108001001003',
    '2301080101000123',
    '20261120-0388',
    '202611200388',
    '0388',
    '11200388',
  ])('is found by %s', (query) => expect(finds(query)).toBe(true))

  it.each(['井盖 路灯', '路解放', '388', '0387', '20261121-0388', '2301080101', '，。', '', '§D07', 'D07', '№8830'])(
    'is not found by “%s”',
    (query) => expect(finds(query)).toBe(false),
  )
})
