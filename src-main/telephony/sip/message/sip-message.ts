import type { NameAddress } from './name-address'
import { splitOutside } from './split'
import type { Via } from './via'

/**
 * A SIP message as a value (RFC 3261 §7). Header names are lower case and never compact; values are as they came, unfolded. Received messages also
 * carry the headers that every layer needs, read once.
 */
export interface Header {
  readonly name: string
  readonly value: string
}

export interface SipRequest {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

export interface SipResponse {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly Header[]
  readonly body: Buffer
}

export interface Essentials {
  readonly via: Via
  readonly from: NameAddress
  readonly to: NameAddress
  readonly callId: string
  readonly sequence: number
  /** Of the CSeq header. */
  readonly sequenceMethod: string
}

export type ReceivedRequest = SipRequest & Essentials
export type ReceivedResponse = SipResponse & Essentials
export type SipMessage = SipRequest | SipResponse

export const noBody: Buffer = Buffer.alloc(0)

export function header(message: { readonly headers: readonly Header[] }, name: string): string | undefined {
  return message.headers.find((one) => one.name === name)?.value
}

/** All values of a list header, whether in one line or several (RFC 3261 §7.3.1). */
export function listHeader(message: { readonly headers: readonly Header[] }, name: string): string[] {
  return message.headers
    .filter((one) => one.name === name)
    .flatMap((one) => splitOutside(one.value, ','))
    .filter((value) => value !== '')
}

/** Option tags and methods, compared without case (RFC 3261 §7.3.1). */
export function hasToken(message: { readonly headers: readonly Header[] }, name: string, token: string): boolean {
  return listHeader(message, name).some((one) => one.toLowerCase() === token.toLowerCase())
}

export function headersOf(entries: readonly (readonly [name: string, value: string | null | undefined])[]): Header[] {
  return entries.flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ name: name.toLowerCase(), value }]))
}

export function withHeader<M extends SipMessage>(message: M, name: string, value: string): M {
  return { ...message, headers: [...message.headers.filter((one) => one.name !== name), { name, value }] }
}

/** Puts a value on top of its kind, where Via and Route are read first. */
export function withTop<M extends SipMessage>(message: M, name: string, value: string): M {
  return { ...message, headers: [{ name, value }, ...message.headers] }
}

const written: Readonly<Record<string, string>> = {
  'call-id': 'Call-ID',
  cseq: 'CSeq',
  'www-authenticate': 'WWW-Authenticate',
  rack: 'RAck',
  rseq: 'RSeq',
  'min-se': 'Min-SE',
}

/** Content-Length is always counted here; a line break in a value would be a header of somebody else's making and becomes a space. */
export function writeMessage(message: SipMessage): Buffer {
  const first = message.kind === 'request' ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} ${message.reason}`
  const lines = message.headers.filter(({ name }) => name !== 'content-length').map(({ name, value }) => `${writtenName(name)}: ${value}`)
  const head = [first, ...lines, `Content-Length: ${message.body.length}`].map((line) => line.replace(/[\r\n\0]+/g, ' ')).join('\r\n')
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'utf8'), message.body])
}

function writtenName(name: string): string {
  return written[name] ?? name.replace(/(^|-)([a-z])/g, (letter) => letter.toUpperCase())
}
