import type { ReferenceDocument } from '#shared/contracts/reference'
import type { LngLat } from '#shared/contracts/reference-city'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { componentStates, type Feature, type GeoLayer, isGivenUp, listOf, textOf } from '#shared/domain/geodata/layers'

/**
 * The reference documents that seats hold, made from the geodata: one truth, two forms. Features that are given up are in none. Order is by code, so the
 * same data gives the same document.
 */
export type CityDocuments = {
  readonly [K in
    | 'areas'
    | 'grids'
    | 'components'
    | 'cameras'
    | 'streetsNetwork'
    | 'places'
    | 'patrolAreas'
    | 'departmentAreas']: ReferenceDocument<K>
}

/** The titles that the documents had, and the standard of their components. */
export interface DocumentFrame {
  readonly titleOf: (kind: keyof CityDocuments, usual: string) => string
  /** Standard of the newest classification with 17-digit codes. */
  readonly standard: string
}

type Features = (layer: GeoLayer) => readonly Feature[]

/** Undefined while there is no district: then there is no city to speak of. */
export function cityDocuments(all: Features, frame: DocumentFrame): CityDocuments | undefined {
  const kept = new Map<GeoLayer, readonly Feature[]>()
  const inUse: Features = (layer) => {
    const known = kept.get(layer)
    if (known) return known
    const features = all(layer)
      .filter(({ state }) => !isGivenUp(state))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    kept.set(layer, features)
    return features
  }
  const [district] = inUse('district')
  if (!district) return undefined
  const title = (kind: keyof CityDocuments, usual: string) => frame.titleOf(kind, `${district.name ?? ''}${usual}`)
  return {
    areas: { ...areasOf(district, inUse), title: title('areas', '街道社区网格') },
    grids: { ...gridsOf(inUse), title: title('grids', '单元网格边界') },
    components: { ...componentsOf(district.code, inUse('component'), frame.standard), title: title('components', '部件') },
    cameras: { kind: 'cameras', title: title('cameras', '监控点'), cameras: inUse('camera').flatMap(cameraOf) },
    streetsNetwork: { kind: 'streetsNetwork', title: title('streetsNetwork', '道路'), streets: inUse('road').flatMap(roadOf) },
    places: { kind: 'places', title: title('places', '地名地址'), places: inUse('place').flatMap(placeOf) },
    patrolAreas: { kind: 'patrolAreas', title: title('patrolAreas', '责任网格'), patrolAreas: inUse('patrolArea').map(patrolOf) },
    departmentAreas: {
      kind: 'departmentAreas',
      title: title('departmentAreas', '专业部门管辖范围'),
      areas: inUse('departmentArea').map(departmentAreaOf),
    },
  }
}

const certain = { source: '本市底数', isCertain: true }

function areasOf(district: Feature, inUse: Features): Omit<ReferenceDocument<'areas'>, 'title'> {
  return {
    kind: 'areas',
    region: {
      code: district.code,
      name: district.name ?? district.code,
      cityName: textOf(district.attributes.cityName),
      provinceName: textOf(district.attributes.provinceName),
    },
    streets: inUse('street').map(({ code, name, attributes }) => ({
      code,
      name: name ?? code,
      kind: textOf(attributes.kind) || '街道',
      ...certain,
    })),
    communities: inUse('community').map(({ code, name }) => ({ code, name: name ?? code, streetCode: code.slice(0, 9), ...certain })),
    grids: inUse('grid').map(({ code }) => ({ code, communityCode: code.slice(0, 12), ...certain })),
  }
}

function gridsOf(inUse: Features): Omit<ReferenceDocument<'grids'>, 'title'> {
  const areas = [...inUse('district'), ...inUse('street'), ...inUse('community')]
  const ringOf = ({ geometry }: Feature) => (geometry?.type === 'Polygon' ? geometry.coordinates[0] : undefined)
  return {
    kind: 'grids',
    grids: inUse('grid').flatMap((feature) => {
      const ring = ringOf(feature)
      const { code, attributes } = feature
      if (!ring) return []
      const areaM2 = typeof attributes.areaM2 === 'number' ? attributes.areaM2 : ringAreaM2(ring)
      return [{ code, communityCode: code.slice(0, 12), areaM2, ring: ring.map(pair) }]
    }),
    outlines: areas.flatMap((area) => {
      const ring = ringOf(area)
      if (!ring) return []
      const { areaM2 } = area.attributes
      return [{ areaCode: area.code, areaM2: typeof areaM2 === 'number' ? areaM2 : ringAreaM2(ring), ring: ring.map(pair) }]
    }),
  }
}

const pair = ([lng, lat]: readonly [number, number]): LngLat => [lng, lat]

