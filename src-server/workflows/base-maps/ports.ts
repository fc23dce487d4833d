import type { Result } from '#shared/base/result'
import type { TileFailure, TilePicture } from '../../base-maps/fetch-tile'

/** Fetches squares for many seats: once for all who want the same one, and with a rest after a host did not answer. */
export interface TileDesk {
  fetch(address: string, sourceId: string): Promise<Result<TilePicture, TileFailure>>
}
