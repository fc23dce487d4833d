import { describe, expect, it } from 'vitest'
import { type Ring, ringAreaM2 } from '#shared/domain/geo/ring'
import type { Versioned } from '#shared/domain/geodata/divide-grid'
import { changesOfMerging } from '#shared/domain/geodata/merge-grids'
import { mergedOutline } from '#shared/domain/geodata/merged-outline'
import { divided } from '#shared/domain/geodata/outlines'

const at = (x: number, y: number) => [126.6 + x * 0.001, 45.75 + y * 0.001] as const
const box = (west: number, south: number, east: number, north: number): Ring => [
  at(west, south),
  at(east, south),
  at(east, north),
  at(west, north),
  at(west, south),
]
const outline = (code: string, ring: Ring) => ({ code, ring })

describe('one outline of several', () => {
  it('goes around two neighbours, also where a corner of one lies within a side of the other', () => {
    const [a, b] = [box(0, 0, 1, 1), box(1, 0.25, 2, 0.75)]
    const merged = mergedOutline([outline('a', a), outline('b', b)])
    if (typeof merged === 'string') throw new Error(merged)
    expect(ringAreaM2(merged)).toBeCloseTo(ringAreaM2(a) + ringAreaM2(b), 0)
    expect(merged).toHaveLength(9)
  })

  it('is what it was before it was divided', () => {
    const whole = box(0, 0, 3, 2)
    const parts = divided(whole, [at(1, -1), at(1.5, 1), at(1.2, 3)])
    if (typeof parts === 'string') throw new Error(parts)
    const merged = mergedOutline(parts.map((ring, no) => outline(String(no), ring)))
    if (typeof merged === 'string') throw new Error(merged)
    expect(ringAreaM2(merged)).toBeCloseTo(ringAreaM2(whole), 0)
  })

  it('is refused for what lies apart, meets in a corner alone, or leaves a hole', () => {
    expect(mergedOutline([outline('a', box(0, 0, 1, 1)), outline('b', box(3, 0, 4, 1))])).toBe('apart')
    expect(mergedOutline([outline('a', box(0, 0, 1, 1)), outline('b', box(1, 1, 2, 2))])).toBe('apart')
    const sides = [box(0, 0, 3, 1), box(0, 2, 3, 3), box(0, 1, 1, 2), box(2, 1, 3, 2)]
    expect(mergedOutline(sides.map((ring, no) => outline(String(no), ring)))).toBe('hole')
  })
})

const feature = (layer: Versioned['layer'], code: string, more: Partial<Versioned> = {}): Versioned => ({
  ...{ layer, code, version: 2, name: null, state: 'active', parentCode: null, departmentCode: null, ownerCode: null },
  ...{ validFrom: '2024-01-01', validTo: null, geometry: null, attributes: {}, ...more },
})
const grid = (code: string, ring: Ring) =>
  feature('grid', code, { parentCode: '230108001001', geometry: { type: 'Polygon', coordinates: [ring] } })
const [small, large] = [grid('230108001001001', box(0, 0, 1, 1)), grid('230108001001002', box(1, 0, 4, 1))]
const patrol = (code: string, gridCodes: readonly string[]) => feature('patrolArea', code, { attributes: { gridCodes: [...gridCodes] } })

describe('two grids made one', () => {
  const naming = [
    patrol('6001', [small.code, '230108001001009']),
    patrol('6002', ['230108001001008', large.code]),
    feature('camera', '029', { attributes: { gridCodes: [small.code, large.code, '230108001001009'] } }),
  ]
  const within = [feature('component', 'c1', { parentCode: small.code }), feature('place', 'p1', { parentCode: large.code })]
  const merging = { grids: [small, large], ring: box(0, 0, 4, 1), code: '230108001001021', within, naming, today: '2026-11-28' }

  it('ends the old codes, begins a new one, and takes along what stood in them or named them', () => {
    const { changes, emptied, keeper } = changesOfMerging(merging)
    const of = (code: string) => changes.find((change) => change.code === code)?.content
    for (const old of [small, large]) expect(of(old.code)).toMatchObject({ state: 'retired', validTo: '2026-11-28' })
    expect(of('230108001001021')).toMatchObject({ state: 'active', validFrom: '2026-11-28', validTo: null, parentCode: '230108001001' })
    expect([of('c1')?.parentCode, of('p1')?.parentCode]).toEqual(['230108001001021', '230108001001021'])
    expect(keeper?.code).toBe('6002')
    expect(of('6002')?.attributes.gridCodes).toEqual(['230108001001008', '230108001001021'])
    expect(of('6001')?.attributes.gridCodes).toEqual(['230108001001009'])
    expect(of('029')?.attributes.gridCodes).toEqual(['230108001001021', '230108001001009'])
    expect(emptied).toEqual([])
  })

  it('names the collector who would be left without a grid', () => {
    const alone = patrol('6003', [small.code])
    expect(changesOfMerging({ ...merging, naming: [alone, patrol('6002', [large.code])] }).emptied).toEqual([alone])
  })
})
