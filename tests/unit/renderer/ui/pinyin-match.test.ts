import { describe, expect, it } from 'vitest'
import { filterIndexed, indexText, match } from '../../../../src-renderer/ui/pinyin-match'

const litter = { text: '暴露垃圾', code: '06010' }
const hits = (queries: readonly string[], target = litter as { text: string; code?: string }) =>
  queries.filter((query) => match(query, target) !== undefined)

describe('finding a Chinese name', () => {
  it('takes characters, the start of the code, full pinyin, initials, and a mix of them', () => {
    const queries = ['垃圾', '060', '06010', 'baolu', 'baolulaji', 'bllj', 'bl', 'lj', 'baollaj', 'BLLJ', 'bao lu', ' bl ']
    expect(hits(queries)).toEqual(queries)
  })

  it('refuses what is not there, what is out of order, and the middle of the code', () => {
    expect(hits(['灯', 'lb', 'aolu', '6010', 'bllja x', 'bj'])).toEqual([])
  })

  it('knows that some characters are read in two ways', () => {
    expect(hits(['csjg', 'chongshe', 'zhongshe', 'zs'], { text: '重设' })).toEqual(['chongshe', 'zhongshe', 'zs'])
    expect(hits(['yh', 'yinhang', 'yinxing', 'yx'], { text: '银行' })).toEqual(['yh', 'yinhang', 'yinxing', 'yx'])
  })

  it('lets zh, ch and sh stand for a syllable, and v for ü', () => {
    expect(hits(['shzh', 'szh', 'shz', 'sz'], { text: '设置' })).toEqual(['shzh', 'szh', 'shz', 'sz'])
    expect(hits(['lv', 'lvhua'], { text: '绿化' })).toEqual(['lv', 'lvhua'])
  })

  it('steps over spaces and marks in the name, and takes Latin letters and digits as they are', () => {
    expect(hits(['12319', 'rxy', '12319rx'], { text: '12319 热线（舆情）' })).toEqual(['12319', 'rxy', '12319rx'])
  })

  it('says which characters were hit', () => {
    expect([match('lj', litter)?.positions, match('垃圾', litter)?.positions, match('06', litter)?.positions]).toEqual([[2, 3], [2, 3], []])
  })

  it('puts code before characters before full pinyin before initials, and the beginning before the middle', () => {
    const items = [
      { text: '高架挂箱' },
      { text: '景观灯' },
      { text: '井盖', code: 'jg01' },
      { text: 'jg 牌' },
      { text: '机关' },
      { text: '道路' },
    ].map((target) => ({ name: target.text, index: indexText(target) }))
    expect(filterIndexed('jg', items).map((item) => item.name)).toEqual(['井盖', 'jg 牌', '景观灯', '机关', '高架挂箱'])
  })

  it('keeps everything in its order while nothing is typed', () => {
    const items = [{ text: '乙' }, { text: '甲' }].map((target) => ({ index: indexText(target) }))
    expect(filterIndexed('  ', items)).toBe(items)
  })
})
