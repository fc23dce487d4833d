/**
 * Cuts a byte stream into SIP messages (RFC 3261 §18.3, §7.5; keep-alive of RFC 5626 §3.5.1). Whole messages are handed on as bytes; what is in them
 * is read elsewhere. A stream that cannot be framed is at its end: there is no way to find the next message.
 */
export interface StreamFramer {
  /** `garbage` names why nothing more can be read from this stream. */
  feed(bytes: Buffer): { readonly messages: readonly Buffer[]; readonly pings: number; readonly garbage: string | null }
}

const mostHeadBytes = 65_536
/** SDP and transfers stay under a few KiB; nobody fills a seat's memory with one length. */
const mostBodyBytes = 262_144
const endOfHead = Buffer.from('\r\n\r\n')

export function createStreamFramer(): StreamFramer {
  let kept: Buffer[] = []
  let keptBytes = 0
  /** Bytes wanted before looking again is worth it: a slow sender must not make each byte cost the whole buffer. */
  let wanted = 1

  const take = (
    buffer: Buffer,
  ): { readonly message: Buffer; readonly rest: Buffer } | { readonly wait: number } | { readonly garbage: string } => {
    const end = buffer.indexOf(endOfHead)
    if (end > mostHeadBytes || (end < 0 && buffer.length > mostHeadBytes)) return { garbage: 'head too long' }
    if (end < 0) return { wait: buffer.length + 1 }
    const length = contentLength(buffer.toString('latin1', 0, end))
    // RFC 3261 §20.14: over a stream the header is mandatory.
    if (length === null) return { garbage: 'no usable Content-Length' }
    if (length > mostBodyBytes) return { garbage: 'body too long' }
    const total = end + endOfHead.length + length
    return buffer.length < total ? { wait: total } : { message: buffer.subarray(0, total), rest: buffer.subarray(total) }
  }

  return {
    feed: (bytes) => {
      kept.push(bytes)
      keptBytes += bytes.length
      if (keptBytes < wanted) return { messages: [], pings: 0, garbage: null }
      let buffer = kept.length === 1 ? bytes : Buffer.concat(kept)
      const messages: Buffer[] = []
      let pings = 0
      for (;;) {
        const blank = leadingBreaks(buffer)
        pings += Math.floor(blank / 4)
        // An odd CR or CRLF may be the first half of a ping: it stays when nothing follows it.
        buffer = buffer.length > blank ? buffer.subarray(blank) : buffer.subarray(blank - (blank % 4))
        if (buffer.length === 0 || buffer.length === blank % 4) break
        const next = take(buffer)
        if ('garbage' in next) return { messages, pings, garbage: next.garbage }
        if ('wait' in next) {
          kept = [buffer]
          keptBytes = buffer.length
          wanted = next.wait
          return { messages, pings, garbage: null }
        }
        messages.push(next.message)
        buffer = next.rest
      }
      kept = buffer.length > 0 ? [buffer] : []
      keptBytes = buffer.length
      wanted = 1
      return { messages, pings, garbage: null }
    },
  }
}

function leadingBreaks(buffer: Buffer): number {
  let at = 0
  while (buffer[at] === 0x0d || buffer[at] === 0x0a) at += 1
  return at
}

function contentLength(head: string): number | null {
  const found = [...head.matchAll(/\r\n(?:Content-Length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*(?=\r\n|$)/gi)]
  return found.length === 1 ? Number(found[0]?.[1]) : null
}
