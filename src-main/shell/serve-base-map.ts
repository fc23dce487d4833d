import { mostTileNo } from '#shared/domain/base-map/tile-address'
import type { Seat } from '../seat-api/seat-api'
import type { OctetsRequest, ServedOctets } from './serve-range'

/**
 * Gives the page one square of a base map at `/base-maps/<source>/<fingerprint>/<layer>/<z>/<x>/<y>`. The page names no host: only numbers reach the core. A copy
 * may be kept for an hour, not longer, so that a square that was stale is asked for again.
 */
const address = /^\/base-maps\/([a-z0-9][a-z0-9-]{0,29})\/([0-9a-f]{16})\/([0-3])\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/

/** Undefined: the address is no square's, or there is nothing there. */
export async function serveBaseMap(tile: Seat['baseMapTile'], { path, method }: OctetsRequest): Promise<ServedOctets | undefined> {
  const [, sourceId = '', fingerprint = '', ...numbers] = address.exec(path) ?? []
  const [layer, z, x, y] = numbers.map(Number)
  if (layer === undefined || z === undefined || x === undefined || y === undefined || x > mostTileNo || y > mostTileNo) return undefined
  const found = await tile({ sourceId, fingerprint, layer, z, x, y })
  if (!found) return undefined
  const headers = {
    'content-type': found.mediaType,
    'content-length': String(found.bytes.length),
    'cache-control': 'private, max-age=3600',
  }
  return { status: 200, headers, body: method === 'HEAD' ? null : once(found.bytes) }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
