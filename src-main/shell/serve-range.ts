import { rangeOf } from '#shared/base/byte-range'

/** Octets that the page is given whole or by one range (RFC 9110 §14). */
export interface ServedOctets {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  /** Null: only the headers were asked for, or nothing can be given. */
  readonly body: AsyncGenerator<Uint8Array> | null
}

export interface OctetsRequest {
  /** Path of the address, without its query. */
  readonly path: string
  readonly method: string
  readonly range: string | undefined
}

/** `headers`: what is said of them besides their length and range. */
export function serveRange(
  source: { readonly bytes: number; read(from: number, until: number): AsyncGenerator<Uint8Array> },
  { method, range }: OctetsRequest,
  headers: Readonly<Record<string, string>>,
): ServedOctets {
  const { bytes } = source
  const common = { ...headers, 'accept-ranges': 'bytes' }
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
    body: method === 'HEAD' ? null : source.read(from, until),
  }
}
