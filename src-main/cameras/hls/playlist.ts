/**
 * An HLS playlist (RFC 8216) as far as a viewer of live pictures needs it, with the parts of its low-latency form (draft-pantos-hls-rfc8216bis). No
 * sound, no subtitles, no choice of quality: a camera's small and large picture have addresses of their own.
 */
export type Playlist =
  | { readonly kind: 'choice'; readonly variants: readonly Variant[] }
  | {
      readonly kind: 'pieces'
      /** Longest segment, ms. */
      readonly targetMs: number
      /** Length of a part; null: the gateway gives whole segments only. */
      readonly partMs: number | null
      /** The gateway holds its answer until the next part is there. */
      readonly canWait: boolean
      readonly isEnded: boolean
      readonly pieces: readonly Piece[]
      /** What of this playlist cannot be shown here, in words; null: everything can. */
      readonly obstacle: string | null
    }

export interface Variant {
  readonly address: string
  readonly bandwidth: number
  /** As the playlist names them; empty when it does not. */
  readonly codecs: string
}

/** A segment, or a part of one. Pieces are ordered by `sequence`, then by `part`. */
export interface Piece {
  readonly sequence: number
  /** Place within its segment; 0 for a whole one. */
  readonly part: number
  readonly isWhole: boolean
  readonly address: string
  readonly range: { readonly from: number; readonly to: number } | null
  readonly durationMs: number
  /** A viewer may begin here. */
  readonly isKey: boolean
  readonly isDiscontinuous: boolean
}

/** Undefined: this is no playlist. `base` is the address that it came from. */
export function readPlaylist(text: string, base: string): Playlist | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  if (!lines[0]?.startsWith('#EXTM3U')) return undefined
  return lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:')) ? readChoice(lines, base) : readPieces(lines, base)
}

function readChoice(lines: readonly string[], base: string): Playlist {
  const variants: Variant[] = []
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('#EXT-X-STREAM-INF:')) continue
    const address = lines.slice(index + 1).find((next) => next !== '' && !next.startsWith('#'))
    const says = attributesOf(line)
    if (address)
      variants.push({ address: absolute(address, base), bandwidth: Number(says.get('BANDWIDTH') ?? 0), codecs: says.get('CODECS') ?? '' })
  }
  return { kind: 'choice', variants }
}

function readPieces(lines: readonly string[], base: string): Playlist {
  const state = { sequence: 0, part: 0, durationMs: 0, isDiscontinuous: false, range: null as Piece['range'], lastTo: 0 }
  const found = { targetMs: 2_000, partMs: null as number | null, canWait: false, isEnded: false, obstacle: null as string | null }
  const segments: Piece[] = []
  const parts: Piece[] = []
  const rangeOf = (text: string | undefined): Piece['range'] => {
    const match = /^(\d+)(?:@(\d+))?$/.exec(text ?? '')
    if (!match) return null
    const from = match[2] === undefined ? state.lastTo : Number(match[2])
    state.lastTo = from + Number(match[1])
    return { from, to: state.lastTo - 1 }
  }
  const pieceAt = (address: string, own: Partial<Piece>): Piece => ({
    ...{ sequence: state.sequence, part: 0, isWhole: true, address: absolute(address, base), range: state.range },
    ...{ durationMs: state.durationMs, isKey: true, isDiscontinuous: state.isDiscontinuous, ...own },
  })
  for (const line of lines) {
    const says = attributesOf(line)
    if (line.startsWith('#EXT-X-MEDIA-SEQUENCE:')) state.sequence = Number(restOf(line))
    else if (line.startsWith('#EXT-X-TARGETDURATION:')) found.targetMs = Number(restOf(line)) * 1_000
    else if (line.startsWith('#EXT-X-PART-INF:')) found.partMs = Number(says.get('PART-TARGET') ?? 0) * 1_000 || null
    else if (line.startsWith('#EXT-X-SERVER-CONTROL:')) found.canWait = says.get('CAN-BLOCK-RELOAD') === 'YES'
    else if (line === '#EXT-X-ENDLIST') found.isEnded = true
    else if (line === '#EXT-X-DISCONTINUITY') state.isDiscontinuous = true
    else if (line.startsWith('#EXT-X-MAP:')) found.obstacle = 'fMP4 分片'
    else if (line.startsWith('#EXT-X-KEY:') && says.get('METHOD') !== 'NONE') found.obstacle = '加密的分片'
    else if (line.startsWith('#EXT-X-BYTERANGE:')) state.range = rangeOf(restOf(line))
    else if (line.startsWith('#EXTINF:')) state.durationMs = Number.parseFloat(restOf(line)) * 1_000
    else if (line.startsWith('#EXT-X-PART:')) {
      const durationMs = Number(says.get('DURATION') ?? 0) * 1_000
      const own = { part: state.part, isWhole: false, range: rangeOf(says.get('BYTERANGE')), durationMs }
      parts.push(pieceAt(says.get('URI') ?? '', { ...own, isKey: says.get('INDEPENDENT') === 'YES' }))
      state.part += 1
    } else if (line !== '' && !line.startsWith('#')) {
      segments.push(pieceAt(line, {}))
      Object.assign(state, { sequence: state.sequence + 1, part: 0, isDiscontinuous: false, range: null })
    }
  }
  return { kind: 'pieces', ...found, pieces: [...segments, ...parts].sort((a, b) => a.sequence - b.sequence || a.part - b.part) }
}

/**
 * What to fetch next, in order. `after` is the piece fetched last; null: begin, with the newest piece that a viewer may begin with. A segment of
 * which some parts were taken is finished by its parts; one that was missed is taken whole.
 */
export function nextPieces(pieces: readonly Piece[], after: Pick<Piece, 'sequence' | 'part' | 'isWhole'> | null): readonly Piece[] {
  if (after === null) {
    const first = pieces.findLast((piece) => piece.isKey)
    return first ? [first, ...nextPieces(pieces, first)] : []
  }
  const isAhead = (piece: Piece) =>
    piece.sequence > after.sequence || (piece.sequence === after.sequence && !after.isWhole && !piece.isWhole && piece.part > after.part)
  const ahead = pieces.filter(isAhead)
  const whole = new Set(ahead.filter(({ isWhole }) => isWhole).map(({ sequence }) => sequence))
  return ahead.filter((piece) => piece.isWhole || !whole.has(piece.sequence))
}

const restOf = (line: string): string => line.slice(line.indexOf(':') + 1)

/** `NAME=value,NAME="va,lue"` (RFC 8216 §4.2). */
function attributesOf(line: string): ReadonlyMap<string, string> {
  return new Map(
    [...restOf(line).matchAll(/([A-Z0-9-]+)=("[^"]*"|[^,]*)/g)].map(([, name = '', value = '']) => [name, value.replaceAll('"', '')]),
  )
}

function absolute(address: string, base: string): string {
  return URL.canParse(address, base) ? new URL(address, base).href : ''
}
