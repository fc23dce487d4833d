import { describe, expect, it } from 'vitest'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { changesOfDivision, nextGridCodes, type Versioned } from '#shared/domain/geodata/divide-grid'
import { divided, withSharedCorners } from '#shared/domain/geodata/outlines'

const square = (west: number, south: number, side = 0.001): [number, number][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
]
const area = (ring: readonly (readonly [number, number])[]) => Math.round(ringAreaM2(ring))
const hectare = area(square(126.6, 45.6))

describe('an outline divided by a line', () => {
  it('becomes two that fill it', () => {
    const parts = divided(square(126.6, 45.6), [
      [126.5995, 45.6004],
      [126.6005, 45.6006],
      [126.6015, 45.6004],
    ])
    if (typeof parts === 'string') throw new Error(parts)
    expect(area(parts[0]) + area(parts[1])).toBeCloseTo(hectare, -1)
    expect(Math.min(area(parts[0]), area(parts[1]))).toBeGreaterThan(hectare * 0.4)
    // The bend of the line is a corner of both.
    for (const part of parts) expect(part).toContainEqual([126.6005, 45.6006])
    for (const part of parts) expect(part[0]).toEqual(part.at(-1))
  })

  it('may be cut off at one side, and from corner to corner', () => {
    const bay = divided(square(126.6, 45.6), [
      [126.5999, 45.6003],
      [126.6004, 45.6005],
      [126.5999, 45.6007],
    ])
    if (typeof bay === 'string') throw new Error(bay)
    expect(area(bay[0]) + area(bay[1])).toBeCloseTo(hectare, -1)
    const diagonal = divided(square(126.6, 45.6), [
      [126.6, 45.6],
      [126.601, 45.601],
    ])
    if (typeof diagonal === 'string') throw new Error(diagonal)
    expect(diagonal.map((part) => part.length)).toEqual([4, 4])
    expect(area(diagonal[0])).toBeCloseTo(hectare / 2, -1)
  })

  it('takes an end drawn a little short of the border to it, and no more than a little', () => {
    const line = (east: number) =>
      [
        [126.6 + 0.00002, 45.6005],
        [east, 45.6005],
      ] as const
    expect(typeof divided(square(126.6, 45.6), line(126.601 - 0.00002))).toBe('object')
    expect(divided(square(126.6, 45.6), line(126.6008))).toBe('notAcross')
  })

  it('is refused by a line that wanders in and out', () => {
    const line = [
      [126.5995, 45.6002],
      [126.6015, 45.6003],
      [126.5995, 45.6008],
    ] as const
    expect(divided(square(126.6, 45.6), line)).toBe('crossesOften')
  })
})

describe('neighbours', () => {
  it('share every corner along their border, also where a third begins in the middle of a side', () => {
    const [large, upper, lower] = withSharedCorners([
      { code: 'large', ring: square(126.6, 45.6) },
      { code: 'upper', ring: square(126.601, 45.6005, 0.0005) },
      { code: 'lower', ring: square(126.601, 45.6, 0.0005) },
    ])
    expect(large?.ring).toContainEqual([126.601, 45.6005])
    expect(large?.ring).toHaveLength(6)
    expect([upper?.ring.length, lower?.ring.length]).toEqual([5, 5])
    expect(area(large?.ring ?? [])).toBe(hectare)
  })
})

describe('a divided grid', () => {
  const content = { name: null, state: 'active', parentCode: '230108001001', departmentCode: null, ownerCode: null } as const
  const dates = { validFrom: '2025-01-01', validTo: null }
  const grid: Versioned = {
    ...{ layer: 'grid', code: '230108001001004', version: 3, ...content, ...dates, attributes: { areaM2: 1 } },
    geometry: { type: 'Polygon', coordinates: [square(126.6, 45.6)] },
  }
  const at = (code: string, lng: number): Versioned => ({
    ...{ layer: 'component', code, version: 1, ...content, ...dates, parentCode: grid.code, attributes: {} },
    geometry: { type: 'Point', coordinates: [lng, 45.6005] },
  })
  const patrol: Versioned = {
    ...{ layer: 'patrolArea', code: '6001', version: 2, ...content, ...dates, geometry: null },
    attributes: { gridCodes: ['230108001001003', grid.code], substituteNo: '6002' },
  }

  it('is given up with its code, and what stood in it or named it follows', () => {
    const parts = divided(square(126.6, 45.6), [
      [126.6005, 45.59],
      [126.6005, 45.61],
    ])
    if (typeof parts === 'string') throw new Error(parts)
    const codes = nextGridCodes('230108001001', ['230108001001004', '230108001001019', '230108002001500'], 2) as [string, string]
    expect(codes).toEqual(['230108001001020', '230108001001021'])
    const changes = changesOfDivision({
      grid,
      parts,
      codes,
      within: [at('west', 126.6002), at('east', 126.6008)],
      naming: [patrol],
      today: '2026-11-28',
    })
    const of = (code: string) => changes.find((change) => change.code === code)
    expect(of(grid.code)).toMatchObject({ version: 3, content: { state: 'retired', validTo: '2026-11-28' } })
    for (const code of codes)
      expect(of(code)).toMatchObject({ version: null, content: { state: 'active', parentCode: '230108001001', validFrom: '2026-11-28' } })
    expect(new Set([of('west')?.content.parentCode, of('east')?.content.parentCode])).toEqual(new Set(codes))
    expect(of('6001')?.content.attributes).toEqual({ gridCodes: ['230108001001003', ...codes], substituteNo: '6002' })
  })

  it('gets no code when the 999 of its community are used up', () => {
    expect(nextGridCodes('230108001001', ['230108001001998'], 2)).toBeUndefined()
  })
})
