import { randomUUID } from 'node:crypto'
import { createSystemClock } from '#main/platform/system-clock'
import type { CallSnapshot } from '#main/telephony/sip/call-snapshot'
import { createUserAgent } from '#main/telephony/sip/create-user-agent'
import { createNodeWire } from '#main/telephony/sip/transport/create-node-wire'
import { createSystemResolver } from '#main/telephony/sip/transport/system-resolver'
import type { SipWire, WireEvents } from '#main/telephony/sip/transport/wire'
import type { SipCall, UserAgent, UserAgentEvent } from '#main/telephony/sip/user-agent'
import { type ExchangeProfile, usualProfile } from '#shared/contracts/exchange-profile'
import { createKeptLog, type KeptLog } from '../fakes/kept-log'
import { until } from './peers/process'
import { createToneMedia, type ToneMedia } from './tone-media'

/** A seat's telephone on real sockets, as the interop suites use it. */
export interface InteropSeat {
  readonly agent: UserAgent
  readonly media: ToneMedia
  readonly events: UserAgentEvent[]
  readonly journal: Map<string, CallSnapshot>
  readonly log: KeptLog
  registered(withinMs?: number): Promise<void>
  /** The next call that is offered and was not taken yet. */
  offered(): Promise<SipCall>
  state(call: SipCall, state: string, withinMs?: number): Promise<void>
  stop(how?: 'politely' | 'abrupt'): Promise<void>
}

export interface SeatOptions {
  readonly account: string
  readonly exchangePort: number
  readonly toneHz?: number
  /** `pw` and the account, unless given. */
  readonly password?: string
  /** Its User-Agent. */
  readonly product?: string
  readonly profile?: Partial<ExchangeProfile>
  /** Share of messages lost in each direction. */
  readonly loss?: () => boolean
}

export function startSeat({
  account,
  exchangePort,
  toneHz = 600,
  password = `pw${account}`,
  product = 'seat-interop',
  profile = {},
  loss,
}: SeatOptions): InteropSeat {
  const clock = createSystemClock()
  const media = createToneMedia(toneHz)
  const events: UserAgentEvent[] = []
  const journal = new Map<string, CallSnapshot>()
  const log = createKeptLog()
  const taken = new Set<string>()
  const settings: ExchangeProfile = {
    ...usualProfile,
    ...{
      name: 'interop',
      domain: 'hotline.test',
      account,
      proxy: `127.0.0.1:${exchangePort}`,
      localAddress: '127.0.0.1',
      registerForS: 60,
      optionsEveryS: 2,
    },
    ...profile,
  }
  const real = createNodeWire(settings, clock)
  const agent = createUserAgent({
    profile: settings,
    password: () => password,
    clock,
    log,
    random: Math.random,
    token: () => randomUUID().replaceAll('-', '').slice(0, 20),
    media,
    journal: { write: (snapshot) => void journal.set(snapshot.callId, snapshot), remove: (id) => void journal.delete(id) },
    resolver: createSystemResolver(),
    createWire: loss ? lossy(real, loss) : real,
    product,
  })
  agent.onEvent((event) => events.push(event))
  const fresh = (): SipCall | undefined =>
    events.flatMap((event) => (event.type === 'callOffered' && !taken.has(event.call.id) ? [event.call] : []))[0]
  return {
    agent,
    media,
    events,
    journal,
    log,
    registered: (withinMs) =>
      until(`registered: ${JSON.stringify(agent.registration())}`, () => agent.registration().state === 'registered', withinMs),
    offered: async () => {
      await until('a call is offered', fresh)
      const call = fresh()
      if (!call) throw new Error('no call')
      taken.add(call.id)
      return call
    },
    state: (call, state, withinMs) => until(`call ${state}, is ${call.view().state}`, () => call.view().state === state, withinMs),
    stop: async (how) => {
      await agent.stop(how)
      media.stop()
    },
  }
}

function lossy(create: (events: WireEvents) => SipWire, isLost: () => boolean): (events: WireEvents) => SipWire {
  return (events) => {
    const wire = create({ ...events, onBytes: (bytes, from) => !isLost() && events.onBytes(bytes, from) })
    return { ...wire, send: (bytes, to, onFailure) => !isLost() && wire.send(bytes, to, onFailure) }
  }
}
