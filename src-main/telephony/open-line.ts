import { randomBytes } from 'node:crypto'
import type { Clock, Ids } from '#shared/base/clock'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { Platform } from '../platform/ports'
import type { Media } from './media/media'
import type { CallJournal } from './sip/call-snapshot'
import { createUserAgent } from './sip/create-user-agent'
import { createNodeWire } from './sip/transport/create-node-wire'
import { createSystemResolver } from './sip/transport/system-resolver'
import type { SipWire, WireEvents } from './sip/transport/wire'
import type { UserAgent } from './sip/user-agent'

/** Opens a seat's line on this machine's sockets. Calls are named by the ids that their records will have. */
export interface LineMachine {
  readonly platform: Pick<Platform, 'clock' | 'log'>
  readonly ids: Ids
  readonly random: () => number
  readonly media: Pick<Media, 'port'>
  readonly version: string
  /** The network of signalling; absent: this machine's. */
  readonly createWire?: LineWire
}

export type LineWire = (profile: ExchangeProfile, clock: Clock) => (events: WireEvents) => SipWire

export function createOpenLine({ platform, ids, random, media, version, createWire = createNodeWire }: LineMachine) {
  const { clock, log } = platform
  return ({ profile, password }: { readonly profile: ExchangeProfile; readonly password: string }, journal: CallJournal): UserAgent =>
    createUserAgent({
      ...{ profile, clock, log, random, journal },
      password: () => password,
      token: () => randomBytes(12).toString('hex'),
      callId: () => ids.uuid(),
      media: media.port,
      resolver: createSystemResolver(),
      createWire: createWire(profile, clock),
      product: `seat-workstation/${version}`,
    })
}
