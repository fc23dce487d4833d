import { describe, expect, it } from 'vitest'
import { boundsAround, type Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import { metresOutsideRing } from '#shared/domain/geo/ring-distance'
import { isOutsideArea, outsideSince } from '#shared/domain/place/patrol'

const middle: Position = { lng: 126.6, lat: 45.6 }
const { west, south, east, north } = boundsAround(middle, 500)
const ring: Ring = [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
/** So many metres east of the area. */
const eastBy = (metres: number): Position => ({ lng: boundsAround({ lng: east, lat: 45.6 }, metres).east, lat: 45.6 })
const fix = (metres: number, accuracyM: number | null = 10, at = 0) => ({ position: metres < 0 ? middle : eastBy(metres), accuracyM, at })

describe('whether a collector is outside their area', () => {
  it('measures from the nearest edge, and nothing inside', () => {
    expect(metresOutsideRing(ring, middle)).toBe(0)
    expect(metresOutsideRing(ring, eastBy(120))).toBeCloseTo(120, 0)
    // Past a corner the corner itself is nearest.
    expect(metresOutsideRing(ring, { lng: eastBy(300).lng, lat: north + 400 / 111_195 })).toBeCloseTo(500, -1)
  })

  it('allows a street, and what the telephone may err', () => {
    expect(isOutsideArea([ring], fix(40), false)).toBe(false)
    expect(isOutsideArea([ring], fix(60), false)).toBe(true)
    expect(isOutsideArea([ring], fix(60, 100), false)).toBe(false)
    expect(isOutsideArea([], fix(6000), false)).toBe(false)
  })

  it('learns nothing from a fix that is too vague, and counts from the first one outside', () => {
    expect(outsideSince([ring], null, [fix(-1, 5, 1), fix(200, 5, 2), fix(-1, 900, 3), fix(220, 5, 4)])).toBe(2)
    expect(outsideSince([ring], 2, [fix(-1, 5, 5)])).toBeNull()
  })
})
