import { type Static, Type } from 'typebox'
import { type GeoState, geoLayerIds, geoProblemKinds, geoStates } from '../domain/geodata/layers'
import { AccountNo, EpochMs, orNull, plainText, Uuid, Version } from './common'
import { LngLat, Ring } from './reference-city'

/**
 * The geodata of a city as its centre keeps it: one feature of a layer with its versions, imports and exports of whole layers. Positions are longitude
 * and latitude in degrees (CGCS2000), whatever a file was in. How features are checked is in `domain/grid` and `domain/geo`.
 */
const closed = { additionalProperties: false }
export const GeoLayerSchema = Type.Enum([...geoLayerIds])
/** A retired code is never given again. */
export const GeoStateSchema = Type.Enum(Object.keys(geoStates) as GeoState[])

export const GeoCode = Type.String({ pattern: '^[0-9A-Za-z-]{1,24}$', description: '编码：网格 15 位，部件 16 或 17 位，监控点号等' })
/** `2026-11-21`. */
export const GeoDate = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

/** RFC 7946 §3.1; what a layer may have is the domain's to say. */
export const GeoGeometry = Type.Union([
  Type.Object({ type: Type.Literal('Point'), coordinates: LngLat }, closed),
  Type.Object({ type: Type.Literal('Polygon'), coordinates: Type.Array(Ring, { minItems: 1, maxItems: 50 }) }, closed),
  Type.Object(
    {
      type: Type.Literal('MultiLineString'),
      coordinates: Type.Array(Type.Array(LngLat, { minItems: 2, maxItems: 1_000 }), { minItems: 1, maxItems: 50 }),
    },
    closed,
  ),
])
export type GeoGeometry = Static<typeof GeoGeometry>

const Attribute = Type.Union([
  Type.String({ maxLength: 1_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 60 }), { maxItems: 500 }),
  Type.Null(),
])
/** What only one layer has, by the names that the reference documents use (`cameraNo`'s `deviceId`, `canTurn`, `gridCodes`; a road's `rank` …). */
export const GeoAttributes = Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,39}$' }), Attribute)
export type GeoAttributes = Static<typeof GeoAttributes>

/** What people give of a feature. */
export const GeoContent = Type.Object(
  {
    name: orNull(Type.String({ minLength: 1, maxLength: 60, pattern: plainText })),
    state: GeoStateSchema,
    /** Of a grid its community, of a component or place its grid, of a community its street. */
    parentCode: orNull(GeoCode),
    /** 主管部门, or whose area it is. */
    departmentCode: orNull(Type.String({ minLength: 1, maxLength: 20, pattern: plainText })),
    /** 权属单位. */
    ownerCode: orNull(Type.String({ minLength: 1, maxLength: 20, pattern: plainText })),
    validFrom: GeoDate,
    validTo: orNull(GeoDate),
    geometry: orNull(GeoGeometry),
    attributes: GeoAttributes,
  },
  closed,
)
export type GeoContent = Static<typeof GeoContent>

export const GeoFeature = Type.Object({
  layer: GeoLayerSchema,
  code: GeoCode,
  version: Version,
  ...GeoContent.properties,
  changedAt: EpochMs,
  /** Account number; null when it came with the product or the demonstration. */
  changedBy: orNull(AccountNo),
  /** Why, in the words of who changed it. */
  note: Type.String(),
  /** The import that brought it; null for a single change. */
  importId: orNull(Uuid),
})
export type GeoFeature = Static<typeof GeoFeature>

export const GeoLayerView = Type.Object({
  layer: GeoLayerSchema,
  /** In use now, and given up. */
  active: Type.Integer(),
  retired: Type.Integer(),
  changedAt: orNull(EpochMs),
})
export type GeoLayerView = Static<typeof GeoLayerView>

/** What a file or a feature is refused or questioned for. */
export const GeoProblem = Type.Object({
  kind: Type.Enum([...geoProblemKinds]),
  severity: Type.Enum(['error', 'warning']),
  /** Number of the row or feature in the file, from 1 (in a sheet: the row as its program numbers it); null for the file as a whole. */
  row: orNull(Type.Integer({ minimum: 1 })),
  code: orNull(Type.String()),
  /** A Chinese sentence: what is wrong, and with what. */
  reason: Type.String(),
  /** Where to look, when it has a place. */
  at: orNull(LngLat),
})
export type GeoProblem = Static<typeof GeoProblem>

