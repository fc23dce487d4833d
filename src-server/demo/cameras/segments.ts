import type { Clock, Stop } from '#shared/base/clock'
import type { CameraFilm } from './camera-film'
import { createTransportWriter } from './transport-segments'

/**
 * One demonstration camera cut into HLS segments, each from one key picture to the next, with parts of half a second (rfc8216bis). It films while its
 * playlist is asked for and keeps few segments, as a gateway does.
 */
export interface CameraSegments {
  /** The playlist; empty of segments until the first is there. */
  playlist(): string
  segment(sequence: number): Buffer | undefined
  part(sequence: number, part: number): Buffer | undefined
  stop(): void
}

interface Segment {
  readonly sequence: number
  readonly parts: { readonly octets: Buffer; readonly durationMs: number; readonly isKey: boolean }[]
  isWhole: boolean
}

const partMs = 500
const targetMs = 2_000
const kept = 4
const leftAfterMs = 5_000

export function createCameraSegments(film: CameraFilm, clock: Clock): CameraSegments {
  const writer = createTransportWriter()
  let segments: Segment[] = []
  let open: { pieces: Buffer[]; since: number; isKey: boolean } | null = null
  let stopFilm: Stop | null = null
  let first: number | null = null
  let sequence = 0
  let askedAt = 0

  const closePart = (now: number) => {
    const current = segments.at(-1)
    if (!open || !current) return
    current.parts.push({ octets: Buffer.concat(open.pieces), durationMs: now - open.since, isKey: open.isKey })
    open = null
  }
  const stop = () => {
    stopFilm?.()
    stopFilm = null
    segments = []
    open = null
  }
  const begin = () => {
    stopFilm ??= film.look((filmed) => {
      const { atEpochMs, isKey } = filmed
      if (clock.monotonicMs() - askedAt > leftAfterMs) return stop()
      first ??= atEpochMs
      if (isKey) {
        closePart(atEpochMs)
        const before = segments.at(-1)
        if (before) before.isWhole = true
        segments = [...segments, { sequence: sequence++, parts: [], isWhole: false }].slice(-kept - 1)
      } else if (open && atEpochMs - open.since >= partMs) closePart(atEpochMs)
      const at90k = (atEpochMs - first) * 90
      const octets = writer.picture(filmed, film.parameters, at90k)
      open ??= { pieces: isKey ? [writer.tables()] : [], since: atEpochMs, isKey }
      open.pieces.push(octets)
      return undefined
    })
  }
  return {
    playlist() {
      askedAt = clock.monotonicMs()
      begin()
      return playlistOf(segments)
    },
    segment(wanted) {
      const found = segments.find((one) => one.sequence === wanted && one.isWhole)
      return found && Buffer.concat(found.parts.map(({ octets }) => octets))
    },
    part: (wanted, part) => segments.find((one) => one.sequence === wanted)?.parts[part]?.octets,
    stop,
  }
}

function playlistOf(segments: readonly Segment[]): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(3)
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:9',
    `#EXT-X-TARGETDURATION:${Math.ceil(targetMs / 1_000) + 1}`,
    `#EXT-X-PART-INF:PART-TARGET=${seconds(partMs + 100)}`,
    `#EXT-X-SERVER-CONTROL:PART-HOLD-BACK=${seconds((partMs + 100) * 3)}`,
    `#EXT-X-MEDIA-SEQUENCE:${segments[0]?.sequence ?? 0}`,
  ]
  for (const { sequence, parts, isWhole } of segments) {
    for (const [index, { durationMs, isKey }] of parts.entries())
      lines.push(`#EXT-X-PART:DURATION=${seconds(durationMs)},URI="${sequence}.${index}.ts"${isKey ? ',INDEPENDENT=YES' : ''}`)
    if (isWhole) lines.push(`#EXTINF:${seconds(parts.reduce((sum, { durationMs }) => sum + durationMs, 0))},`, `${sequence}.ts`)
  }
  return `${lines.join('\n')}\n`
}
