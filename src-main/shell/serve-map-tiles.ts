import { rangeOf } from '#shared/base/byte-range'
import type { Seat } from '../seat-api/seat-api'
import type { ServedSound } from './serve-recording'

/**
 * Gives the page the archive of map tiles that lies in the data folder, by ranges (RFC 9110 §14), as a reader of PMTiles asks for it. Its address holds its
 * hash: what was read may be kept for good.
 */
const address = /^\/map-tiles\/([0-9a-f]{64})\.pmtiles$/

/** Undefined: the address is no archive's, or it is not here. */
export function serveMapTiles(
  archive: Seat['mapArchive'],
  { path, method, range }: { readonly path: string; readonly method: string; readonly range: string | undefined },
): ServedSound | undefined {
  const sha256 = address.exec(path)?.[1]
  const found = sha256 === undefined ? undefined : archive(sha256)
  if (!found || sha256 === undefined) return undefined
  const { bytes } = found
  const common = {
    'content-type': 'application/vnd.pmtiles',
    'accept-ranges': 'bytes',
    etag: `"${sha256}"`,
    'cache-control': 'private, max-age=31536000, immutable',
  }
  const wanted = rangeOf(range, bytes)
  if (wanted === 'unsatisfiable')
    return { status: 416, headers: { ...common, 'content-range': `bytes */${bytes}`, 'content-length': '0' }, body: null }
  const { from, until } = wanted ?? { from: 0, until: bytes }
  return {
    status: wanted ? 206 : 200,
    headers: {
      ...common,
      'content-length': String(until - from),
      ...(wanted && { 'content-range': `bytes ${from}-${until - 1}/${bytes}` }),
    },
    body: method === 'HEAD' ? null : found.read(from, until),
  }
}
