/**
 * What travels on one RTSP connection (RFC 2326): requests and answers as lines, and between them media framed by `$`, channel and length
 * (§10.12). Reading is a function over octets as they come, in whatever pieces.
 */
export interface RtspMessage {
  /** `RTSP/1.0 200 OK`, or the request line of a server that asks something. */
  readonly firstLine: string
  /** Names in small letters; several values of one name in the order they came. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
}

export interface MediaFrame {
  readonly channel: number
  readonly data: Buffer
}

export type RtspItem = { readonly message: RtspMessage } | { readonly frame: MediaFrame }

/** What a device may send before it is taken for something else than an RTSP server. */
const mostHeader = 16_384
const mostBody = 65_536

export class RtspSyntaxError extends Error {}

/** Gives a function that takes octets and gives what became complete. Throws `RtspSyntaxError` when it cannot be RTSP. */
export function createRtspReader(): (octets: Buffer) => readonly RtspItem[] {
  let kept: Buffer = Buffer.alloc(0)
  return (octets) => {
    kept = kept.length === 0 ? octets : Buffer.concat([kept, octets])
    const items: RtspItem[] = []
    for (let next = readOne(kept); next; next = readOne(kept)) {
      kept = kept.subarray(next.length)
      if (next.item) items.push(next.item)
    }
    return items
  }
}

function readOne(octets: Buffer): { readonly item: RtspItem | null; readonly length: number } | null {
  if (octets.length === 0) return null
  if (octets[0] === 0x24) return readFrame(octets)
  // Some devices put an empty line between messages.
  if (octets[0] === 0x0d || octets[0] === 0x0a) return { item: null, length: 1 }
  const end = octets.indexOf('\r\n\r\n')
  if (end < 0) {
    if (octets.length > mostHeader) throw new RtspSyntaxError('header too long')
    return null
  }
  const [firstLine = '', ...lines] = octets.toString('latin1', 0, end).split('\r\n')
  if (!/RTSP\/\d\.\d/.test(firstLine)) throw new RtspSyntaxError(`not RTSP: ${firstLine.slice(0, 80)}`)
  const headers = readHeaders(lines)
  const length = Number(headers.get('content-length')?.[0] ?? 0)
  if (!Number.isInteger(length) || length < 0 || length > mostBody) throw new RtspSyntaxError('body too long')
  const start = end + 4
  if (octets.length < start + length) return null
  return { item: { message: { firstLine, headers, body: octets.toString('utf8', start, start + length) } }, length: start + length }
}

function readFrame(octets: Buffer): { readonly item: RtspItem; readonly length: number } | null {
  if (octets.length < 4) return null
  const length = octets.readUInt16BE(2)
  if (octets.length < 4 + length) return null
  // Copied: a small view would keep the whole received block alive.
  return { item: { frame: { channel: octets[1] ?? 0, data: Buffer.from(octets.subarray(4, 4 + length)) } }, length: 4 + length }
}

function readHeaders(lines: readonly string[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return headers
}

export function writeRequest(method: string, uri: string, headers: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return [`${method} ${uri} RTSP/1.0`, ...lines, '', ''].join('\r\n')
}

/** Status and words of an answer; null for a request of the server. */
export function statusOf({ firstLine }: RtspMessage): { readonly status: number; readonly reason: string } | null {
  const match = /^RTSP\/\d\.\d (\d{3})\s*(.*)$/.exec(firstLine)
  return match ? { status: Number(match[1]), reason: match[2] ?? '' } : null
}