/** What the coordinates of a file are in. `gaussKruger`: plane coordinates in metres, as surveys of a city have them. */
export const CoordinateSystem = Type.Union([
  Type.Object({ system: Type.Enum(['CGCS2000', 'GCJ-02', 'BD-09']) }, closed),
  Type.Object(
    {
      system: Type.Literal('gaussKruger'),
      /** Degrees east. */
      centralMeridian: Type.Number({ minimum: 70, maximum: 140 }),
      /** Metres; 500 000, with the number of the zone before it where the survey writes it. */
      falseEasting: Type.Number({ minimum: -1e8, maximum: 1e8 }),
      falseNorthing: Type.Number({ minimum: -1e8, maximum: 1e8 }),
      scale: Type.Number({ minimum: 0.9, maximum: 1.1 }),
    },
    closed,
  ),
])
export type CoordinateSystem = Static<typeof CoordinateSystem>

export const geoFormats = { geojson: 'GeoJSON', shapefile: 'Shapefile（.zip）', xlsx: 'Excel（.xlsx）' } as const
export const GeoFormat = Type.Enum(['geojson', 'shapefile', 'xlsx'])
export type GeoFormat = Static<typeof GeoFormat>

/** The largest file that is taken in, 64 MB: 40 000 grids or 150 000 components. Larger ones are refused before a byte is sent. */
export const mostImportBytes = 64 * 1_048_576
/** One piece of an upload. */
export const importPieceBytes = 1_048_576

export const GeoImportAnnouncement = Type.Object(
  {
    importId: Uuid,
    layer: GeoLayerSchema,
    format: GeoFormat,
    fileName: Type.String({ minLength: 1, maxLength: 200, pattern: plainText }),
    bytes: Type.Integer({ minimum: 1, maximum: 10_000_000_000 }),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    coordinates: CoordinateSystem,
    /** `merge`: what the file does not name stays. `replace`: what it does not name is given up. */
    mode: Type.Enum(['merge', 'replace']),
  },
  closed,
)
export type GeoImportAnnouncement = Static<typeof GeoImportAnnouncement>

/**
 * `receiving` until every byte is there; `checking` is the dry run and ends in `refused` (nothing can be taken over: see the problems) or `ready`
 * (waits for `apply`); then `applying` and `applied`. `cancelled` and `failed` (see `failure`) left nothing behind, either.
 */
export const geoImportStates = ['receiving', 'checking', 'refused', 'ready', 'applying', 'applied', 'cancelled', 'failed'] as const
export const GeoImport = Type.Object({
  ...GeoImportAnnouncement.properties,
  state: Type.Enum([...geoImportStates]),
  received: Type.Integer({ minimum: 0 }),
  /** 0–1 of the step that is under way. */
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  /** What is being done now, in words; empty when nothing is. */
  step: Type.String(),
  /** Of the dry run; null before it has ended. */
  counts: orNull(
    Type.Object({
      rows: Type.Integer(),
      added: Type.Integer(),
      changed: Type.Integer(),
      unchanged: Type.Integer(),
      retired: Type.Integer(),
      errors: Type.Integer(),
      warnings: Type.Integer(),
    }),
  ),
  /** The first ones; all of them are in the report. */
  problems: Type.Array(GeoProblem, { maxItems: 100 }),
  hasReport: Type.Boolean(),
  failure: orNull(Type.String()),
  createdAt: EpochMs,
  createdBy: AccountNo,
})
export type GeoImport = Static<typeof GeoImport>

export const GeoExport = Type.Object({
  exportId: Uuid,
  fileName: Type.String(),
  bytes: Type.Integer({ minimum: 0 }),
  features: Type.Integer({ minimum: 0 }),
})
export type GeoExport = Static<typeof GeoExport>

/** Single changes that stand or fall together: a border moves for both its neighbours at once, a grid is given up as its successors are added. */
export const GeoChangeSet = Type.Object(
  {
    changes: Type.Array(
      Type.Object(
        {
          layer: GeoLayerSchema,
          code: GeoCode,
          /** The version that was seen; null for a new feature. */
          version: orNull(Version),
          content: GeoContent,
        },
        closed,
      ),
      // A divided grid takes what stands in it along.
      { minItems: 1, maxItems: 500 },
    ),
    /** Why; kept in the history of each. */
    note: Type.String({ minLength: 1, maxLength: 200, pattern: plainText }),
  },
  closed,
)
export type GeoChangeSet = Static<typeof GeoChangeSet>

export const GeoSaved = Type.Object({
  items: Type.Array(GeoFeature),
  /** What was let through, but should be looked at. */
  warnings: Type.Array(GeoProblem),
})
export type GeoSaved = Static<typeof GeoSaved>
