import type { Clock } from '#shared/base/clock'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import { createStreamWire } from './stream-wire'
import { createUdpWire } from './udp-wire'
import type { SipWire, WireEvents } from './wire'

/** The wire that a profile asks for, on Node's sockets. */
export function createNodeWire(
  profile: Pick<ExchangeProfile, 'transport' | 'localAddress' | 'localPort' | 'trustedAuthorities'>,
  clock: Clock,
): (events: WireEvents) => SipWire {
  const { transport, localAddress, localPort, trustedAuthorities } = profile
  return (events) =>
    transport === 'UDP'
      ? createUdpWire({ localAddress, localPort: localPort ?? 0 }, events)
      : createStreamWire({ protocol: transport, localAddress, listenPort: localPort, trustedAuthorities, clock }, events)
}
