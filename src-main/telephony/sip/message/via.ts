import { type Parameters, readParameters, splitOutside, writeParameters } from './split'
import { hostForUri, parseHostPort } from './uri'

/** RFC 3261 §20.42. */
export interface Via {
  /** Upper case: `UDP`, `TCP`, `TLS`, `WS`. */
  readonly transport: string
  readonly host: string
  readonly port: number | null
  readonly parameters: Parameters
}

export function parseVia(text: string): Via | null {
  const [first = '', ...parameters] = splitOutside(text, ';')
  const match = /^SIP\s{0,8}\/\s{0,8}2\.0\s{0,8}\/\s{0,8}([A-Za-z0-9-]+)\s+(\S+(?:\s{0,8}:\s{0,8}\d{1,5})?)$/i.exec(first)
  const end = match?.[2] ? parseHostPort(match[2].replace(/\s+/g, '')) : null
  return match?.[1] && end ? { transport: match[1].toUpperCase(), ...end, parameters: readParameters(parameters) } : null
}

export function writeVia({ transport, host, port, parameters }: Via): string {
  return `SIP/2.0/${transport} ${hostForUri(host)}${port === null ? '' : `:${port}`}${writeParameters(parameters)}`
}

/**
 * What the server side adds to the top Via of a request: `received` when the packet came from elsewhere than sent-by says (RFC 3261 §18.2.1), and
 * the port for an empty `rport` (RFC 3581 §4, which then asks for `received` in any case).
 */
export function stampVia(via: Via, from: { readonly address: string; readonly port: number }): Via {
  const asksForPort = 'rport' in via.parameters
  const { received: _claimed, ...own } = via.parameters
  if (!asksForPort && via.host === from.address) return { ...via, parameters: own }
  return { ...via, parameters: { ...own, ...(asksForPort && { rport: String(from.port) }), received: from.address } }
}

/** Where a response over an unreliable transport goes (RFC 3261 §18.2.2, RFC 3581 §4). The Via has been stamped. */
export function responseTarget(via: Via): { readonly host: string; readonly port: number } {
  const { maddr, received, rport } = via.parameters
  if (maddr) return { host: maddr, port: via.port ?? 5060 }
  const port = rport && /^\d{1,5}$/.test(rport) ? Number(rport) : (via.port ?? (via.transport === 'TLS' ? 5061 : 5060))
  return { host: received ?? via.host, port }
}
