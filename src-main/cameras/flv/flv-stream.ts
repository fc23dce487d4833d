import type { CodedPicture, ParameterSets } from '../rtsp/h264'
import { timestampDistance } from '../rtsp/rtp'
import { flvConfiguration, flvHeader, flvPicture } from './flv'

/** Video clock of RTP, per millisecond. */
const ticksPerMs = 90

/**
 * Turns pictures into the octets of one FLV stream: the header and the configuration before the first, a new configuration where the camera changes
 * its parameter sets, times that never go back. One for each viewer, as each begins with a key picture of its own.
 */
export function createFlvStream(): (picture: CodedPicture) => Buffer {
  let parameters: ParameterSets | null = null
  let previous: number | null = null
  /** Where the stream stands, in ticks; grows beyond 32 bits. */
  let ticks = 0
  let decodeMs = -1
  return (picture) => {
    const isFirst = parameters === null
    if (previous !== null) ticks += timestampDistance(previous, picture.timestamp)
    previous = picture.timestamp
    const shownMs = Math.round(ticks / ticksPerMs)
    decodeMs = Math.max(decodeMs + 1, shownMs)
    const parts: Buffer[] = isFirst ? [flvHeader()] : []
    if (!parameters?.sequence.equals(picture.parameters.sequence) || !parameters.picture.equals(picture.parameters.picture)) {
      parameters = picture.parameters
      parts.push(flvConfiguration(parameters, decodeMs))
    }
    parts.push(flvPicture(picture, decodeMs, Math.max(shownMs, decodeMs - 1_000)))
    return Buffer.concat(parts)
  }
}
