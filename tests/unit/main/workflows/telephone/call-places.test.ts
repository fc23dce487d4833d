import { describe, expect, it } from 'vitest'
import { createCallPlaces } from '#main/workflows/telephone/call-places'

const here = { lng: 126.63, lat: 45.6 }

describe('where living calls are', () => {
  it('is told when it changes, and not when the same place is said again', () => {
    let told = 0
    const places = createCallPlaces(() => {
      told += 1
    })
    places.put('a', here)
    places.put('a', { ...here })
    expect(told).toBe(1)
    expect(places.of('a')).toEqual(here)
    places.put('a', null)
    expect([told, places.of('a')]).toEqual([2, null])
  })

  it('is forgotten with the call, and nobody without a call is anywhere', () => {
    const places = createCallPlaces(() => undefined)
    places.put('a', here)
    places.put('b', here)
    places.keepOnly(['b'])
    expect([places.of('a'), places.of('b'), places.of(null)]).toEqual([null, here, null])
  })
})
