import { type LookupOneOptions, lookup } from 'node:dns'
import { isIP } from 'node:net'

type Found = (error: NodeJS.ErrnoException | null, address: string, family: number) => void

/**
 * Finds an address that is one already at once, in the same turn. Node asks the resolver for every datagram and hears of it in a later turn, so that a message
 * leaves only after everything else that its handler does: a 180 Ringing waited for the store and the windows.
 */
export function plainLookup(host: string, options: LookupOneOptions, found: Found): void {
  const family = isIP(host)
  if (family !== 0) found(null, host, family)
  else lookup(host, options, found)
}
