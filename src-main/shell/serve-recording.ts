import { rangeOf } from '#shared/base/byte-range'
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
