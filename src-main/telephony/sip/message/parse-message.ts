import { err, ok, type Result } from '#shared/base/result'
import { parseNameAddress } from './name-address'
import { type Essentials, type Header, header, listHeader, type ReceivedRequest, type ReceivedResponse } from './sip-message'
import { parseUri, schemeOf } from './uri'
import { parseVia } from './via'

/**
 * Bytes in, a message or the reason why not out; it never throws, and its time grows with the length only. It is strict about what routing and
 * matching need (RFC 3261 §8.1.1) and leaves every other header unread, so that one bad header nobody looks at loses no call.
 */
export interface ParseFailure {
  /** Short and constant, for the log and the counters. */
  readonly reason: string
  /** A request that is understood well enough to be refused in words (RFC 3261 §8.2, RFC 4475 §3): null = drop it. */
  readonly refusal: {
    readonly status: number
    readonly reason: string
    readonly headers: readonly Header[]
    readonly via: Essentials['via']
  } | null
}

/** A head beyond these is no telephone's: real ones stay under 4 KiB and 40 lines. */
const mostHeadBytes = 32_768
const mostLines = 256

const compactNames: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
}

/** What may stand once only: a second one makes the message ambiguous (RFC 4475 §3.3.8). */
const single = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'content-length', 'content-type']

export function parseMessage(bytes: Buffer): Result<ReceivedRequest | ReceivedResponse, ParseFailure> {
  const cut = splitHead(bytes)
  if (!cut) return drop('no end of head')
  const [first = '', ...lines] = cut.lines
  const headers = readHeaders(lines)
  if (!headers) return drop('bad header line')
  const response = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(first)
  if (response?.[1]) return readResponse(Number(response[1]), response[2] ?? '', headers, cut.body)
  return readRequest(first, headers, cut.body)
}

function readResponse(status: number, reason: string, headers: Header[], rest: Buffer): Result<ReceivedResponse, ParseFailure> {
  const essentials = readEssentials(headers)
  if (typeof essentials === 'string') return drop(essentials)
  // RFC 3261 §8.1.3.3: a response with more than our own Via was not meant for us.
  if (listHeader({ headers }, 'via').length > 1) return drop('more than one Via in a response')
  const body = takeBody(headers, rest)
  return typeof body === 'string' ? drop(body) : ok({ kind: 'response', status, reason, headers, body, ...essentials })
}

function readRequest(first: string, headers: Header[], rest: Buffer): Result<ReceivedRequest, ParseFailure> {
  const line = /^([A-Za-z0-9\-.!%*_+`'~]{1,64}) (\S+) SIP\/(\d{1,5}\.\d{1,5})$/i.exec(first)
  const via = parseVia(listHeader({ headers }, 'via')[0] ?? '')
  const essentials = readEssentials(headers)
  // Without a Via there is nowhere to answer to; an ACK is never answered (RFC 3261 §17).
  const refuse = (status: number, reason: string, why: string) =>
    via && line?.[1] !== 'ACK' && /^[A-Z]+ \S/.test(first) ? refusal(status, reason, why, headers, via) : drop(why)
  if (!line?.[1] || !line[2]) return refuse(400, 'Bad Request Line', 'bad request line')
  if (line[3] !== '2.0') return refuse(505, 'Version Not Supported', 'version')
  if (typeof essentials === 'string') return refuse(400, `Bad Request (${essentials})`, essentials)
  const method = line[1]
  // RFC 3261 §8.1.1.5
  if (essentials.sequenceMethod !== method) return refuse(400, 'CSeq Method Differs', 'CSeq method differs')
  // RFC 3261 §8.2.2.1: an unknown scheme is refused in words; a known one that is badly written is a bad request.
  if (!parseUri(line[2]))
    return /^(sips?|tel)$/.test(schemeOf(line[2])) || schemeOf(line[2]) === ''
      ? refuse(400, 'Bad Request-URI', 'bad Request-URI')
      : refuse(416, 'Unsupported URI Scheme', 'URI scheme')
  const body = takeBody(headers, rest)
  if (typeof body === 'string') return refuse(400, `Bad Request (${body})`, body)
  return ok({ kind: 'request', method, uri: line[2], headers, body, ...essentials })
}

function readEssentials(headers: readonly Header[]): Essentials | string {
  const twice = single.find((name) => headers.filter((one) => one.name === name).length > 1)
  if (twice) return `two ${twice}`
  const via = parseVia(listHeader({ headers }, 'via')[0] ?? '')
  if (!via) return 'Via'
  const from = parseNameAddress(header({ headers }, 'from') ?? '')
  if (!from) return 'From'
  const to = parseNameAddress(header({ headers }, 'to') ?? '')
  if (!to) return 'To'
  const callId = header({ headers }, 'call-id')
  if (!callId || /\s/.test(callId) || callId.length > 512) return 'Call-ID'
  const cseq = /^(\d{1,10})\s+([A-Za-z0-9\-.!%*_+`'~]+)$/.exec(header({ headers }, 'cseq') ?? '')
  // RFC 3261 §8.1.1.5: below 2^31
  if (!cseq?.[1] || !cseq[2] || Number(cseq[1]) >= 2 ** 31) return 'CSeq'
  return { via, from, to, callId, sequence: Number(cseq[1]), sequenceMethod: cseq[2] }
}

/** RFC 3261 §18.3: more than Content-Length is thrown away, less is an error. Counted in bytes. */
function takeBody(headers: readonly Header[], rest: Buffer): Buffer | string {
  const value = header({ headers }, 'content-length')
  if (value === undefined) return rest
  if (!/^\d{1,9}$/.test(value)) return 'Content-Length'
  return Number(value) > rest.length ? 'Content-Length beyond the end' : rest.subarray(0, Number(value))
}

function splitHead(bytes: Buffer): { readonly lines: string[]; readonly body: Buffer } | null {
  let start = 0
  // RFC 3261 §7.5: empty lines before the start line are ignored.
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start += 1
  const end = bytes.indexOf('\r\n\r\n', start)
  if (end < 0 || end - start > mostHeadBytes) return null
  // RFC 3261 §7.3.1: a line that begins with white space continues the one before.
  const text = bytes.toString('utf8', start, end).replace(/\r\n[ \t]+/g, ' ')
  const lines = text.split('\r\n')
  return lines.length > mostLines ? null : { lines, body: bytes.subarray(end + 4) }
}

function readHeaders(lines: readonly string[]): Header[] | null {
  const headers: Header[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase()
    if (!/^[a-z0-9\-.!%*_+`'~]{1,64}$/.test(name) || hasControl(line)) return null
    headers.push({ name: compactNames[name] ?? name, value: line.slice(colon + 1).trim() })
  }
  return headers
}

function hasControl(line: string): boolean {
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}

function drop(reason: string): Result<never, ParseFailure> {
  return err({ reason, refusal: null })
}

function refusal(
  status: number,
  reason: string,
  why: string,
  headers: readonly Header[],
  via: Essentials['via'],
): Result<never, ParseFailure> {
  return err({ reason: why, refusal: { status, reason, headers, via } })
}
