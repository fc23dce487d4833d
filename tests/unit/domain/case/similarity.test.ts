/** Whether two reports may tell of the same thing, on pairs as they come in. */
import { describe, expect, it } from 'vitest'
import { dayMs } from '#shared/base/china-time'
import type { CaseRow } from '#shared/domain/case/row'
import { diceOf, likenessOf, type Report } from '#shared/domain/case/similarity'
import { pairsAndWordsOf } from '#shared/domain/case/tokens'
import { metresPerDegree } from '#shared/domain/geo/position'
import { caseRowOf } from '../../../fixtures/case-rows'

const now = Date.UTC(2026, 10, 21, 1)
const place = { lng: 126.62, lat: 45.72 }
const north = (metres: number) => ({ lng: place.lng, lat: place.lat + metres / metresPerDegree })

const manhole: CaseRow = caseRowOf({
  kind: 'component',
  subclassCode: '01002',
  summary: '解放路12号门前井盖丢失，有人差点掉进去',
  position: place,
  gridCode: '230108001001003',
  beganAt: now - 7_200_000,
})
const report = (told: Partial<Report>): Report => ({ position: place, gridCode: null, text: '', at: now, ...told })

describe('the same thing', () => {
  it.each<[string, Partial<Report>]>([
    [
      'a manhole in other words, 9 m beside',
      { kind: 'component', subclassCode: '01002', position: north(9), text: '下水道的盖子没了，很危险' },
    ],
    [
      'a manhole as an event of the same code, in like words',
      { kind: 'event', subclassCode: '01002', position: north(12), text: '井盖丢失，晚上有人差点掉进去' },
    ],
    [
      'a manhole of another owner, in like words',
      { kind: 'component', subclassCode: '01003', position: north(20), text: '解放路12号门前雨水井盖丢失' },
    ],
    ['no class yet, but the very words', { position: north(5), text: '解放路12号门前井盖丢失，有人差点掉进去' }],
    [
      'no position, but the grid and like words',
      { kind: 'component', subclassCode: '01002', position: null, gridCode: '230108001001003', text: '12号门前井盖丢失' },
    ],
  ])('is found: %s', (_, told) => expect(likenessOf(report(told), manhole, now)).toBeDefined())

  it('comes with the reasons in words', () => {
    const told = { kind: 'component', subclassCode: '01002', position: north(12.3), text: '井盖丢失，有人差点掉进去' } as const
    expect(likenessOf(report(told), manhole, now)).toEqual({
      score: expect.closeTo(0.92, 1),
      distanceM: expect.closeTo(12.3, 1),
      isSameClass: true,
      apartMs: 7_200_000,
      reasons: ['同小类', '相距 12 m', '2 小时前', '文字相近'],
    })
  })
})

describe('another thing', () => {
  it.each<[string, Partial<Report>]>([
    [
      'the shop next door blocks the pavement',
      { kind: 'event', subclassCode: '09005', position: north(15), text: '解放路14号小卖部店外经营' },
    ],
    ['a sibling thing next door, in other words', { kind: 'component', subclassCode: '01031', position: north(15), text: '路灯杆歪了' }],
    ['the same class 160 m away', { kind: 'component', subclassCode: '01002', position: north(160), text: '井盖丢失，有人差点掉进去' }],
    [
      'no position and another grid',
      { kind: 'component', subclassCode: '01002', position: null, gridCode: '230108001001004', text: '井盖丢失' },
    ],
    ['no class, near, in other words', { position: north(5), text: '有人占道卖水果' }],
  ])('is not: %s', (_, told) => expect(likenessOf(report(told), manhole, now)).toBeUndefined())

  it('is what ended long ago, while what is still open may be old', () => {
    const told = report({ kind: 'component', subclassCode: '01002', position: north(3), text: '井盖丢失' })
    const old = { ...manhole, beganAt: now - 31 * dayMs }
    expect(likenessOf(told, { ...old, endedAt: now - 29 * dayMs }, now)).toBeUndefined()
    expect(likenessOf(told, old, now)?.reasons).toContain('31 天前')
  })
})

it('likeness of words is 1 for the same, 0 for nothing in common or nothing at all', () => {
  const dice = (a: string, b: string) => diceOf(pairsAndWordsOf(a), pairsAndWordsOf(b))
  expect([dice('井盖丢失', '井盖丢失'), dice('井盖', '路灯'), dice('', ''), dice('井盖丢失', '井盖缺失')]).toEqual([
    1,
    0,
    0,
    expect.closeTo(1 / 3, 9),
  ])
})
