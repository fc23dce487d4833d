import { gridIndexOf } from '../geo/grid-index'
import type { Position } from '../geo/position'
import type { Polygon, Ring } from '../geo/ring'
import type { CodeEdition } from '../grid/item-code'
import { type Feature, type GeoLayer, isGivenUp } from './layers'

/** What is known of the city when features are checked: the areas that they must lie in, the codes that they may name. Made once for a check. */
export interface KnownCity {
  /** Six digits; null while no district is known. */
  readonly regionCode: string | null
  /** Everything of the layer under check, given up or not. */
  readonly features: ReadonlyMap<string, Feature>
  /** Outlines of districts, streets and communities in use, of those that have one. */
  readonly outlines: ReadonlyMap<string, Polygon>
  /** Codes of districts, streets and communities in use. */
  readonly areaCodes: ReadonlySet<string>
  /** Grids in use. */
  readonly gridRings: ReadonlyMap<string, Ring>
  gridAt(position: Position): string | undefined
  readonly editions: readonly CodeEdition[]
  /** Empty: the departments of the city are not known, and any code will do. */
  readonly departmentCodes: ReadonlySet<string>
}

export function knownCity(
  layer: GeoLayer,
  featuresOf: (layer: GeoLayer) => readonly Feature[],
  more: Pick<KnownCity, 'editions' | 'departmentCodes'>,
): KnownCity {
  const inUse = (of: GeoLayer) => featuresOf(of).filter(({ state }) => !isGivenUp(state))
  const [districts, streets, communities] = [inUse('district'), inUse('street'), inUse('community')]
  const areas = [...districts, ...streets, ...communities]
  const gridRings = new Map(
    inUse('grid').flatMap(({ code, geometry }) =>
      geometry?.type === 'Polygon' && geometry.coordinates[0] ? [[code, geometry.coordinates[0]] as const] : [],
    ),
  )
  let index: ReturnType<typeof gridIndexOf> | undefined
  return {
    regionCode: districts[0]?.code ?? null,
    features: new Map(featuresOf(layer).map((feature) => [feature.code, feature])),
    outlines: new Map(areas.flatMap(({ code, geometry }) => (geometry?.type === 'Polygon' ? [[code, geometry.coordinates] as const] : []))),
    areaCodes: new Set(areas.map(({ code }) => code)),
    gridRings,
    gridAt(position) {
      index ??= gridIndexOf([...gridRings].map(([code, ring]) => ({ code, ring })))
      return index.gridAt(position)?.code
    },
    ...more,
  }
}

/** Layers of which a check of `layer` needs the features. */
export function layersNeeded(layer: GeoLayer): readonly GeoLayer[] {
  const ground: readonly GeoLayer[] = ['district', 'street', 'community']
  const withGrids =
    layer === 'district' || layer === 'street' || layer === 'community' || layer === 'road' ? ground : [...ground, 'grid' as const]
  return [...new Set([...withGrids, layer])]
}
