import { promises as dns } from 'node:dns'
import type { Resolver } from './locate'

/** The machine's own name service; a name that cannot be resolved now gives an empty answer, and whoever asked tries again later. */
export function createSystemResolver(): Resolver {
  const orNone = async <T>(asked: Promise<readonly T[]>): Promise<readonly T[]> => asked.catch(() => [])
  return {
    addresses: async (name) => (await orNone(dns.lookup(name, { all: true }))).map(({ address }) => address),
    srv: (name) => orNone(dns.resolveSrv(name)),
    naptr: (name) => orNone(dns.resolveNaptr(name)),
  }
}
