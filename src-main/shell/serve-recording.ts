import type { Seat } from '../seat-api/seat-api'

/**
 * Gives the page the sound of a recording that its person opened: one address per play, with ranges (RFC 9110 §14), so that a player can seek in an hour
 * without having it all. Who may open one, and who is told of it, was settled by the core; here a play is there or it is not.
 */
export interface ServedSound {
  readonly status: 200 | 206 | 416
  readonly headers: Readonly<Record<string, string>>
  /** Null: only the headers were asked for, or nothing can be given. */
  readonly body: AsyncGenerator<Uint8Array> | null
}

const address = /^\/recordings\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.wav$/

export interface SoundRequest {
  /** Path of the address, without its query. */
  readonly path: string
  readonly method: string
  readonly range: string | undefined
}

/** Undefined: the address is no recording's, or its play is over. */
export function serveRecording(playback: Seat['playback'], { path, method, range }: SoundRequest): ServedSound | undefined {
  const playId = address.exec(path)?.[1]
  const play = playId === undefined ? undefined : playback(playId)
  if (!play) return undefined
  const { bytes, mediaType } = play
  // What was said is kept by nobody on the way, the browser's cache included.
  const common = { 'content-type': mediaType, 'accept-ranges': 'bytes', 'cache-control': 'no-store' }
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
    body: method === 'HEAD' ? null : play.read(from, until),
  }
}

/**
 * One range of octets; `until` is the first one after it. Undefined: everything, which is also the answer to a header that cannot be read and to several
 * ranges at once (RFC 9110 §14.2 allows both).
 */
export function rangeOf(
  header: string | undefined,
  bytes: number,
): { readonly from: number; readonly until: number } | 'unsatisfiable' | undefined {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '')
  if (!parts || (parts[1] === '' && parts[2] === '')) return undefined
  const [first, last] = [parts[1] ?? '', parts[2] ?? '']
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const until = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return from < until ? { from, until } : 'unsatisfiable'
}
