import { isInRing, type Ring } from '../geo/ring'
import { contentOf, type Feature, type FeatureContent, type GeoLayer, listOf } from './layers'

/**
 * A unit grid divided 拆分: its code is given up and never used again, its parts get new ones (GB/T 30428.1: 网格变更后原码停用不复用), and what stood in it or
 * named it follows, all in one change. Nothing is decided here that the centre would not check.
 */
export interface Versioned extends Feature {
  readonly layer: GeoLayer
  readonly version: number
}

export interface LayerChange {
  readonly layer: GeoLayer
  readonly code: string
  /** Null for a new feature. */
  readonly version: number | null
  readonly content: FeatureContent
}

export interface Division {
  readonly grid: Versioned
  readonly parts: readonly [Ring, Ring]
  readonly codes: readonly [string, string]
  /** Components and places of the grid. */
  readonly within: readonly Versioned[]
  /** Patrol areas, cameras and departments' areas that name it. */
  readonly naming: readonly Versioned[]
  /** `2026-11-21`. */
  readonly today: string
}

export function changesOfDivision({ grid, parts, codes, within, naming, today }: Division): readonly LayerChange[] {
  const retired = changeOf(grid, { state: 'retired', validTo: today })
  const added = parts.map((ring, at): LayerChange => {
    const geometry = { type: 'Polygon' as const, coordinates: [ring] }
    const content = { ...contentOf(grid), state: 'active' as const, validFrom: today, validTo: null, geometry, attributes: {} }
    return { layer: 'grid', code: codes[at] ?? '', version: null, content }
  })
  const moved = within.map((one) => changeOf(one, { parentCode: codes[isIn(parts[0], one) ? 0 : 1] }))
  const renamed = naming.map((one) => {
    const gridCodes = listOf(one.attributes.gridCodes).flatMap((code) => (code === grid.code ? codes : [code]))
    return changeOf(one, { attributes: { ...one.attributes, gridCodes } })
  })
  return [retired, ...added, ...moved, ...renamed]
}

/** The next serials of a community after the highest that was ever given; undefined when its 999 are used up. */
export function nextGridCodes(communityCode: string, given: readonly string[], count: number): readonly string[] | undefined {
  const own = given.filter((code) => code.length === 15 && code.startsWith(communityCode))
  const highest = own.reduce((most, code) => Math.max(most, Number(code.slice(12))), 0)
  if (highest + count > 999) return undefined
  return Array.from({ length: count }, (_, at) => `${communityCode}${String(highest + 1 + at).padStart(3, '0')}`)
}

export const changeOf = (feature: Versioned, patch: Partial<FeatureContent>): LayerChange => ({
  layer: feature.layer,
  code: feature.code,
  version: feature.version,
  content: { ...contentOf(feature), ...patch },
})

function isIn(ring: Ring, { geometry }: Feature): boolean {
  if (geometry?.type !== 'Point') return true
  const [lng, lat] = geometry.coordinates
  return isInRing(ring, { lng, lat })
}
