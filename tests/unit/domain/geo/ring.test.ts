/** Outlines: inside and outside, shared edges, holes, and areas. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metresBetween } from '#shared/domain/geo/position'
import { boundsOf, isInPolygon, isInRing, type Ring, ringAreaM2 } from '#shared/domain/geo/ring'

const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const letterU: Ring = [
  [0, 0],
  [3, 0],
  [3, 3],
  [2, 3],
  [2, 1],
  [1, 1],
  [1, 3],
  [0, 3],
]

describe('inside a ring', () => {
  it.each([
    [0.5, 2, true],
    [1.5, 2, false],
    [2.5, 2, true],
    [1.5, 0.5, true],
    [-0.1, 0.5, false],
    [3.1, 0.5, false],
    [0.5, 3, false],
    [0, 1.5, true],
    [3, 1.5, false],
  ])('of the shape U: %d, %d is %s', (lng, lat, expected) => {
    const backwards = [...letterU].reverse()
    const closed = [...letterU, letterU[0] ?? ([0, 0] as const)]
    expect([letterU, backwards, closed].map((ring) => isInRing(ring, { lng, lat }))).toEqual([expected, expected, expected])
  })

  it('nothing is, when there is none', () => {
    expect([isInRing([], { lng: 0, lat: 0 }), isInPolygon([], { lng: 0, lat: 0 })]).toEqual([false, false])
  })

  it('a position is in exactly one of the triangles that a square is cut into, also on their edges', () => {
    const steps = fc.integer({ min: 0, max: 20 }).map((step) => step / 20)
    fc.assert(
      fc.property(steps, steps, steps, steps, (middleLng, middleLat, lng, lat) => {
        fc.pre(middleLng > 0 && middleLng < 1 && middleLat > 0 && middleLat < 1 && lng < 1 && lat < 1)
        const corners = box(0, 0, 1, 1)
        const triangles = corners.slice(1).map((corner, index) => [corners[index] ?? corner, corner, [middleLng, middleLat]] as Ring)
        expect(triangles.filter((triangle) => isInRing(triangle, { lng, lat }))).toHaveLength(1)
      }),
    )
  })

  it('a position in a hole is not in the polygon', () => {
    const withHole = [box(0, 0, 9, 9), box(3, 3, 6, 6)]
    expect([1, 4, 7, 10].map((place) => isInPolygon(withHole, { lng: place, lat: place }))).toEqual([true, false, true, false])
  })
})

describe('the area', () => {
  it('of a hectare in Harbin is ten thousand square metres', () => {
    const [lng, lat] = [126.637, 45.598]
    const [across, up] = [
      100 / metresBetween({ lng, lat }, { lng: lng + 1, lat }),
      100 / metresBetween({ lng, lat }, { lng, lat: lat + 1 }),
    ]
    expect(ringAreaM2(box(lng, lat, lng + across, lat + up))).toBeCloseTo(10_000, -0.5)
  })

  it('is the sum of the parts, whichever way they run', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 0.9, noNaN: true }), (cut) => {
        const [west, south, size] = [126.6, 45.5, 0.01]
        const left = box(west, south, west + cut * size, south + size)
        const right = [...box(west + cut * size, south, west + size, south + size)].reverse()
        const whole = ringAreaM2(box(west, south, west + size, south + size))
        expect((ringAreaM2(left) + ringAreaM2(right)) / whole).toBeCloseTo(1, 6)
      }),
    )
  })

  it('of nothing is nothing', () => {
    expect(ringAreaM2([])).toBe(0)
  })
})

it('the bounds of a ring are its outermost corners', () => {
  expect(boundsOf(letterU)).toEqual({ west: 0, south: 0, east: 3, north: 3 })
})
