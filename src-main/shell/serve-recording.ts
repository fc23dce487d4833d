import type { Seat } from '../seat-api/seat-api'
import { type OctetsRequest, type ServedOctets, serveRange } from './serve-range'

/**
 * Gives the page the sound of a recording that its person opened: one address per play, with ranges, so that a player can seek in an hour without having
 * it all. Who may open one, and who is told of it, was settled by the core; here a play is there or it is not.
 */
const address = /^\/recordings\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.wav$/

/** Undefined: the address is no recording's, or its play is over. */
export function serveRecording(playback: Seat['playback'], request: OctetsRequest): ServedOctets | undefined {
  const playId = address.exec(request.path)?.[1]
  const play = playId === undefined ? undefined : playback(playId)
  // What was said is kept by nobody on the way, the browser's cache included.
  return play && serveRange(play, request, { 'content-type': play.mediaType, 'cache-control': 'no-store' })
}
