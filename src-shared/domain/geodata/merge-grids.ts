import { type Ring, ringAreaM2 } from '../geo/ring'
import { changeOf, type LayerChange, type Versioned } from './divide-grid'
import { contentOf, listOf } from './layers'

/**
 * Neighbouring unit grids made one 合并: their codes are given up and never used again, the new one gets the next of the community (GB/T 30428.1: 网格变更后原码停用不复用).
 * What stood in them or named them follows in the same change. A grid has one collector: the one of the largest part keeps it.
 */
export interface Merging {
  /** At least two, of one community. */
  readonly grids: readonly Versioned[]
  readonly ring: Ring
  readonly code: string
  /** Components and places of the grids. */
  readonly within: readonly Versioned[]
  /** Patrol areas, cameras and departments' areas that name one of them. */
  readonly naming: readonly Versioned[]
  /** `2026-11-28`. */
  readonly today: string
}

export interface Merged {
  readonly changes: readonly LayerChange[]
  /** Patrol areas that would be left without any grid: their collectors have to be given another first. */
  readonly emptied: readonly Versioned[]
  /** The patrol area that keeps the new grid; undefined when none named one. */
  readonly keeper: Versioned | undefined
}

export function changesOfMerging({ grids, ring, code, within, naming, today }: Merging): Merged {
  const old = new Set(grids.map((grid) => grid.code))
  const largest = [...grids].sort((a, b) => areaOf(b) - areaOf(a))
  const keeper = largest.flatMap((grid) =>
    naming.filter(({ layer, attributes }) => layer === 'patrolArea' && names(attributes, grid.code)),
  )[0]
  const [first] = largest
  const geometry = { type: 'Polygon' as const, coordinates: [ring] }
  const retired = grids.map((grid) => changeOf(grid, { state: 'retired', validTo: today }))
  const added: readonly LayerChange[] = first
    ? [
        {
          ...{ layer: 'grid', code, version: null },
          content: { ...contentOf(first), state: 'active', validFrom: today, validTo: null, geometry, attributes: {} },
        },
      ]
    : []
  const moved = within.map((one) => changeOf(one, { parentCode: code }))
  const renamed = naming.map((one) => {
    const others = listOf(one.attributes.gridCodes).filter((each) => !old.has(each))
    const keeps = one.layer !== 'patrolArea' || one === keeper
    return changeOf(one, { attributes: { ...one.attributes, gridCodes: keeps ? inPlaceOf(one, old, code) : others } })
  })
  const emptied = naming.filter((one, at) => one.layer === 'patrolArea' && listOf(renamed[at]?.content.attributes.gridCodes).length === 0)
  return { changes: [...retired, ...added, ...moved, ...renamed], emptied, keeper }
}

/** Once, where the first of the old ones stood: of a camera's grids the first is the one it stands in. */
function inPlaceOf({ attributes }: Versioned, old: ReadonlySet<string>, code: string): string[] {
  return [...new Set(listOf(attributes.gridCodes).map((each) => (old.has(each) ? code : each)))]
}

const names = (attributes: Versioned['attributes'], code: string): boolean => listOf(attributes.gridCodes).includes(code)

const areaOf = ({ geometry }: Versioned): number => {
  const ring = geometry?.type === 'Polygon' ? geometry.coordinates[0] : undefined
  return ring ? ringAreaM2(ring) : 0
}
