/** Whether two reports may tell of the same thing, on pairs as they come in. */
import { describe, expect, it } from 'vitest'
import { dayMs } from '#shared/base/china-time'
import type { CaseRow } from '#shared/domain/case/row'
import { classesFromWire, classesToWire, diceOf, isHint, likenessOf, likestOf, type Report } from '#shared/domain/case/similarity'
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
      belief: 1,
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

describe('before a class is chosen', () => {
  const told = report({ position: north(10), text: '下水道的盖子不见了' })
  const asked = (belief: number) =>
    likestOf(
      told,
      [
        { subclassCode: '09005', belief: 0.5 },
        { subclassCode: '01002', belief },
      ],
      manhole,
      now,
    )
  it('a hint needs more belief in the class the further away it is', () => {
    const found = asked(0.1)
    expect(found && isHint(found)).toBe(true)
    const basis = { isSameClass: true, distanceM: 40, apartMs: 0 }
    expect([0.05, 0.2, 1].map((belief) => isHint({ ...basis, belief }))).toEqual([false, true, true])
    expect(isHint({ ...basis, belief: 0.05, distanceM: 5 })).toBe(true)
    expect(isHint({ ...basis, belief: 1, distanceM: 46 })).toBe(false)
  })
  it('what is hardly believed in is not listed at all', () => expect(asked(0.006)).toBeUndefined())
  it('goes over the wire with its beliefs, a chosen class without', () => {
    const classes = [
      { subclassCode: '06010', belief: 0.62 },
      { subclassCode: '06011', belief: 0.006 },
    ]
    expect(classesToWire(classes)).toBe('06010:620,06011:6')
    expect(classesFromWire('06010:620,06011:6')).toEqual(classes)
    expect(classesFromWire(classesToWire([{ subclassCode: '06010', belief: 1 }]))).toEqual([{ subclassCode: '06010', belief: 1 }])
    expect(classesFromWire(undefined)).toEqual([])
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