/** Codes of 16 digits belong to editions whose subclasses have other codes: such components are on the map's tiles, and in no document of the new standard. */
function componentsOf(regionCode: string, all: readonly Feature[], standard: string): Omit<ReferenceDocument<'components'>, 'title'> {
  const components = all.flatMap((feature) => {
    const { code, geometry, parentCode, departmentCode } = feature
    const isWhole = code.length === 17 && geometry?.type === 'Point' && parentCode !== null && departmentCode !== null
    return isWhole ? [{ ...feature, at: geometry.coordinates, parentCode, departmentCode }] : []
  })
  const subclassCodes = listIndex(components.map(({ code }) => code.slice(6, 11)))
  const gridCodes = listIndex(components.map(({ parentCode }) => parentCode))
  const departments = listIndex(components.flatMap(({ departmentCode, ownerCode }) => [departmentCode, ownerCode ?? departmentCode]))
  const origin: LngLat = [Math.min(180, ...mins(components, 0)), Math.min(90, ...mins(components, 1))]
  const micro = (value: number, from: number) => Math.max(0, Math.round((value - from) * 1e6))
  return {
    kind: 'components',
    standard,
    regionCode,
    subclassCodes: subclassCodes.list,
    gridCodes: gridCodes.list,
    departmentCodes: departments.list,
    origin: components.length > 0 ? origin : [0, 0],
    count: components.length,
    subclassIndex: components.map(({ code }) => subclassCodes.at(code.slice(6, 11))),
    serial: components.map(({ code }) => Math.max(1, Number(code.slice(11)))),
    gridIndex: components.map(({ parentCode }) => gridCodes.at(parentCode)),
    east: components.map(({ at }) => micro(at[0], origin[0])),
    north: components.map(({ at }) => micro(at[1], origin[1])),
    departmentIndex: components.map(({ departmentCode }) => departments.at(departmentCode)),
    ownerIndex: components.map(({ ownerCode, departmentCode }) => departments.at(ownerCode ?? departmentCode)),
    state: components.map(({ state }) => Math.max(0, (componentStates as readonly string[]).indexOf(state))),
  }
}

/** One figure at most: spreading a hundred thousand into `Math.min` overflows the stack. */
const mins = (components: readonly { readonly at: readonly [number, number] }[], axis: 0 | 1): readonly number[] =>
  components.length === 0 ? [] : [components.reduce((least, { at }) => Math.min(least, at[axis]), Number.POSITIVE_INFINITY)]

function listIndex(values: readonly string[]): { readonly list: string[]; at(value: string): number } {
  const list = [...new Set(values)].sort()
  const places = new Map(list.map((value, at) => [value, at]))
  return { list, at: (value) => places.get(value) ?? 0 }
}

const pointOf = ({ geometry }: Feature): LngLat | undefined => (geometry?.type === 'Point' ? pair(geometry.coordinates) : undefined)

function cameraOf(feature: Feature): ReferenceDocument<'cameras'>['cameras'] {
  const position = pointOf(feature)
  const { code, name, attributes } = feature
  if (!position) return []
  const gridCodes = [...listOf(attributes.gridCodes)]
  return [
    {
      cameraNo: code,
      name: name ?? code,
      deviceId: textOf(attributes.deviceId),
      canTurn: attributes.canTurn === true,
      position,
      gridCodes,
    },
  ]
}

type Road = ReferenceDocument<'streetsNetwork'>['streets'][number]
type Place = ReferenceDocument<'places'>['places'][number]

function roadOf({ code, name, attributes, geometry }: Feature): readonly Road[] {
  if (geometry?.type !== 'MultiLineString') return []
  const lines = geometry.coordinates.map((line) => line.map(pair))
  return [{ streetId: code, name: name ?? code, rank: textOf(attributes.rank) as Road['rank'], lines }]
}

function placeOf(feature: Feature): readonly Place[] {
  const position = pointOf(feature)
  const { code, name, attributes, parentCode } = feature
  if (!position || parentCode === null) return []
  return [{ placeId: code, type: textOf(attributes.type) as Place['type'], name: name ?? code, position, gridCode: parentCode }]
}

function patrolOf({ code, name, attributes }: Feature): ReferenceDocument<'patrolAreas'>['patrolAreas'][number] {
  return {
    collectorNo: code,
    collectorName: name ?? code,
    substituteNo: textOf(attributes.substituteNo),
    gridCodes: [...listOf(attributes.gridCodes)],
  }
}

function departmentAreaOf({
  code,
  name,
  departmentCode,
  geometry,
  attributes,
}: Feature): ReferenceDocument<'departmentAreas'>['areas'][number] {
  const rings = geometry?.type === 'Polygon' ? geometry.coordinates.map((ring) => ring.map(pair)) : null
  return { areaId: code, departmentCode: departmentCode ?? '', name, rings, gridCodes: [...listOf(attributes.gridCodes)] }
}
