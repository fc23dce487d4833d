import type { Seat } from '../seat-api/seat-api'
import { type OctetsRequest, type ServedOctets, serveRange } from './serve-range'

/**
 * Gives the page the archive of map tiles that lies in the data folder, by ranges, as a reader of PMTiles asks for it. Its address holds its hash: what was
 * read may be kept for good.
 */
const address = /^\/map-tiles\/([0-9a-f]{64})\.pmtiles$/

/** Undefined: the address is no archive's, or it is not here. */
export function serveMapTiles(archive: Seat['mapArchive'], request: OctetsRequest): ServedOctets | undefined {
  const sha256 = address.exec(request.path)?.[1]
  const found = sha256 === undefined ? undefined : archive(sha256)
  if (!found || sha256 === undefined) return undefined
  return serveRange(found, request, {
    'content-type': 'application/vnd.pmtiles',
    etag: `"${sha256}"`,
    'cache-control': 'private, max-age=31536000, immutable',
  })
}
