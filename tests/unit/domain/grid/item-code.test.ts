/** Codes of components and matters in the three standards, against the classification documents that the product ships. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainCode, successorOf } from '#shared/domain/grid/explain-code'
import { type CodeEdition, type ItemCode, parseComponentCode, parseMatterCode, subclassOf } from '#shared/domain/grid/item-code'

const edition = (id: string): CodeEdition => {
  const file = join(import.meta.dirname, `../../../../resources/reference/classification-${id}.json`)
  return (JSON.parse(readFileSync(file, 'utf8')) as { document: CodeEdition }).document
}
const oldest = edition('cjt214-2007')
const old = edition('gbt30428.2-2013')
const current = edition('gbt47678.5-2026')
const editions = [current, old, oldest]

const explanationOf = (result: { readonly ok: boolean; readonly error?: { readonly code: string; readonly explanation: string } }) =>
  result.ok ? 'accepted' : [result.error?.code, result.error?.explanation]

describe('a component code', () => {
  it.each<[string, string, Partial<ItemCode>]>([
    ['2301080101000001', 'GB/T 30428.2-2013', { regionCode: '230108', majorCode: '01', subclassCode: '0101', sequence: '000001' }],
    ['2301080101000001', 'CJ/T 214-2007', { regionCode: '230108', majorCode: '01', subclassCode: '0101', sequence: '000001' }],
    ['23010801001000001', 'GB/T 47678.5-2026', { regionCode: '230108', majorCode: '01', subclassCode: '01001', sequence: '000001' }],
    ['230108 01001 ０００００１', 'GB/T 47678.5-2026', { text: '23010801001000001' }],
  ])('%s of %s is split', (text, standard, parts) => {
    expect(parseComponentCode(text, standard)).toMatchObject({ ok: true, value: { kind: 'component', standard, ...parts } })
  })

  it.each([
    [
      '2301080101000001',
      'GB/T 47678.5-2026',
      'itemCode/otherEdition',
      'GB/T 47678.5-2026 的部件编码应为 17 位；这个编码有 16 位，是 CJ/T 214-2007 或 GB/T 30428.2-2013 的，请换用该标准。',
    ],
    [
      '23010801001000001',
      'GB/T 30428.2-2013',
      'itemCode/otherEdition',
      'GB/T 30428.2-2013 的部件编码应为 16 位；这个编码有 17 位，是 GB/T 47678.5-2026 的，请换用该标准。',
    ],
    ['230108010100001', 'GB/T 30428.2-2013', 'itemCode/length', 'GB/T 30428.2-2013 的部件编码应为 16 位，这里是 15 位，请核对。'],
    ['23010801O1000001', 'GB/T 30428.2-2013', 'itemCode/notDigits', '部件编码只由数字组成，请核对。'],
    ['2301080101000001', 'GB/T 1', 'itemCode/standardUnknown', '不知道标准 GB/T 1 的编码规则，请核对标准号。'],
  ])('%s is no code of %s', (text, standard, code, explanation) => {
    expect(explanationOf(parseComponentCode(text, standard))).toEqual([code, explanation])
  })
})

describe('a matter code', () => {
  it.each<[string, string, string]>([
    ['2301080110', 'GB/T 30428.2-2013', '0110'],
    ['23010806010', 'GB/T 47678.5-2026', '06010'],
  ])('%s of %s names subclass %s and no number', (text, standard, subclassCode) => {
    expect(parseMatterCode(text, standard)).toMatchObject({ ok: true, value: { kind: 'event', subclassCode, sequence: null } })
  })

  it('with the length of another standard says which', () => {
    expect(explanationOf(parseMatterCode('23010806010', 'CJ/T 214-2007'))).toEqual([
      'itemCode/otherEdition',
      'CJ/T 214-2007 的事项编码应为 10 位；这个编码有 11 位，是 GB/T 47678.5-2026 的，请换用该标准。',
    ])
  })
})

describe('the subclass of a code', () => {
  it('is found for every subclass of every edition', () => {
    fc.assert(
      fc.property(fc.constantFrom(...editions), fc.nat(), fc.integer({ min: 1, max: 999_999 }), (from, pick, sequence) => {
        const subclass = from.subclasses[pick % from.subclasses.length]
        if (!subclass) throw new Error('an edition without subclasses')
        const isComponent = subclass.kind === 'component'
        const text = `230108${subclass.code}${isComponent ? String(sequence).padStart(6, '0') : ''}`
        const parsed = (isComponent ? parseComponentCode : parseMatterCode)(text, from.standard)
        expect(parsed.ok && subclassOf(parsed.value, editions)).toEqual({ ok: true, value: subclass })
      }),
    )
  })

  it('that only another edition of the same shape has is refused with its name there', () => {
    expect(explanationOf(explainCode('2301080601000001', editions, 'GB/T 30428.2-2013'))).toEqual([
      'itemCode/otherEdition',
      `GB/T 30428.2-2013 没有小类 0601；有这个小类的是 CJ/T 214-2007（${nameOf(oldest, '0601')}），请换用该标准。`,
    ])
  })

  it('that nobody has, or whose edition is missing, is refused', () => {
    expect([
      explanationOf(explainCode('2301089999000001', editions, 'GB/T 30428.2-2013')),
      explanationOf(explainCode('2301080101000001', [current], 'GB/T 30428.2-2013')),
    ]).toEqual([
      ['itemCode/subclassUnknown', 'GB/T 30428.2-2013 没有小类 9999，请核对。'],
      ['itemCode/standardUnknown', '本机没有 GB/T 30428.2-2013 的分类目录，请系统管理员导入。'],
    ])
  })
})

describe('an unknown row of digits', () => {
  it('is explained in both old standards, with what became of the subclass', () => {
    expect(explainCode('2301080101000007', editions)).toMatchObject({
      ok: true,
      value: [
        {
          what: 'component',
          title: '部件编码',
          standard: 'GB/T 30428.2-2013',
          parts: [
            { name: '区划', digits: '230108', meaning: null },
            { name: '大类', digits: '01', meaning: '公用设施' },
            { name: '小类', digits: '01', meaning: '上水井盖' },
            { name: '流水号', digits: '000007', meaning: null },
          ],
          subclassName: '上水井盖',
          successor: { standard: 'GB/T 47678.5-2026', code: '01001', name: '供水井盖' },
        },
        { what: 'component', standard: 'CJ/T 214-2007', subclassName: '上水井盖' },
      ],
    })
  })

  it.each([
    ['230108004007001', 'grid', 'GB/T 30428.1', null],
    ['23010801001000001', 'component', 'GB/T 47678.5-2026', '供水井盖'],
    ['23010801001', 'event', 'GB/T 47678.5-2026', '供水井盖异常'],
  ])('%s is a %s of %s', (text, what, standard, subclassName) => {
    expect(explainCode(text, editions)).toMatchObject({ ok: true, value: [{ what, standard, subclassName }] })
  })

  it('of a matter is explained by the classes of matters, which share their codes with those of components', () => {
    expect(explainCode('2301080101', [old, current])).toMatchObject({
      ok: true,
      value: [
        {
          title: '事项编码',
          parts: [{}, { name: '大类', digits: '01', meaning: '市容环境' }, { name: '小类', digits: '01', meaning: '私搭乱建' }],
          successor: { standard: 'GB/T 47678.5-2026', name: '私搭乱建' },
        },
      ],
    })
  })

  it.each([
    ['电话', 'itemCode/notDigits', '编码只由数字组成，请核对。'],
    ['12345', 'itemCode/length', '没有 5 位的编码：单元网格 15 位，部件 16 或 17 位，事项 10 或 11 位，请核对。'],
    ['230108004007000', 'gridCode/sequence', '单元网格编码的末三位是顺序码，从 001 到 999，不会是 000，请核对。'],
    ['23010899999', 'itemCode/subclassUnknown', 'GB/T 47678.5-2026 没有小类 99999，请核对。'],
  ])('%s is refused: %s', (text, code, explanation) => {
    expect(explanationOf(explainCode(text, editions))).toEqual([code, explanation])
  })

  it('of a standard whose document is missing says so', () => {
    expect(explanationOf(explainCode('2301080101000007', [current]))).toEqual([
      'itemCode/standardUnknown',
      '本机没有这种编码所属标准的分类目录，请系统管理员导入。',
    ])
  })
})

describe('the successor of a subclass', () => {
  const kind = 'event' as const
  const made = (standard: string, replacedBy: string | null, code: string, successor?: string): CodeEdition => ({
    standard,
    replacedBy,
    majorClasses: [],
    subclasses: [{ kind, code, name: `${standard}-${code}`, ...(successor !== undefined && { successor }) }],
  })

  it('is sought through all editions up to the newest', () => {
    const chain = [made('C', null, '3'), made('A', 'B', '1', '2'), made('B', 'C', '2', '3')]
    expect(successorOf(kind, 'A', '1', chain)).toEqual({ standard: 'C', code: '3', name: 'C-3' })
  })

  it('ends when documents name each other in a circle', () => {
    const circle = [made('A', 'B', '1', '2'), made('B', 'A', '2', '1')]
    expect(successorOf(kind, 'A', '1', circle)?.standard).toMatch(/[AB]/)
  })

  it('is null when none is named, and for a code of the other kind', () => {
    expect([successorOf(kind, 'B', '2', [made('B', null, '2')]), successorOf('component', 'A', '1', [made('A', 'B', '1', '2')])]).toEqual([
      null,
      null,
    ])
  })
})

const nameOf = ({ subclasses }: CodeEdition, code: string) =>
  subclasses.find((subclass) => subclass.kind === 'component' && subclass.code === code)?.name
