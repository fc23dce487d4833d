import { type Static, Type } from 'typebox'
import { LimitSchema } from './case-shapes'

/**
 * Reference data about the ground and about who answers for it: outlines, streets, places, cameras, components, patrol areas, the responsibility
 * matrix and the command handbook. Positions are longitude and latitude in degrees (CGCS2000, within a metre of WGS 84). How outlines are drawn
 * or searched is not decided here. `reference.ts` lists these documents with the others.
 */
const itemKind = Type.Enum(['component', 'event'])
const regionCode = Type.String({ pattern: '^\\d{6}$' })
const gridCode = Type.String({ pattern: '^\\d{15}$' })
const subclassCode = Type.String({ pattern: '^\\d{5}$' })
const name = Type.String({ minLength: 1, maxLength: 60 })

/** `[longitude, latitude]`, as GeoJSON writes a position. Written as an array schema, because OpenAPI has no tuples. */
export const LngLat = Type.Unsafe<[number, number]>(Type.Array(Type.Number({ minimum: -180, maximum: 180 }), { minItems: 2, maxItems: 2 }))
export type LngLat = Static<typeof LngLat>

/** RFC 7946 §3.1.6: closed (first = last), the outside counter-clockwise. Neighbours have the very same positions along a shared edge. */
export const Ring = Type.Array(LngLat, { minItems: 4, maxItems: 5_000 })

/** Outlines of the unit grids 单元网格 (GB/T 30428.1), and of what they add up to. */
export const Grids = Type.Object({
  kind: Type.Literal('grids'),
  title: Type.String(),
  grids: Type.Array(
    Type.Object({
      code: gridCode,
      communityCode: Type.String({ pattern: '^\\d{12}$' }),
      /** On the plane through the middle of the region, so that parts add up exactly. */
      areaM2: Type.Number({ exclusiveMinimum: 0 }),
      ring: Ring,
    }),
    { maxItems: 60_000 },
  ),
  /** Region (6 digits), streets (9) and communities (12): the union of their grids. One ring each, holes do not occur. */
  outlines: Type.Array(Type.Object({ areaCode: Type.String({ pattern: '^\\d{6}(\\d{3}){0,2}$' }), areaM2: Type.Number(), ring: Ring }), {
    maxItems: 2_000,
  }),
})

export const StreetsNetwork = Type.Object({
  kind: Type.Literal('streetsNetwork'),
  title: Type.String(),
  streets: Type.Array(
    Type.Object({
      streetId: Type.String({ pattern: '^[a-z0-9-]{1,20}$' }),
      name,
      /** 主干路, 次干路, 支路, 巷. */
      rank: Type.Enum(['trunk', 'main', 'minor', 'lane']),
      /** Several when the street is interrupted. */
      lines: Type.Array(Type.Array(LngLat, { minItems: 2, maxItems: 1_000 }), { minItems: 1, maxItems: 50 }),
    }),
    { maxItems: 5_000 },
  ),
})

/** Named places for addresses 地理编码; the types of GB/T 30428.3 that need a position. */
export const Places = Type.Object({
  kind: Type.Literal('places'),
  title: Type.String(),
  places: Type.Array(
    Type.Object({
      placeId: Type.String({ pattern: '^[a-z0-9-]{1,20}$' }),
      /** 街巷, 小区, 门（楼）址, 标志物, 兴趣点. */
      type: Type.Enum(['street', 'estate', 'doorplate', 'landmark', 'pointOfInterest']),
      name,
      position: LngLat,
      gridCode,
    }),
    { maxItems: 50_000 },
  ),
})

export const Cameras = Type.Object({
  kind: Type.Literal('cameras'),
  title: Type.String(),
  cameras: Type.Array(
    Type.Object({
      cameraNo: Type.String({ pattern: '^\\d{3,6}$' }),
      name,
      /** GB/T 28181, 20 digits. */
      deviceId: Type.String({ pattern: '^\\d{20}$' }),
      /** 球机 turns, 枪机 does not. */
      canTurn: Type.Boolean(),
      position: LngLat,
      /** What it sees, a dome at its home preset: degrees clockwise from north, degrees across, metres. Absent while nobody entered it. */
      sight: Type.Optional(
        Type.Object({
          bearingDeg: Type.Number({ minimum: 0, exclusiveMaximum: 360 }),
          spreadDeg: Type.Number({ exclusiveMinimum: 0, maximum: 360 }),
          reachM: Type.Number({ exclusiveMinimum: 0, maximum: 2_000 }),
        }),
      ),
      /** Grids it can see, the one where it stands first. */
      gridCodes: Type.Array(gridCode, { minItems: 1, maxItems: 50 }),
    }),
    { maxItems: 5_000 },
  ),
})

const column = (minimum = 0) => Type.Array(Type.Integer({ minimum }), { maxItems: 200_000 })

/**
 * Management components 部件, column by column because there are tens of thousands: element `i` of every column belongs to component `i`, columns
 * ending in `Index` point into the lists above them. The code of component `i` (GB/T 47678.5-2026, 17 digits) is region + subclass + six digits of
 * `serial`; its name is the subclass's.
 */
