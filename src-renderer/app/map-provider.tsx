import { lazy, type ReactNode } from 'react'
import { CityProvider } from '../features/map/city-provider'
import { PlaceMapProvider } from '../ui/place-map'

/** OpenLayers weighs more than the rest of the working area: read when a map is first shown. */
const SmallMap = lazy(async () => ({ default: (await import('../features/map/place-map')).SmallMap }))

/** Gives every pane of a window the ground of the city and the small map, which features may not take from each other. */
export function MapProvider({ children }: { readonly children: ReactNode }) {
  return (
    <CityProvider>
      <PlaceMapProvider value={SmallMap}>{children}</PlaceMapProvider>
    </CityProvider>
  )
}
