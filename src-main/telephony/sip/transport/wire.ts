import type { Result } from '#shared/base/result'

/**
 * The contract of a wire: bytes to an address, whole messages back, and the truth about whether it is up. A wire frames but does not parse, never
 * repeats what it sends, and never hides a loss: reconnecting is asked for by `open`, so that who uses it knows that its address may have changed.
 */
export interface SipWire {
  readonly protocol: WireProtocol
  /** What peers see in Via and Contact; null while down. */
  local(): Endpoint | null
  /** Binds (UDP) or connects (TCP, TLS). Open already: answers at once. */
  open(towards: Endpoint): Promise<Result<Endpoint, WireFailure>>
  /** Hands bytes to the network. `onFailure` is called at most once, when the network refuses them in a way that is noticed. */
  send(bytes: Buffer, to: Endpoint, onFailure?: (failure: WireFailure) => void): void
  /** RFC 5626 §4.4.1: an empty line that keeps a NAT's or firewall's path open. */
  keepAlive(to: Endpoint): void
  close(): void
}

export type WireProtocol = 'UDP' | 'TCP' | 'TLS'

export interface Endpoint {
  /** An IP address, without brackets. */
  readonly address: string
  readonly port: number
  /** The name that a TLS certificate must carry. */
  readonly name?: string
}

export interface WireFailure {
  readonly code: string
  readonly message: string
}

export interface WireEvents {
  /** One datagram, or one framed message of a stream. */
  onBytes(bytes: Buffer, from: Endpoint): void
  /** The wire went down by itself: a connection closed, the socket failed. */
  onDown(failure: WireFailure): void
  /** Bytes that could not be framed, or more than the limits allow; the connection they came over has been closed. */
  onGarbage(reason: string): void
}

export function wireFailure(cause: unknown): WireFailure {
  const { code, message } = cause as { readonly code?: unknown; readonly message?: unknown }
  return { code: typeof code === 'string' ? code : 'failed', message: typeof message === 'string' ? message : String(cause) }
}

export function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.address === b.address && a.port === b.port
}

/** IPv4 in an IPv6 socket is the IPv4 address that peers know. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
}
