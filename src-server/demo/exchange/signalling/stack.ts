import { createHash } from 'node:crypto'
import { createCredentials } from '#main/telephony/sip/auth/credentials'
import type { CallData } from '#main/telephony/sip/call-parties'
import type { MediaPort } from '#main/telephony/sip/media-session'
import { respond } from '#main/telephony/sip/message/respond'
import type { Header, ReceivedRequest } from '#main/telephony/sip/message/sip-message'
import { quote } from '#main/telephony/sip/message/split'
import { parseUri } from '#main/telephony/sip/message/uri'
import type { CallCore, WantedTransfer } from '#main/telephony/sip/session/call-core'
import { createCallDesk } from '#main/telephony/sip/session/call-desk'
import { createRequester } from '#main/telephony/sip/session/requester'
import { createTransactionLayer } from '#main/telephony/sip/transaction/transaction-layer'
import { createDestinations } from '#main/telephony/sip/transport/destinations'
import type { Resolver } from '#main/telephony/sip/transport/locate'
import { createMessageTransport } from '#main/telephony/sip/transport/message-transport'
import { createStreamWire } from '#main/telephony/sip/transport/stream-wire'
import { createTrace } from '#main/telephony/sip/transport/trace'
import { createUdpWire } from '#main/telephony/sip/transport/udp-wire'
import type { Endpoint, SipWire } from '#main/telephony/sip/transport/wire'
import type { SipCall, UserAgentEvent } from '#main/telephony/sip/user-agent'
import type { AppError } from '#shared/base/app-error'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { type ExchangeProfile, usualProfile } from '#shared/contracts/exchange-profile'
import type { CallerId } from '../parties/patchboard'
import type { Gatekeeper } from './gatekeeper'
import type { Binding, Protocol, Registrar } from './registrar'

/**
 * The exchange's end of SIP over one transport: the seat's own layers, put together the other way round. Both sides of a call that goes through are
 * calls of ours (RFC 7092: a back-to-back user agent), so that each can be held, moved and ended by itself.
 */
export interface Stack {
  readonly protocol: Protocol
  /** 0: any port. The port, or the reason in the system's words. */
  open(port: number): Promise<Result<number, string>>
  /** At once, without a word. */
  close(): void
  call(to: OutgoingLeg): Promise<Result<SipCall, AppError>>
  /** Says goodbye to every call, then is silent. */
  stop(): Promise<void>
}

export interface OutgoingLeg {
  readonly callId: string
  readonly binding: Binding
  /** Who calls, as the called one is told. */
  readonly caller: CallerId
  /** The number that was dialled. */
  readonly dialled: string
  readonly data?: CallData
}

export interface StackParts {
  readonly clock: Clock
  readonly log: Log
  readonly random: () => number
  readonly token: () => string
  readonly callId: () => string
  readonly media: MediaPort
  readonly gatekeeper: Gatekeeper
  readonly registrar: Registrar
  readonly user: StackUser
}

export interface StackUser {
  /** A telephone of ours calls `dialled`. */
  onCall(call: SipCall, account: string, dialled: string): void
  /** A telephone took a call over from another one, or from itself (RFC 3891): it is answered already. */
  onReplaced(replacedCallId: string, call: SipCall, account: string): void
  onEvent(event: UserAgentEvent): void
  onTransferAsked(leg: CallCore, wanted: WantedTransfer): void
}

export const demonstrationDomain = 'demo.invalid'
export const exchangeAddress = '127.0.0.1'
const product = 'demonstration-exchange'
const profile: ExchangeProfile = {
  ...usualProfile,
  ...{ name: '演示交换机', domain: demonstrationDomain, account: 'exchange', localAddress: exchangeAddress },
  // Nobody is believed who they are but by their account, and no session timer is asked for: the line is this machine.
  ...{ trustsIdentityHeaders: false, sessionTimerS: 0, mostCalls: 200, ringForS: 60 },
}
/** Until the last datagrams have left; nobody repeats them. */
const goodbyeMs = 100
/** Every peer is known by its address. */
const noNames: Resolver = { addresses: async () => [], srv: async () => [], naptr: async () => [] }

