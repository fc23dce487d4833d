import { isIP } from 'node:net'
import type { Endpoint, WireProtocol } from './wire'

/**
 * From a host in a URI to addresses to try, in order (RFC 3263 §4). The transport is settled by the exchange profile or the URI, so NAPTR, which
 * chooses one, is only read when neither has done so. Looking up and choosing are apart: the resolver and the dice are arguments.
 */
export interface Resolver {
  /** Each answers an empty list when the name has no such record or cannot be resolved. */
  addresses(name: string): Promise<readonly string[]>
  srv(name: string): Promise<readonly SrvRecord[]>
  naptr(name: string): Promise<readonly NaptrRecord[]>
}

export interface SrvRecord {
  readonly priority: number
  readonly weight: number
  readonly port: number
  readonly name: string
}

export interface NaptrRecord {
  readonly order: number
  readonly preference: number
  readonly service: string
  readonly replacement: string
}

export interface Wanted {
  readonly host: string
  readonly port: number | null
  readonly protocol: WireProtocol
  /** True when the URI or the profile named the transport. */
  readonly isProtocolFixed: boolean
}

const services: Readonly<Record<WireProtocol, { readonly naptr: string; readonly srv: string; readonly port: number }>> = {
  UDP: { naptr: 'SIP+D2U', srv: '_sip._udp', port: 5060 },
  TCP: { naptr: 'SIP+D2T', srv: '_sip._tcp', port: 5060 },
  TLS: { naptr: 'SIPS+D2T', srv: '_sips._tcp', port: 5061 },
}

/** `random` is in [0, 1). Empty when the name leads nowhere. */
export async function locate(wanted: Wanted, resolver: Resolver, random: () => number): Promise<readonly Endpoint[]> {
  const { host, port, protocol } = wanted
  const { srv, port: usualPort } = services[protocol]
  // RFC 3263 §4.2: a numeric address is used as it is; a given port skips SRV.
  if (isIP(host)) return [{ address: host, port: port ?? usualPort }]
  if (port !== null) return addressesOf(host, port, host, resolver)
  const service = (wanted.isProtocolFixed ? null : await naptrTarget(host, protocol, resolver)) ?? `${srv}.${host}`
  const records = inOrder(await resolver.srv(service), random)
  const found = await Promise.all(records.map((record) => addressesOf(record.name, record.port, host, resolver)))
  // §4.2: without SRV records the address records of the name itself.
  return records.length > 0 ? found.flat() : addressesOf(host, usualPort, host, resolver)
}

async function naptrTarget(host: string, protocol: WireProtocol, resolver: Resolver): Promise<string | null> {
  const records = (await resolver.naptr(host)).filter(({ service }) => service.toUpperCase() === services[protocol].naptr)
  return records.toSorted((a, b) => a.order - b.order || a.preference - b.preference)[0]?.replacement ?? null
}

async function addressesOf(host: string, port: number, name: string, resolver: Resolver): Promise<Endpoint[]> {
  const addresses = isIP(host) ? [host] : await resolver.addresses(host)
  return addresses.map((address) => ({ address, port, name }))
}

/** RFC 2782: lowest priority first; within one, drawn by weight, zero weights last. */
export function inOrder(records: readonly SrvRecord[], random: () => number): readonly SrvRecord[] {
  // A single "." says that the service is decidedly not there.
  const left = records.filter(({ name }) => name !== '' && name !== '.').toSorted((a, b) => a.priority - b.priority)
  const ordered: SrvRecord[] = []
  while (left.length > 0) {
    const same = left.filter(({ priority }) => priority === left[0]?.priority)
    const mark = random() * same.reduce((sum, { weight }) => sum + weight, 0)
    const sums = same.map((_, at) => same.slice(0, at + 1).reduce((sum, { weight }) => sum + weight, 0))
    const drawn = same[sums.findIndex((sum) => mark < sum)] ?? same[0]
    if (!drawn) break
    ordered.push(drawn)
    left.splice(left.indexOf(drawn), 1)
  }
  return ordered
}
