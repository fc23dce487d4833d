import { isIP } from 'node:net'
import type { Clock } from '#shared/base/clock'
import { parseUri } from '../message/uri'
import { locate, type Resolver } from './locate'
import type { Endpoint, WireProtocol } from './wire'

/**
 * The addresses behind URIs. What is numeric or was looked up lately is answered at once, so that messages of a dialog leave in the order they were
 * made; a target that failed is tried last for a while (RFC 3263 §4.3).
 */
export interface Destinations {
  /** Calls `use` once, with the targets in order; none = the name leads nowhere. */
  find(uri: string, use: (targets: readonly Endpoint[]) => void): void
  failed(target: Endpoint): void
  forget(): void
}

const freshMs = 60_000

export function createDestinations(protocol: () => WireProtocol, resolver: Resolver, clock: Clock, random: () => number): Destinations {
  const known = new Map<string, { readonly until: number; readonly targets: readonly Endpoint[] }>()
  const avoided = new Map<string, number>()

  const keyOf = ({ address, port }: Endpoint): string => `${address} ${port}`
  const isAvoided = (target: Endpoint): number => ((avoided.get(keyOf(target)) ?? 0) > clock.monotonicMs() ? 1 : 0)
  const ordered = (targets: readonly Endpoint[]): readonly Endpoint[] => targets.toSorted((a, b) => isAvoided(a) - isAvoided(b))
  return {
    find: (text, use) => {
      const uri = parseUri(text)
      if (!uri || uri.scheme === 'tel') return use([])
      const isFixed = 'transport' in uri.parameters || uri.scheme === 'sips'
      const host = uri.parameters.maddr ?? uri.host
      const usualPort = protocol() === 'TLS' ? 5061 : 5060
      if (isIP(host)) return use([{ address: host, port: uri.port ?? usualPort }])
      const key = `${host} ${uri.port} ${isFixed}`
      const cached = known.get(key)
      if (cached && cached.until > clock.monotonicMs()) return use(ordered(cached.targets))
      void locate({ host, port: uri.port, protocol: protocol(), isProtocolFixed: isFixed }, resolver, random).then((targets) => {
        // A name that answered once is better used again than given up while the name service is away.
        const usable = targets.length > 0 ? targets : (cached?.targets ?? [])
        if (usable.length > 0) known.set(key, { until: clock.monotonicMs() + freshMs, targets: usable })
        use(ordered(usable))
      })
    },
    failed: (target) => void avoided.set(keyOf(target), clock.monotonicMs() + freshMs),
    forget: () => {
      known.clear()
      avoided.clear()
    },
  }
}
