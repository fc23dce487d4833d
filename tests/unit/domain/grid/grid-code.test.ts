/** Codes of unit grids: split, refused in words, and named. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AreaNames, explainGridCode, type GridCode, parseGridCode } from '#shared/domain/grid/grid-code'

const file = join(import.meta.dirname, '../../../../resources/reference/areas-230108.json')
const areas = (JSON.parse(readFileSync(file, 'utf8')) as { document: AreaNames }).document

const must = (text: string): GridCode => {
  const parsed = parseGridCode(text)
  if (!parsed.ok) throw new Error(parsed.error.explanation)
  return parsed.value
}

describe('a grid code', () => {
  it('is split into region, street, community and number', () => {
    expect(must('230108004007001')).toEqual({
      text: '230108004007001',
      regionCode: '230108',
      streetCode: '230108004',
      communityCode: '230108004007',
      sequence: 1,
    })
  })

  it('may be pasted with spaces, hyphens and full-width digits', () => {
    expect(must(' 230108-004 007\t００１ ')).toEqual(must('230108004007001'))
  })

  it('of any place and number is taken as it is', () => {
    const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
    fc.assert(
      fc.property(digits(12), fc.integer({ min: 1, max: 999 }), (community, sequence) => {
        expect(must(`${community}${String(sequence).padStart(3, '0')}`)).toMatchObject({ communityCode: community, sequence })
      }),
    )
  })

  it.each([
    ['', 'gridCode/notDigits', '单元网格编码只由数字组成，请核对。'],
    ['23010800400700A', 'gridCode/notDigits', '单元网格编码只由数字组成，请核对。'],
    ['23010800400700', 'gridCode/length', '单元网格编码应为 15 位数字，这里是 14 位，请核对。'],
    ['2301080101000001', 'gridCode/length', '单元网格编码应为 15 位数字，这里是 16 位，请核对。'],
    ['230108004007000', 'gridCode/sequence', '单元网格编码的末三位是顺序码，从 001 到 999，不会是 000，请核对。'],
  ])('"%s" is refused: %s', (text, code, explanation) => {
    expect(parseGridCode(text)).toEqual({ ok: false, error: { code, explanation } })
  })
})

describe('the place of a grid', () => {
  it.each([
    ['230108004007012', ['平房区', '友协街道', '东风社区'], '平房区友协街道东风社区第 12 号单元网格'],
    ['230108004999001', ['平房区', '友协街道', null], '平房区友协街道社区 230108004999 第 1 号单元网格'],
    ['110101001001001', [null, null, null], '区划 110101 街道 110101001 社区 110101001001 第 1 号单元网格'],
  ])('%s is %o', (code, names, words) => {
    const place = explainGridCode(must(code), areas)
    expect([[place.regionName, place.streetName, place.communityName], place.words]).toEqual([names, words])
  })
})
