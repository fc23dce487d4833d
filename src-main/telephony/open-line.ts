import { randomBytes } from 'node:crypto'
import type { Ids } from '#shared/base/clock'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { Platform } from '../platform/ports'
import type { Media } from './media/media'
import type { CallJournal } from './sip/call-snapshot'
import { createUserAgent } from './sip/create-user-agent'
import { createNodeWire } from './sip/transport/create-node-wire'
import { createSystemResolver } from './sip/transport/system-resolver'
import type { UserAgent } from './sip/user-agent'

/** Opens a seat's line on this machine's sockets. Calls are named by the ids that their records will have. */
export interface LineMachine {
  readonly platform: Pick<Platform, 'clock' | 'log'>
  readonly ids: Ids
  readonly random: () => number
  readonly media: Pick<Media, 'port'>
  readonly version: string
}

export function createOpenLine({ platform, ids, random, media, version }: LineMachine) {
  const { clock, log } = platform
  return ({ profile, password }: { readonly profile: ExchangeProfile; readonly password: string }, journal: CallJournal): UserAgent =>
    createUserAgent({
      ...{ profile, clock, log, random, journal },
      password: () => password,
      token: () => randomBytes(12).toString('hex'),
      callId: () => ids.uuid(),
      media: media.port,
      resolver: createSystemResolver(),
      createWire: createNodeWire(profile, clock),
      product: `seat-workstation/${version}`,
    })
}
