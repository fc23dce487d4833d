import type { Polygon } from '../geo/ring'

/** What the centre keeps of the city's ground, layer by layer: names, states, and what a feature of each is made of. */
/** Order: what others refer to comes first, as one would import them. */
export const geoLayers = {
  district: '区县',
  street: '街道（镇、乡）',
  community: '社区（村）',
  grid: '单元网格',
  component: '部件',
  camera: '监控点',
  road: '道路',
  place: '地名地址',
  patrolArea: '责任网格',
  departmentArea: '专业部门管辖范围',
} as const
export type GeoLayer = keyof typeof geoLayers
export const geoLayerIds = Object.keys(geoLayers) as readonly GeoLayer[]

/** 在用, 停用 for everything; the five of GB/T 47678.5 for components. */
export const geoStates = {
  active: '在用',
  retired: '停用',
  intact: '完好',
  damaged: '破损',
  lost: '丢失',
  abandoned: '废弃',
  removed: '移除',
} as const
export type GeoState = keyof typeof geoStates

/** In the order of the column `state` of the reference document `components`. */
export const componentStates = ['intact', 'damaged', 'lost', 'abandoned', 'removed'] as const satisfies readonly GeoState[]

export const statesOf = (layer: GeoLayer): readonly GeoState[] => (layer === 'component' ? componentStates : ['active', 'retired'])

/** A feature that is there no more; its code is never given again. A component that is lost or abandoned is still somebody's to see to. */
export const isGivenUp = (state: GeoState): boolean => state === 'retired' || state === 'removed'
export const givenUpState = (layer: GeoLayer): GeoState => (layer === 'component' ? 'removed' : 'retired')

/** RFC 7946 §3.1. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
  | { readonly type: 'Polygon'; readonly coordinates: Polygon }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly (readonly [number, number])[])[] }

export const geometryNames: Record<Geometry['type'], string> = { Point: '点', Polygon: '面', MultiLineString: '线' }

/** `null`: a feature of this layer has no shape of its own; `may`: it may go without. */
export const geometryOf: Record<GeoLayer, { readonly type: Geometry['type'] | null; readonly may?: true }> = {
  district: { type: 'Polygon', may: true },
  street: { type: 'Polygon', may: true },
  community: { type: 'Polygon', may: true },
  grid: { type: 'Polygon' },
  component: { type: 'Point' },
  camera: { type: 'Point' },
  road: { type: 'MultiLineString' },
  place: { type: 'Point' },
  patrolArea: { type: null },
  departmentArea: { type: 'Polygon', may: true },
}

export type AttributeValue = string | number | boolean | string[] | null

/** What people say of a feature. */
export interface FeatureContent {
  readonly name: string | null
  readonly state: GeoState
  readonly parentCode: string | null
  readonly departmentCode: string | null
  readonly ownerCode: string | null
  /** `2026-11-21`. */
  readonly validFrom: string
  readonly validTo: string | null
  readonly geometry: Geometry | null
  readonly attributes: Readonly<Record<string, AttributeValue>>
}

export interface Feature extends FeatureContent {
  readonly code: string
}

/** Without what its keeping adds. */
export const contentOf = (feature: FeatureContent): FeatureContent => ({
  name: feature.name,
  state: feature.state,
  parentCode: feature.parentCode,
  departmentCode: feature.departmentCode,
  ownerCode: feature.ownerCode,
  validFrom: feature.validFrom,
  validTo: feature.validTo,
  geometry: feature.geometry,
  attributes: feature.attributes,
})

/** A feature that somebody wants in; `row` is its number in a file. */
export interface Candidate extends Feature {
  readonly row: number | null
}

export const geoProblemKinds = [
  'unreadable',
  'missingField',
  'wrongValue',
  'wrongCode',
  'duplicateCode',
  'reusedCode',
  'unknownParent',
  'geometryMissing',
  'openRing',
  'tooFewPoints',
  'selfCrossing',
  'overlap',
  'gap',
  'outsideParent',
  'outsideCity',
  'shiftedCoordinates',
] as const

export interface Problem {
  readonly kind: (typeof geoProblemKinds)[number]
  /** An error keeps everything out, a warning is for people to look at. */
  readonly severity: 'error' | 'warning'
  readonly row: number | null
  readonly code: string | null
  readonly reason: string
  readonly at: [number, number] | null
}

/** Which attributes a layer may have, and their names in sheets and tables. */
export const attributeTitles: Record<GeoLayer, Readonly<Record<string, string>>> = {
  district: { cityName: '城市', provinceName: '省份' },
  street: { kind: '类型' },
  community: {},
  grid: { areaM2: '面积' },
  component: {},
  camera: { deviceId: '设备编码', canTurn: '可转动', gridCodes: '可见网格' },
  road: { rank: '等级' },
  place: { type: '类型' },
  patrolArea: { substituteNo: '替班监督员', gridCodes: '包含单元网格' },
  departmentArea: { gridCodes: '包含单元网格' },
}

export const listOf = (value: AttributeValue | undefined): readonly string[] => (Array.isArray(value) ? value : [])
export const textOf = (value: AttributeValue | undefined): string => (typeof value === 'string' ? value : '')

/** The middle of a shape's corners: near enough to tell where it is, and the same for the same shape. */
export function middleOf(geometry: Geometry | null): readonly [number, number] | undefined {
  const points = geometry ? cornersOf(geometry) : []
  if (points.length === 0) return undefined
  const [x, y] = points.reduce<readonly [number, number]>(([a, b], [c, d]) => [a + c, b + d], [0, 0])
  return [x / points.length, y / points.length]
}

export function cornersOf(geometry: Geometry): readonly (readonly [number, number])[] {
  if (geometry.type === 'Point') return [geometry.coordinates]
  return geometry.type === 'Polygon' ? (geometry.coordinates[0] ?? []) : geometry.coordinates.flat()
}

/** Every position of it moved by `move`. */
export function moved(geometry: Geometry, move: (position: readonly [number, number]) => readonly [number, number]): Geometry {
  if (geometry.type === 'Point') return { type: 'Point', coordinates: move(geometry.coordinates) }
  return { ...geometry, coordinates: geometry.coordinates.map((line) => line.map(move)) }
}
