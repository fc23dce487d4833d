import { Type } from 'typebox'
import { BaseMapId, BaseMapSourceSchema } from '../base-map-shapes'
import { EpochMs, orNull } from '../common'

/** The base maps that a window may draw, and how old what they show is. Addresses are of the page itself; hosts and keys are no window's business. */
const { name, look, attribution, coordinates, tiling, tileSize, minZoom, maxZoom } = BaseMapSourceSchema.properties

export const BaseMapView = Type.Object({
  sourceId: BaseMapId,
  ...{ name, look, attribution, coordinates, tiling, tileSize, minZoom, maxZoom },
  /** One for each layer, the lowest first: `{z}/{x}/{y}` follow. */
  addresses: Type.Array(Type.String()),
  /** `live`: fetched or fresh. `stale`: from this seat's cache because it could not be fetched. `missing`: squares are missing as well. */
  state: Type.Enum(['live', 'stale', 'missing']),
  /** When the oldest square that was shown stale had been fetched. */
  asOf: orNull(EpochMs),
  /** Why it could not be fetched, in words. */
  problem: orNull(Type.String()),
})

export const BaseMapsView = Type.Object({
  sources: Type.Array(BaseMapView),
  cache: Type.Object({ bytes: Type.Integer(), limitBytes: Type.Integer(), tiles: Type.Integer() }),
})
