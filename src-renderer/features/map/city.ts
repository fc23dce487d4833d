import type { ReferenceDocument } from '#shared/contracts/reference'
import { type GridIndex, gridIndexOf } from '#shared/domain/geo/grid-index'
import type { Position } from '#shared/domain/geo/position'
import type { Ring } from '#shared/domain/geo/ring'
import { type AreaGrade, type Locator, locatorOf, type Near, nearIndexOf, type Responsibilities } from '#shared/domain/place/locate'

/**
 * The ground of the city as the map draws and searches it, made from the reference documents that the seat keeps: it needs no centre. Every part
 * may be missing; the map then shows the others.
 */
export interface CityDocuments {
  readonly areas?: ReferenceDocument<'areas'> | undefined
  readonly grids?: ReferenceDocument<'grids'> | undefined
  readonly streetsNetwork?: ReferenceDocument<'streetsNetwork'> | undefined
  readonly places?: ReferenceDocument<'places'> | undefined
  readonly cameras?: ReferenceDocument<'cameras'> | undefined
  readonly components?: ReferenceDocument<'components'> | undefined
  readonly departments?: ReferenceDocument<'departments'> | undefined
  readonly departmentAreas?: ReferenceDocument<'departmentAreas'> | undefined
  readonly patrolAreas?: ReferenceDocument<'patrolAreas'> | undefined
  readonly centreProfile?: ReferenceDocument<'centreProfile'> | undefined
  /** Names of component subclasses. */
  readonly classification?: ReferenceDocument<'classification'> | undefined
}

/** A thing that stands somewhere. */
export interface MapItem {
  readonly kind: 'component' | 'camera'
  readonly code: string
  readonly name: string
  readonly position: Position
  /** Components: 0 完好, 1 破损, 2 丢失, 3 废弃, 4 移除. Cameras: 1 when it can turn. */
  readonly state: number
  /** Who looks after a component. */
  readonly department: string | undefined
}

export interface NamedPlace {
  readonly name: string
  readonly position: Position
}

export interface City {
  readonly documents: CityDocuments
  readonly gridIndex: GridIndex
  readonly components: readonly MapItem[]
  readonly cameras: readonly MapItem[]
  /** Grid, community, street, grade, departments and what is near of a position. */
  readonly locator: Locator<{ readonly components: readonly MapItem[]; readonly cameras: readonly MapItem[] }>
  /** The named place nearest to a position, at most 120 m away: what an address could say. */
  placeNear(position: Position): Near<NamedPlace> | undefined
  ringOf(gridCode: string): Ring | undefined
  /** Name of a region, street or community, or undefined. */
  nameOf(areaCode: string | undefined): string | undefined
  departmentName(code: string): string | undefined
  /** Who patrols a grid. */
  collectorOf(gridCode: string): string | undefined
  /** Name of a collector who has a patrol area. */
  collectorName(accountNo: string): string | undefined
}

const nearPlaceM = 120

export function cityOf(documents: CityDocuments): City {
  const gridIndex = gridIndexOf(documents.grids?.grids ?? [])
  const components = componentsOf(documents)
  const cameras = (documents.cameras?.cameras ?? []).map(({ cameraNo, name, position: [lng, lat], canTurn }): MapItem => {
    return { kind: 'camera', code: cameraNo, name, position: { lng, lat }, state: canTurn ? 1 : 0, department: undefined }
  })
  const { areas, patrolAreas, departments } = documents
  // Roads have names, but the position of one says nothing about where along it somebody stands.
  const named = (documents.places?.places ?? []).filter(({ type }) => type !== 'street')
  const near = nearIndexOf(named.map(({ name, position: [lng, lat] }): NamedPlace => ({ name, position: { lng, lat } })))
  const rings = new Map((documents.grids?.grids ?? []).map(({ code, ring }) => [code, ring]))
  const names = new Map(areas ? [areas.region, ...areas.streets, ...areas.communities].map(({ code, name }) => [code, name] as const) : [])
  const departmentNames = new Map((departments?.departments ?? []).map(({ code, name }) => [code, name] as const))
  const people = new Map((patrolAreas?.patrolAreas ?? []).map(({ collectorNo, collectorName }) => [collectorNo, collectorName] as const))
  const collectors = new Map(
    (patrolAreas?.patrolAreas ?? []).flatMap(({ gridCodes, collectorName }) => gridCodes.map((code) => [code, collectorName] as const)),
  )
  return {
    documents,
    gridIndex,
    components,
    cameras,
    locator: locatorOf(gridIndex, { components, cameras }, responsibilitiesOf(documents)),
    placeNear: (position) => near.nearest(position, 1, nearPlaceM)[0],
    ringOf: (gridCode) => rings.get(gridCode),
    nameOf: (code) => (code === undefined ? undefined : names.get(code)),
    departmentName: (code) => departmentNames.get(code),
    collectorName: (accountNo) => people.get(accountNo),
    collectorOf: (gridCode) => collectors.get(gridCode),
  }
}

function responsibilitiesOf({ centreProfile, departmentAreas }: CityDocuments): Responsibilities {
  const grades = Object.entries(centreProfile?.areaGrades ?? {})
  return { areaGrades: Object.fromEntries(grades) as Record<string, AreaGrade>, departmentAreas: departmentAreas?.areas ?? [] }
}

/** Code: region, subclass, six digits of serial (GB/T 47678.5-2026). */
function componentsOf({ components, classification, departments }: CityDocuments): readonly MapItem[] {
  if (!components) return []
  const subclasses = new Map(
    (classification?.subclasses ?? []).flatMap(({ kind, code, name }) => (kind === 'component' ? [[code, name] as const] : [])),
  )
  const departmentNames = new Map((departments?.departments ?? []).map(({ code, name }) => [code, name]))
  const { origin, regionCode, subclassCodes, departmentCodes, subclassIndex, serial, east, north, departmentIndex, state } = components
  return Array.from({ length: components.count }, (_, at): MapItem => {
    const subclass = subclassCodes[subclassIndex[at] ?? -1] ?? ''
    return {
      kind: 'component',
      code: `${regionCode}${subclass}${String(serial[at] ?? 0).padStart(6, '0')}`,
      name: subclasses.get(subclass) ?? subclass,
      position: { lng: origin[0] + (east[at] ?? 0) / 1e6, lat: origin[1] + (north[at] ?? 0) / 1e6 },
      state: state[at] ?? 0,
      department: departmentNames.get(departmentCodes[departmentIndex[at] ?? -1] ?? ''),
    }
  })
}
