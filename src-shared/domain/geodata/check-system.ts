import {
  type CoordinateSystem,
  describeSystem,
  fitsNear,
  type RawPosition,
  recogniseSystem,
  type SystemSample,
} from '../geo/coordinate-system'
import { distanceToRing, planeAround } from '../geo/plane'
import type { Position } from '../geo/position'
import { isInPolygon, isInRing, type Ring } from '../geo/ring'
import type { KnownCity } from './city'
import { type GeoLayer, type Geometry, middleOf, type Problem } from './layers'

/** A feature as its file writes it, in whatever system that is. */
export interface RawFeature {
  readonly row: number
  readonly code: string
  readonly parentCode: string | null
  readonly geometry: Geometry | null
}

const mostSamples = 200

/**
 * Whether the file is in the system that it is said to be in. What is known of the city tells: where the same code was before, the grid that a component
 * names, the community of a grid. One problem for the whole file, or none.
 */
export function systemProblem(
  layer: GeoLayer,
  features: readonly RawFeature[],
  declared: CoordinateSystem,
  city: KnownCity,
): Problem | undefined {
  const step = Math.max(1, Math.floor(features.length / mostSamples))
  const samples = features.filter((_, at) => at % step === 0).flatMap((feature) => sampleOf(layer, feature, city))
  const verdict = recogniseSystem(samples, declared)
  const whole = { kind: 'shiftedCoordinates', severity: 'error', row: null, code: null, at: null } as const
  if (verdict.kind === 'swapped') return { ...whole, reason: '坐标的经度和纬度写反了：应先经度后纬度' }
  if (verdict.kind !== 'other') return undefined
  const share = Math.round(verdict.share * 100)
  return {
    ...whole,
    reason: `坐标系与声明的不符：声明为 ${describeSystem(declared)}，与本市已有数据比对，${share}% 的抽样符合 ${describeSystem(verdict.system)}；请改选坐标系后重新导入`,
  }
}

function sampleOf(layer: GeoLayer, feature: RawFeature, city: KnownCity): readonly SystemSample[] {
  const raw = middleOf(feature.geometry) as RawPosition | undefined
  if (!raw) return []
  const fits = fitOf(layer, feature, city)
  return fits ? [{ raw, fits }] : []
}

function fitOf(layer: GeoLayer, { code, parentCode }: RawFeature, city: KnownCity): ((position: Position) => boolean) | undefined {
  const grid = parentCode === null ? undefined : city.gridRings.get(parentCode)
  if (grid && (layer === 'component' || layer === 'place')) return inRing(grid)
  const known = middleOf(city.features.get(code)?.geometry ?? null)
  if (known) return fitsNear({ lng: known[0], lat: known[1] })
  const community = layer === 'grid' ? city.outlines.get(code.slice(0, 12)) : undefined
  return community && ((position) => isInPolygon(community, position))
}

/** With two metres for those at its edge. */
function inRing(ring: Ring): (position: Position) => boolean {
  return (position) => {
    if (isInRing(ring, position)) return true
    const plane = planeAround(position)
    return (
      distanceToRing(
        { x: 0, y: 0 },
        ring.map(([lng, lat]) => plane.pointOf(lng, lat)),
      ) <= 2
    )
  }
}