export function createStack(protocol: Protocol, parts: StackParts): Stack {
  const { clock, random, token, gatekeeper, registrar, user } = parts
  const log = parts.log.child({ room: 'demo-exchange', protocol })
  const dialledBy = new Map<string, { readonly account: string; readonly dialled: string }>()
  let wire: SipWire
  const local = (): Endpoint => wire.local() ?? { address: exchangeAddress, port: 0 }
  const transport = createMessageTransport({
    ...{ wire: () => wire, trace: createTrace(clock), clock, log },
    user: {
      onRequest: (request, source) => layer.receiveRequest(request, source),
      onResponse: (response) => layer.receiveResponse(response),
      onDown: (failure) => log.error('the exchange lost its socket', { code: failure.code }),
      // Calls do not outlive the process: there is nothing to keep.
      onSettled: () => {},
    },
  })
  const named = <M extends { readonly headers: readonly Header[] }>(message: M, name: string): M => ({
    ...message,
    headers: [...message.headers, { name, value: product }],
  })
  const layer = createTransactionLayer({
    ...{ clock, token, isReliable: () => protocol !== 'UDP', protocol: () => protocol, local: () => wire.local() },
    sendRequest: (request, to, onFailure) => transport.sendRequest(named(request, 'user-agent'), to, onFailure),
    sendResponse: (response, request, source) => transport.sendResponse(named(response, 'server'), request.via, source),
    sendRaw: (bytes, to) => transport.sendRaw(bytes, to),
    onRequest: (request, source) => receive(request, source),
    onStrayResponse: (response) => desk.receiveStray(response),
  })
  const destinations = createDestinations(() => protocol, noNames, clock, random)
  const credentials = createCredentials({ user: '', password: () => '', allowMd5: false, clientNonce: token })
  const contact = (): string => `sip:exchange@${local().address}:${local().port};transport=${protocol.toLowerCase()}`
  const desk = createCallDesk(
    {
      ...{ clock, random, token, callId: parts.callId, log, profile, layer, mediaPort: parts.media, contact },
      requester: createRequester(layer, destinations, credentials),
      onTransferAsked: user.onTransferAsked,
      emit: (event) => {
        if (event.type === 'callEnded') dialledBy.delete(event.call.sipCallId)
        if (event.type === 'callReplaced') return replaced(event.callId, event.by)
        if (event.type !== 'callOffered') return user.onEvent(event)
        const from = dialledBy.get(event.call.view().sipCallId)
        if (from) user.onCall(event.call, from.account, from.dialled)
        else event.call.reject(403)
      },
    },
    { write: () => {}, remove: () => {} },
  )

  function receive(request: ReceivedRequest, source: Endpoint) {
    const isNew = request.to.parameters.tag === undefined
    if (request.method === 'REGISTER') return register(request, source)
    if (request.method !== 'INVITE' || !isNew) return desk.receive(request, source)
    const checked = gatekeeper.check(request, 'proxy')
    if ('challenges' in checked) return refuse(request, source, 407, checked.challenges)
    dialledBy.set(request.callId, { account: checked.account, dialled: userOf(request.uri) })
    desk.receive(request, source)
  }
  const replaced = (replacedId: string, id: string): void => {
    const call = desk.calls().find((one) => one.id === id)
    const from = call && dialledBy.get(call.view().sipCallId)
    if (call && from) user.onReplaced(replacedId, call, from.account)
  }
  const refuse = (request: ReceivedRequest, source: Endpoint, status: number, headers: readonly Header[]): void =>
    layer.answerStateless(respond(request, status, { toTag: tagOf(request), headers }), request, source)
  const register = (request: ReceivedRequest, source: Endpoint): void => {
    const transaction = layer.accept(request, source)
    const checked = gatekeeper.check(request, 'www')
    const answer =
      'challenges' in checked
        ? { status: 401, headers: checked.challenges }
        : // RFC 3261 §10.3: an account registers itself and nobody else.
          checked.account === userOf(request.to.uri)
          ? registrar.receive(request, checked.account, source, protocol)
          : { status: 403, headers: [] }
    transaction.respond(respond(request, answer.status, { toTag: tagOf(request), headers: answer.headers }))
  }
  return {
    protocol,
    open: async (port) => {
      wire =
        protocol === 'UDP'
          ? createUdpWire({ localAddress: exchangeAddress, localPort: port }, transport.events)
          : createStreamWire(
              { protocol: 'TCP', localAddress: exchangeAddress, listenPort: port, trustedAuthorities: null, isServer: true, clock },
              transport.events,
            )
      const opened = await wire.open({ address: exchangeAddress, port: 0 })
      return opened.ok ? ok(opened.value.port) : err(`${opened.error.code} ${opened.error.message}`)
    },
    call: ({ callId, binding, caller, dialled, data }) => {
      const { address, port } = binding.source
      const isTold = caller.number !== null
      return desk.call(
        binding.contact,
        { callId, ...(data && { data }), isAnonymous: false },
        {
          nextHop: `sip:${address}:${port};transport=${protocol.toLowerCase()}`,
          route: [],
          aor: isTold ? uriOf(caller.number) : 'sip:anonymous@anonymous.invalid',
          to: uriOf(dialled),
          ...(isTold ? caller.name !== null && { displayName: caller.name } : { displayName: 'Anonymous' }),
          // RFC 3325 §9.1, RFC 3323 §4.2
          headers: isTold
            ? [{ name: 'p-asserted-identity', value: `${caller.name === null ? '' : `${quote(caller.name)} `}<${uriOf(caller.number)}>` }]
            : [{ name: 'privacy', value: 'id' }],
        },
      )
    },
    close: () => wire?.close(),
    stop: async () => {
      desk.endAll()
      await new Promise<void>((done) => clock.after(goodbyeMs, done))
      layer.stop()
      wire?.close()
    },
  }
}

const uriOf = (number: string | null): string => `sip:${number}@${demonstrationDomain}`

function userOf(uri: string): string {
  return parseUri(uri)?.user ?? ''
}

/** The same request, repeated, is given the same tag (RFC 3261 §8.2.7). */
function tagOf({ callId, sequence, from }: ReceivedRequest): string {
  return createHash('sha256').update(`${callId} ${sequence} ${from.parameters.tag}`).digest('hex').slice(0, 16)
}