export const Components = Type.Object({
  kind: Type.Literal('components'),
  title: Type.String(),
  standard: Type.String(),
  regionCode,
  subclassCodes: Type.Array(subclassCode, { maxItems: 1_000 }),
  gridCodes: Type.Array(gridCode, { maxItems: 60_000 }),
  /** Codes of the document `departments`. */
  departmentCodes: Type.Array(Type.String(), { maxItems: 1_000 }),
  /** South-west corner from which `east` and `north` are counted. */
  origin: LngLat,
  count: Type.Integer({ minimum: 0 }),
  subclassIndex: column(),
  serial: column(1),
  gridIndex: column(),
  /** Millionths of a degree of longitude from `origin`. */
  east: column(),
  /** Millionths of a degree of latitude from `origin`. */
  north: column(),
  /** 主管部门: who looks after it. */
  departmentIndex: column(),
  /** 权属单位: whose it is. */
  ownerIndex: column(),
  /** 0 完好, 1 破损, 2 丢失, 3 废弃, 4 移除. */
  state: column(),
})

/** Patrol areas 责任网格: every grid has one collector, and one who stands in. */
export const PatrolAreas = Type.Object({
  kind: Type.Literal('patrolAreas'),
  title: Type.String(),
  patrolAreas: Type.Array(
    Type.Object({
      /** Account number of the collector. */
      collectorNo: Type.String({ pattern: '^\\d{4,8}$' }),
      collectorName: name,
      substituteNo: Type.String({ pattern: '^\\d{4,8}$' }),
      gridCodes: Type.Array(gridCode, { minItems: 1, maxItems: 500 }),
    }),
    { maxItems: 2_000 },
  ),
})

/** Where a department answers 专业部门管辖范围: drawn, or named by grids. What it answers for is the responsibility matrix. */
export const DepartmentAreas = Type.Object({
  kind: Type.Literal('departmentAreas'),
  title: Type.String(),
  areas: Type.Array(
    Type.Object({
      areaId: Type.String({ minLength: 1, maxLength: 24 }),
      departmentCode: Type.String({ minLength: 1, maxLength: 20 }),
      name: Type.Union([name, Type.Null()]),
      /** The outside first, then the holes; null when it is named by grids alone. */
      rings: Type.Union([Type.Array(Ring, { minItems: 1, maxItems: 50 }), Type.Null()]),
      gridCodes: Type.Array(gridCode, { maxItems: 500 }),
    }),
    { maxItems: 5_000 },
  ),
})

/**
 * The archive of vector tiles (PMTiles 3, Mapbox vector tiles) that the centre cut from the very same data as the documents above. A seat downloads it by
 * `sha256` and keeps it; the layers' fields are in `docs/features/map.md`.
 */
export const MapTiles = Type.Object({
  kind: Type.Literal('mapTiles'),
  title: Type.String(),
  /** Of the whole archive; also its name. */
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  bytes: Type.Integer({ minimum: 1 }),
  minZoom: Type.Integer({ minimum: 0, maximum: 22 }),
  maxZoom: Type.Integer({ minimum: 0, maximum: 22 }),
  /** West, south, east, north. */
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  layers: Type.Array(Type.Object({ id: Type.String(), features: Type.Integer(), minZoom: Type.Integer() })),
})

/**
 * Responsibility matrix 责任矩阵: who handles a subclass where. A row's area is the region (6 digits), a street (9) or a community (12); of the
 * rows that contain a place the one with the longest code wins. `limit` is the ordinary one; the handbook's filing condition may be stricter.
 */
export const Responsibility = Type.Object({
  kind: Type.Literal('responsibility'),
  title: Type.String(),
  standard: Type.String(),
  rows: Type.Array(
    Type.Object({
      kind: itemKind,
      subclassCode,
      areaCode: Type.String({ pattern: '^\\d{6}(\\d{3}){0,2}$' }),
      departmentCode: Type.String({ minLength: 1, maxLength: 20 }),
      legalBasis: Type.String({ minLength: 1, maxLength: 200 }),
      limit: LimitSchema,
    }),
    { maxItems: 50_000 },
  ),
})

/** Command handbook 指挥手册: when a report of a subclass is filed, how fast it is handled, and when it is closed. Every subclass once. */
export const Handbook = Type.Object({
  kind: Type.Literal('handbook'),
  title: Type.String(),
  standard: Type.String(),
  entries: Type.Array(
    Type.Object({
      kind: itemKind,
      subclassCode,
      name,
      /** 立案条件, the most urgent first. */
      conditions: Type.Array(
        Type.Object({
          /** Unique in the document; cases keep it, so it is never given to another condition. */
          conditionId: Type.String({ pattern: '^[CE]\\d{5}-\\d{1,2}$' }),
          text: Type.String({ minLength: 1, maxLength: 200 }),
          limit: LimitSchema,
        }),
        { minItems: 1, maxItems: 20 },
      ),
      /** 结案条件. */
      closing: Type.String({ minLength: 1, maxLength: 200 }),
      /** A `type` of the document `departments`. */
      departmentType: Type.String({ minLength: 1, maxLength: 40 }),
      /** 法律依据. */
      legalBasis: Type.String({ minLength: 1, maxLength: 200 }),
    }),
    { maxItems: 2_000 },
  ),
})
