import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CoordinateSystem,
  fitsNear,
  fromCgcs2000,
  gaussKruger,
  recogniseSystem,
  toCgcs2000,
} from '#shared/domain/geo/coordinate-system'
import { planeOf } from '#shared/domain/geo/gauss-kruger'
import { metresBetween } from '#shared/domain/geo/position'

const inChina = fc.record({
  lng: fc.double({ min: 80, max: 130, noNaN: true }),
  lat: fc.double({ min: 20, max: 50, noNaN: true }),
})
const systems: readonly CoordinateSystem[] = [{ system: 'CGCS2000' }, { system: 'GCJ-02' }, { system: 'BD-09' }]

describe('coordinate systems', () => {
  it('come back to where they began, within a millimetre', () => {
    fc.assert(
      fc.property(inChina, (position) => {
        const zone = gaussKruger(Math.round(position.lng / 3) * 3)
        for (const system of [...systems, zone])
          expect(metresBetween(toCgcs2000(fromCgcs2000(position, system), system), position)).toBeLessThan(0.001)
      }),
    )
  })

  it('shift as map services do', () => {
    // Figures of gcoord 1.0.7, the usual library.
    const near = (system: CoordinateSystem, position: readonly [number, number], figures: readonly [number, number]) => {
      const [lng, lat] = fromCgcs2000({ lng: position[0], lat: position[1] }, system)
      expect(metresBetween({ lng, lat }, { lng: figures[0], lat: figures[1] })).toBeLessThan(0.01)
    }
    near({ system: 'GCJ-02' }, [116.397_5, 39.908_7], [116.403_743_572_65, 39.910_103_499_34])
    near({ system: 'GCJ-02' }, [126.63, 45.6], [126.635_918_532_18, 45.601_967_176_62])
    near({ system: 'BD-09' }, [126.63, 45.6], [126.642_462_186_85, 45.607_852_017_66])
  })

  it('project along the known meridian arc', () => {
    // Of the meridian arc to 45° on GRS 80: 4 984 944.378 m (Snyder, table 3-21 by the same series); on the central meridian nothing lies east.
    const { east, north } = planeOf({ lng: 126, lat: 45 }, { centralMeridian: 126, falseEasting: 500_000, falseNorthing: 0, scale: 1 })
    expect(east).toBeCloseTo(500_000, 6)
    expect(north).toBeCloseTo(4_984_944.378, 2)
  })
})

describe('what a file is really in', () => {
  const known = Array.from({ length: 12 }, (_, at) => ({ lng: 126.6 + (at % 4) * 0.01, lat: 45.58 + Math.floor(at / 4) * 0.01 }))
  const samplesIn = (system: CoordinateSystem) =>
    known.map((position) => ({ raw: fromCgcs2000(position, system), fits: fitsNear(position) }))

  it.each([...systems, gaussKruger(126), gaussKruger(129), gaussKruger(126, 42_500_000)])('is recognised: %j', (really) => {
    for (const declared of [...systems, gaussKruger(126), gaussKruger(123)]) {
      const isSame = JSON.stringify(declared) === JSON.stringify(really)
      expect(recogniseSystem(samplesIn(really), declared)).toEqual(
        isSame ? { kind: 'confirmed' } : { kind: 'other', system: really, share: 1 },
      )
    }
  })

  it('is not guessed from too little, nor from data that fits nothing', () => {
    expect(recogniseSystem(samplesIn({ system: 'GCJ-02' }).slice(0, 2), { system: 'CGCS2000' })).toEqual({ kind: 'unknown' })
    const moved = known.map((position) => ({ raw: [position.lng + 0.02, position.lat] as const, fits: fitsNear(position) }))
    expect(recogniseSystem(moved, { system: 'CGCS2000' })).toEqual({ kind: 'unknown' })
  })

  it('is seen when north stands before east', () => {
    const swapped = known.map(({ lng, lat }) => ({ raw: [lat, lng] as const, fits: () => false }))
    expect(recogniseSystem(swapped, { system: 'CGCS2000' })).toEqual({ kind: 'swapped' })
  })
})
