import { useEffect } from 'react'
import { metresBetween } from '#shared/domain/geo/position'
import { boundsOf, type Ring } from '#shared/domain/geo/ring'
import type { CityMap } from '../city-map'

/** Shows an outline as a whole with a little around it, once: a border is not changed of which half is out of sight. */
export function useWholeInView(map: CityMap | undefined, ring: Ring | undefined): void {
  useEffect(() => {
    if (!map || !ring) return
    const { west, south, east, north } = boundsOf(ring)
    const wide = metresBetween({ lng: west, lat: south }, { lng: east, lat: south })
    const high = metresBetween({ lng: west, lat: south }, { lng: west, lat: north })
    // The pane is wider than high.
    map.goTo({ lng: (west + east) / 2, lat: (south + north) / 2 }, Math.max(wide * 1.4, high * 2.2))
  }, [map, ring])
}
