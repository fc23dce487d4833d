import { expect, it } from 'vitest'
import { type BaseMapSource, tianditu } from '#shared/domain/base-map/source'
import { sourceMistakes } from '#shared/domain/base-map/source-mistakes'
import { originsOf, tileAddress } from '#shared/domain/base-map/tile-address'

const good = tianditu('electronic', 'w')
const mistakesOf = (change: Partial<BaseMapSource>) => sourceMistakes([{ ...good, ...change }]).join('；')

it('finds nothing wrong with 天地图 in either cut, picture and drawing', () => {
  const all = [tianditu('electronic', 'c'), tianditu('imagery', 'w')]
  expect(sourceMistakes(all)).toEqual([])
})

it('names what is wrong with a source in words', () => {
  expect(sourceMistakes([good, good]).join()).toContain('编号 tianditu-vec 用了两次')
  expect(mistakesOf({ layers: ['ftp://maps.example/{z}/{x}/{y}.png'] })).toContain('不是 http 或 https 网址')
  expect(mistakesOf({ layers: ['https://maps.example/{z}/{x}.png'] })).toContain('须有 {z}、{x} 和 {y}')
  expect(mistakesOf({ layers: ['https://{x}.example/{z}/{x}/{y}.png'] })).toContain('主机名里只能用 {s}')
  expect(mistakesOf({ layers: ['https://me:secret@maps.example/{z}/{x}/{y}.png'] })).toContain('带了用户名或口令')
  expect(mistakesOf({ layers: ['https://maps.example/{z}/{x}/{y}.png?tk=0123456789'] })).toContain('写了密钥（tk=…）')
  expect(mistakesOf({ layers: ['https://maps.example/{TileMatrix}/{z}/{x}/{y}'] })).toContain('认不出的 {TileMatrix}')
  expect(mistakesOf({ subdomains: [] })).toContain('请填子域')
  expect(mistakesOf({ minZoom: 19 })).toContain('最小级别 19 大于最大级别 18')
  expect(mistakesOf({ tiling: { kind: 'baidu' } })).toContain('坐标系应为 BD-09')
  expect(mistakesOf({ tiling: { kind: 'plane', originEast: 0, originNorth: 0, resolutions: [4, 8] }, maxZoom: 1 })).toMatch(
    /坐标系应选高斯-克吕格.*从大到小/,
  )
})

it('never says the key that somebody wrote into an address', () => {
  expect(mistakesOf({ layers: ['https://maps.example/{z}/{x}/{y}.png?tk=0123456789'] })).not.toContain('0123456789')
})

it('fills in numbers, host and key', () => {
  expect(tileAddress(good, 1, { z: 12, x: 3488, y: 1461 }, 'a b')).toBe(
    'https://t5.tianditu.gov.cn/cva_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=cva&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX=12&TILEROW=1461&TILECOL=3488&tk=a%20b',
  )
  expect(tileAddress({ layers: ['http://m.example/{z}/{x}/{-y}'], subdomains: [] }, 0, { z: 3, x: 1, y: 2 }, null)).toBe(
    'http://m.example/3/1/5',
  )
  expect(originsOf(good)).toHaveLength(8)
})
