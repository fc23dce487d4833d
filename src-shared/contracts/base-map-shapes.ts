import { type Static, Type } from 'typebox'
import { type BaseMapLook, baseMapLooks, type TilingKind, tilingNames } from '../domain/base-map/source'
import { plainText } from './common'
import { CoordinateSystem } from './geo-shapes'

/** Base maps from elsewhere, as an administrator enters them; what a whole configuration must fulfil is in `domain/base-map`. */
const closed = { additionalProperties: false }
const metres = Type.Number({ minimum: -1e8, maximum: 1e8 })
const quadTilings = (Object.keys(tilingNames) as TilingKind[]).filter((kind) => kind !== 'plane')

export const BaseMapId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,29}$', description: '底图编号：小写字母、数字、横线' })

export const BaseMapTiling = Type.Union([
  Type.Object({ kind: Type.Enum(quadTilings as Exclude<TilingKind, 'plane'>[]) }, closed),
  Type.Object(
    {
      kind: Type.Literal('plane'),
      /** Metres. */
      originEast: metres,
      originNorth: metres,
      /** Metres a pixel, the coarsest first. */
      resolutions: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 200_000 }), { minItems: 1, maxItems: 30 }),
    },
    closed,
  ),
])

export const BaseMapSourceSchema = Type.Object(
  {
    sourceId: BaseMapId,
    name: Type.String({ minLength: 1, maxLength: 20, pattern: plainText }),
    look: Type.Enum(Object.keys(baseMapLooks) as BaseMapLook[]),
    attribution: Type.String({ maxLength: 60, pattern: plainText, description: '版权与审图号，显示在图上' }),
    coordinates: CoordinateSystem,
    tiling: BaseMapTiling,
    tileSize: Type.Enum([256, 512]),
    minZoom: Type.Integer({ minimum: 0, maximum: 22 }),
    maxZoom: Type.Integer({ minimum: 0, maximum: 22 }),
    layers: Type.Array(Type.String({ minLength: 10, maxLength: 500, pattern: plainText }), { minItems: 1, maxItems: 4 }),
    subdomains: Type.Array(Type.String({ pattern: '^[0-9A-Za-z-]{1,20}$' }), { maxItems: 16 }),
  },
  closed,
)
export type BaseMapSourceSchema = Static<typeof BaseMapSourceSchema>

export const mostBaseMaps = 12
export const BaseMapSources = Type.Array(BaseMapSourceSchema, { maxItems: mostBaseMaps })

/** The reference document, without keys: every seat holds it, so that the switch in the map works without the centre. */
export const BaseMaps = Type.Object({ kind: Type.Literal('baseMaps'), title: Type.String(), sources: BaseMapSources })

/** What the administrator is shown: which sources have a key, never the key. */
export const BaseMapSettings = Type.Object({
  /** Null while nothing was ever entered. */
  hash: Type.Union([Type.String(), Type.Null()]),
  sources: BaseMapSources,
  keyed: Type.Array(BaseMapId),
})
export type BaseMapSettings = Static<typeof BaseMapSettings>

export const BaseMapWish = Type.Object(
  {
    seenHash: Type.Union([Type.String({ maxLength: 100 }), Type.Null()]),
    sources: BaseMapSources,
    /** New keys by source; null takes one away, what is not named stays. */
    keys: Type.Record(BaseMapId, Type.Union([Type.String({ minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' }), Type.Null()])),
  },
  closed,
)
export type BaseMapWish = Static<typeof BaseMapWish>
