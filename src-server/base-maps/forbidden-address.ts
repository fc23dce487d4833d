import { BlockList, isIPv6 } from 'node:net'

/**
 * Addresses that no map service has: this machine, the link itself (where clouds answer with their own secrets), groups, and what stands for nothing. Private
 * networks are allowed: a city's own map service lies there.
 */
const never = new BlockList()
never.addSubnet('0.0.0.0', 8, 'ipv4')
never.addSubnet('169.254.0.0', 16, 'ipv4')
never.addSubnet('224.0.0.0', 3, 'ipv4')
never.addAddress('::', 'ipv6')
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

export function isForbiddenAddress(address: string, mayReachLoopback: boolean): boolean {
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  const embedded = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (embedded !== undefined) return isForbiddenAddress(embedded, mayReachLoopback)
  return never.check(address, family) || (!mayReachLoopback && loopback.check(address, family))
}
