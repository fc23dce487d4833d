/** Distances on the ground, and the box that a search around a position looks into first. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsAround, metresBetween, type Position } from '#shared/domain/geo/position'

const pingfang: Position = { lng: 126.637, lat: 45.598 }

describe('the distance', () => {
  it.each<[string, Position, Position, number, number]>([
    ['of a degree of latitude', { lng: 126, lat: 45 }, { lng: 126, lat: 46 }, 111_195, 1],
    ['of a degree of longitude at 60°', { lng: 126, lat: 60 }, { lng: 127, lat: 60 }, 55_597, 5],
    ['from Harbin to Beijing', { lng: 126.642, lat: 45.757 }, { lng: 116.397, lat: 39.908 }, 1_055_000, 5_000],
    ['of two corners of a house', pingfang, { lng: 126.637, lat: 45.5981 }, 11.12, 0.01],
    ['to itself', pingfang, pingfang, 0, 0],
    ['to the other side of the earth', { lng: 0, lat: 0 }, { lng: 180, lat: 0 }, 20_015_115, 1],
  ])('%s', (_, a, b, metres, tolerance) => {
    expect(Math.abs(metresBetween(a, b) - metres)).toBeLessThanOrEqual(tolerance)
  })

  it('is the same both ways, and no shorter by a detour', () => {
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        expect(metresBetween(a, b)).toBeCloseTo(metresBetween(b, a), 6)
        expect(metresBetween(a, c)).toBeLessThanOrEqual(metresBetween(a, b) + metresBetween(b, c) + 1e-6)
      }),
    )
  })
})

describe('the box around a position', () => {
  it('holds all that is near enough, and little else', () => {
    fc.assert(
      fc.property(
        position,
        fc.integer({ min: 1, max: 50_000 }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        (middle, metres, angle) => {
          const { west, south, east, north } = boundsAround(middle, metres)
          const reach = (metres / 111_195) * 0.999
          const near = {
            lng: middle.lng + (Math.cos(angle) * reach) / Math.cos((middle.lat * Math.PI) / 180),
            lat: middle.lat + Math.sin(angle) * reach,
          }
          const isHeld = near.lng >= west && near.lng <= east && near.lat >= south && near.lat <= north
          expect(isHeld || metresBetween(middle, near) > metres).toBe(true)
          for (const edge of [
            { ...middle, lng: west },
            { ...middle, lng: east },
            { ...middle, lat: south },
            { ...middle, lat: north },
          ]) {
            expect(metresBetween(middle, edge) / metres).toBeCloseTo(1, 3)
          }
        },
      ),
    )
  })

  it('near a pole goes all the way round', () => {
    expect(boundsAround({ lng: 10, lat: 89.9999 }, 50_000)).toMatchObject({ west: -170, east: 190 })
  })
})

const position = fc.record({
  lng: fc.double({ min: 73, max: 135, noNaN: true }),
  lat: fc.double({ min: 4, max: 54, noNaN: true }),
})
