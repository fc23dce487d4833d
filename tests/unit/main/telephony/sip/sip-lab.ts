import type { CallSnapshot } from '#main/telephony/sip/call-snapshot'
import { createUserAgent } from '#main/telephony/sip/create-user-agent'
import type { WireProtocol } from '#main/telephony/sip/transport/wire'
import type { CallView, SipCall, UserAgent, UserAgentEvent } from '#main/telephony/sip/user-agent'
import { type ExchangeProfile, usualProfile } from '#shared/contracts/exchange-profile'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock'
import { createFakeMedia, type FakeMedia } from '../../../../fakes/fake-media'
import { createWireHub, type ScriptedPeer, type WireHub } from '../../../../fakes/fake-wire'
import { createKeptLog } from '../../../../fakes/kept-log'

/** Seats on a network in memory, and peers that the test plays message by message. */
export interface Lab {
  readonly clock: FakeClock
  readonly hub: WireHub
  seat(account: string, profile?: Partial<ExchangeProfile>, protocol?: WireProtocol, journal?: Map<string, CallSnapshot>): Seat
  peer(lastByte: number): Peer
}

export interface Seat {
  readonly agent: UserAgent
  readonly media: FakeMedia
  readonly events: UserAgentEvent[]
  readonly journal: Map<string, CallSnapshot>
  readonly endpoint: { readonly address: string; readonly port: number }
  readonly uri: string
  offered(): SipCall
  view(call: SipCall): CallView
}

export interface Peer extends ScriptedPeer {
  readonly endpoint: { readonly address: string; readonly port: number }
  /** The last message received whose first line matches; fails when there is none. */
  last(firstLine: RegExp): Message
  count(firstLine: RegExp): number
}

export interface Message {
  readonly text: string
  header(name: string): string
  headers(name: string): string[]
  readonly body: string
}

const exchange = { address: '10.0.0.1', port: 5060 }

export function createLab(): Lab {
  const clock = createFakeClock(1_800_000_000_000)
  const hub = createWireHub(clock)
  let made = 0
  const token = () => {
    made += 1
    return `t${made.toString(36).padStart(6, '0')}`
  }
  return {
    clock,
    hub,
    seat: (account, profile = {}, protocol = 'UDP', journal = new Map()) => {
      const endpoint = { address: `10.0.1.${Number(account) % 250}`, port: 5060 }
      const media = createFakeMedia(endpoint.address, 20_000 + Number(account) * 2)
      const events: UserAgentEvent[] = []
      const agent = createUserAgent({
        profile: {
          ...usualProfile,
          ...{ name: 'lab', domain: 'hotline.test', account, proxy: exchange.address, optionsEveryS: 0, transport: protocol },
          ...profile,
        },
        password: () => `pw${account}`,
        clock,
        log: createKeptLog(),
        random: () => 0.5,
        token,
        media,
        journal: {
          write: (snapshot) => void journal.set(snapshot.callId, JSON.parse(JSON.stringify(snapshot))),
          remove: (id) => void journal.delete(id),
        },
        resolver: { addresses: async () => [exchange.address], srv: async () => [], naptr: async () => [] },
        createWire: hub.wire(endpoint, protocol),
        product: 'seat-test',
      })
      agent.onEvent((event) => events.push(event))
      return {
        agent,
        media,
        events,
        journal,
        endpoint,
        uri: `sip:${account}@${endpoint.address}:${endpoint.port}`,
        offered: () => {
          const call = events.flatMap((event) => (event.type === 'callOffered' ? [event.call] : [])).at(-1)
          if (!call) throw new Error('no call was offered')
          return call
        },
        view: (call) => call.view(),
      }
    },
    peer: (lastByte) => {
      const endpoint = { address: `10.0.0.${lastByte}`, port: 5060 }
      const peer = hub.peer(endpoint)
      return {
        ...peer,
        endpoint,
        count: (firstLine) => peer.received.filter((text) => firstLine.test(text.split('\r\n', 1)[0] ?? '')).length,
        last: (firstLine) => {
          const text = peer.received.findLast((one) => firstLine.test(one.split('\r\n', 1)[0] ?? ''))
          if (text === undefined)
            throw new Error(`no ${firstLine} among:\n${peer.received.map((one) => one.split('\r\n', 1)[0]).join('\n')}`)
          return readMessage(text)
        },
      }
    },
  }
}

export function readMessage(text: string): Message {
  const cut = text.indexOf('\r\n\r\n')
  const lines = text.slice(0, cut).split('\r\n').slice(1)
  const headers = (name: string) =>
    lines.filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`)).map((line) => line.slice(line.indexOf(':') + 1).trim())
  return { text, headers, header: (name) => headers(name)[0] ?? '', body: text.slice(cut + 4) }
}

export interface Parts {
  readonly headers?: readonly string[]
  readonly body?: string
  readonly contentType?: string
}

/** A message as a peer writes it: CRLF, Content-Length counted. */
export function compose(firstLine: string, { headers = [], body = '', contentType = 'application/sdp' }: Parts): string {
  const all = [
    firstLine,
    ...headers,
    ...(body === '' ? [] : [`Content-Type: ${contentType}`]),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  return `${all.join('\r\n')}\r\n\r\n${body}`
}

/** The answer to a request that was received: Via, From, To, Call-ID and CSeq are its own. */
export function reply(request: Message, status: string, { headers = [], body = '', contentType }: Parts = {}, toTag?: string): string {
  const to = request.header('To')
  return compose(`SIP/2.0 ${status}`, {
    headers: [
      ...request.headers('Via').map((via) => `Via: ${via}`),
      `From: ${request.header('From')}`,
      `To: ${toTag && !to.includes('tag=') ? `${to};tag=${toTag}` : to}`,
      `Call-ID: ${request.header('Call-ID')}`,
      `CSeq: ${request.header('CSeq')}`,
      ...headers,
    ],
    body,
    ...(contentType && { contentType }),
  })
}

export const offerSdp = sdp({})

export function sdp({ address = '10.0.0.9', port = 40_000, codecs = '8 0 101', direction = 'sendrecv', version = 1 }): string {
  return [
    'v=0',
    `o=peer 1 ${version} IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP ${codecs}`,
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-15',
    `a=${direction}`,
    '',
  ].join('\r\n')
}
