import { type Parameters, readParameters } from './split'

/** A URI as far as a user agent looks into it (RFC 3261 §19.1, RFC 3966). `text` is kept: dialogs must send back exactly what they were given. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips' | 'tel'
  /** Unescaped; for `tel` the number. */
  readonly user: string | null
  /** Lower case; an IPv6 address keeps its brackets off. Empty for `tel`. */
  readonly host: string
  readonly port: number | null
  readonly parameters: Parameters
  /** What follows `?`, e.g. `Replaces=…`: names in lower case, values unescaped. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

const hostName = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?$/
const ipv6 = /^[0-9A-Fa-f:.]+$/

/** Null for what is no URI, or one of a scheme that a telephone cannot call. */
export function parseUri(text: string): SipUri | null {
  const colon = text.indexOf(':')
  const scheme = text.slice(0, colon).toLowerCase()
  const rest = text.slice(colon + 1)
  if (colon < 1 || hasControl(text)) return null
  if (scheme === 'tel') return parseTel(rest, text)
  return scheme === 'sip' || scheme === 'sips' ? parseSip(scheme, rest, text) : null
}

export function schemeOf(text: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*(?=:)/.exec(text)?.[0].toLowerCase() ?? ''
}

/** The same resource for our purposes (RFC 3261 §19.1.4 without parameters): registrar answers are searched with it. */
export function isSameTarget(a: SipUri, b: SipUri): boolean {
  return a.scheme === b.scheme && a.user === b.user && a.host === b.host && a.port === b.port
}

export function hostForUri(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** Escapes what may not stand in the user part (RFC 3261 §25.1 `user`). */
export function escapeUser(user: string): string {
  return user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/gu, encodeURIComponent)
}

function parseSip(scheme: 'sip' | 'sips', rest: string, text: string): SipUri | null {
  const question = rest.indexOf('?', rest.lastIndexOf('@') + 1)
  const beforeHeaders = question < 0 ? rest : rest.slice(0, question)
  const at = beforeHeaders.lastIndexOf('@')
  const user = at < 0 ? null : unescapePercent(beforeHeaders.slice(0, at).split(':', 1)[0] ?? '')
  if (at >= 0 && !user) return null
  const [address = '', ...parameters] = beforeHeaders.slice(at + 1).split(';')
  const end = parseHostPort(address)
  if (!end) return null
  return {
    scheme,
    user,
    ...end,
    parameters: readParameters(parameters),
    headers: question < 0 ? {} : readHeaders(rest.slice(question + 1)),
    text,
  }
}

function parseTel(rest: string, text: string): SipUri | null {
  const [number = '', ...parameters] = rest.split(';')
  if (!/^\+?[0-9A-Fa-f*#.()-]+$/.test(number)) return null
  return { scheme: 'tel', user: number, host: '', port: null, parameters: readParameters(parameters), headers: {}, text }
}

/** `host`, `host:port`, `[v6]:port`; null when it is none of them. */
export function parseHostPort(text: string): { readonly host: string; readonly port: number | null } | null {
  const inBrackets = text.startsWith('[') ? text.indexOf(']') : -1
  const host = inBrackets > 0 ? text.slice(1, inBrackets) : (text.split(':', 1)[0] ?? '')
  const after = text.slice(inBrackets > 0 ? inBrackets + 1 : host.length)
  if (host.length > 255 || !(inBrackets > 0 ? ipv6 : hostName).test(host)) return null
  if (after === '') return { host: host.toLowerCase(), port: null }
  const port = /^\s*:\s*(\d{1,5})\s*$/.exec(after)?.[1]
  return port && Number(port) > 0 && Number(port) < 65_536 ? { host: host.toLowerCase(), port: Number(port) } : null
}

function readHeaders(text: string): Readonly<Record<string, string>> {
  const read: Record<string, string> = Object.create(null)
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=')
    if (equals > 0) read[pair.slice(0, equals).toLowerCase()] ??= unescapePercent(pair.slice(equals + 1))
  }
  return read
}

/** Percent escapes that make no UTF-8 stay as they are. */
function unescapePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code <= 0x20 || code === 0x7f || code === 0x3c || code === 0x3e || code === 0x22) return true
  }
  return false
}
