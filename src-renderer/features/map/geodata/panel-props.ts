import type { Position } from '#shared/domain/geo/position'
import type { City } from '../city'
import type { CityMap } from '../city-map'

/** What the parts of 底数维护 are given by the map they stand beside. */
export interface GeodataPanelProps {
  readonly city: City
  /** Undefined until the map is made. */
  readonly map: CityMap | undefined
  readonly position: Position | undefined
  /** Shows a place on the map beside. */
  onLook(position: Position): void
}

/** The same with the feature that was chosen. */
export interface FeatureProps extends Pick<GeodataPanelProps, 'city' | 'map'> {
  readonly code: string
  readonly position: Position
}
