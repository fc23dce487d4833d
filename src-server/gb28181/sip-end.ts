import { createHash } from 'node:crypto'
import { respond } from '#main/telephony/sip/message/respond'
import { type Header, headersOf, noBody, type ReceivedRequest, type SipRequest } from '#main/telephony/sip/message/sip-message'
import type { ClientTransaction, ClientUser } from '#main/telephony/sip/transaction/client-transaction'
import { createTransactionLayer, type TransactionLayer } from '#main/telephony/sip/transaction/transaction-layer'
import { createMessageTransport } from '#main/telephony/sip/transport/message-transport'
import { createStreamWire } from '#main/telephony/sip/transport/stream-wire'
import { createUdpWire } from '#main/telephony/sip/transport/udp-wire'
import type { Endpoint, SipWire } from '#main/telephony/sip/transport/wire'
import type { Clock } from '#shared/base/clock'
import type { Log } from '#shared/base/log'
import { err, ok, type Result } from '#shared/base/result'
import { createFloodGate } from './flood-gate'

/** The centre's end of SIP over one transport, on the seat's own layers: messages in, requests out. What they mean is for `receive`. */
export interface SipEnd {
  readonly protocol: 'UDP' | 'TCP'
  open(): Promise<Result<number, string>>
  /** Straight to where the device is known to be: names and Contacts behind translators of addresses lead nowhere. */
  request(request: SipRequest, to: Endpoint, user: ClientUser): ClientTransaction
  cancel(cancel: SipRequest, to: Endpoint): void
  acknowledge(ack: SipRequest, to: Endpoint): void
  counts(): {
    readonly received: number
    readonly malformed: number
    readonly faults: number
    readonly flooded: number
    readonly transactions: number
  }
  close(): void
}

/** A request that is new here, and the two ways to answer it. */
export interface Incoming {
  readonly request: ReceivedRequest
  readonly source: Endpoint
  readonly end: SipEnd
  /** Remembered until it cannot be repeated any more (RFC 3261 §17.2): for those who are known. */
  answer(status: number, headers?: readonly Header[], reason?: string): void
  /** §8.2.7: leaves nothing behind. For strangers, who may be many. */
  turnAway(status: number, headers?: readonly Header[], reason?: string): void
}

export interface SipEndParts {
  readonly protocol: 'UDP' | 'TCP'
  readonly address: string
  readonly port: number
  /** What devices are told in Via. */
  readonly advertised: string
  readonly clock: Clock
  readonly log: Log
  readonly token: () => string
  readonly product: string
  /** Messages of one address. */
  readonly mostPerSecond: number
  receive(incoming: Incoming): void
}

const mostTransactions = 8_000
const mostConnections = 2_000

export function createSipEnd(parts: SipEndParts): SipEnd {
  const { protocol, clock, product } = parts
  const log = parts.log.child({ room: 'gb28181', protocol })
  const gate = createFloodGate(parts.mostPerSecond, clock)
  let wire: SipWire
  let port = parts.port
  const transport = createMessageTransport({
    ...{ wire: () => wire, clock, log },
    // What devices say is plain to read at the network; here nothing of it is kept.
    trace: { record: () => {}, entries: () => [] },
    user: {
      onRequest: (request, source) => layer.receiveRequest(request, source),
      onResponse: (response) => layer.receiveResponse(response),
      onDown: (failure) => log.error('the socket for cameras was lost', { code: failure.code }),
      onSettled: () => {},
    },
  })
  const named = <M extends { readonly headers: readonly Header[] }>(message: M, name: string): M => ({
    ...message,
    headers: [...message.headers, { name, value: product }],
  })
  const layer: TransactionLayer = createTransactionLayer({
    ...{ clock, token: parts.token, isReliable: () => protocol !== 'UDP', protocol: () => protocol },
    local: () => ({ address: parts.advertised, port }),
    sendRequest: (request, to, onFailure) => transport.sendRequest(named(request, 'user-agent'), to, onFailure),
    sendResponse: (response, request, source) => transport.sendResponse(named(response, 'server'), request.via, source),
    sendRaw: (bytes, to) => transport.sendRaw(bytes, to),
    onRequest: (request, source) => receive(request, source),
    onStrayResponse: () => {},
  })
  function receive(request: ReceivedRequest, source: Endpoint) {
    if (request.method === 'ACK') return
    const toTag = tagOf(request)
    const turnAway: Incoming['turnAway'] = (status, headers = [], reason) =>
      layer.answerStateless(respond(request, status, { toTag, headers, ...(reason !== undefined && { reason }) }), request, source)
    if (layer.size() >= mostTransactions) return turnAway(503, headersOf([['retry-after', '10']]))
    parts.receive({
      ...{ request, source, end, turnAway },
      // Kept for half a minute, and of a repeated request nobody reads the body again: 64 KiB each would add up.
      answer: (status, headers = [], reason) =>
        layer
          .accept({ ...request, body: noBody }, source)
          .respond(respond(request, status, { toTag, headers, ...(reason !== undefined && { reason }) })),
    })
  }
  const end: SipEnd = {
    protocol,
    async open() {
      const events: typeof transport.events = {
        ...transport.events,
        onBytes: (bytes, source) => gate.admits(source.address) && transport.events.onBytes(bytes, source),
      }
      wire =
        protocol === 'UDP'
          ? createUdpWire({ localAddress: parts.address, localPort: parts.port }, events)
          : createStreamWire(
              {
                ...{ protocol: 'TCP', localAddress: parts.address, listenPort: parts.port, isServer: true, mostConnections },
                ...{ trustedAuthorities: null, clock },
              },
              events,
            )
      const opened = await wire.open({ address: parts.address, port: 0 })
      if (!opened.ok) return err(`${opened.error.code} ${opened.error.message}`)
      port = opened.value.port
      return ok(port)
    },
    request: (request, to, user) => layer.request(request, to, user),
    cancel: (cancel, to) => layer.cancel(cancel, to, { onResponse: () => {}, onTimeout: () => {}, onTransportFailure: () => {} }),
    acknowledge: (ack, to) => layer.sendAck(ack, to),
    counts: () => {
      const { received, malformed, faults } = transport.counts
      return { received, malformed, faults, flooded: gate.turnedAway(), transactions: layer.size() }
    },
    close: () => {
      layer.stop()
      wire?.close()
    },
  }
  return end
}

/** The same request, repeated, is given the same tag (RFC 3261 §8.2.7). */
function tagOf({ callId, sequence, from }: ReceivedRequest): string {
  return createHash('sha256').update(`${callId} ${sequence} ${from.parameters.tag}`).digest('hex').slice(0, 16)
}

/** A request outside a dialog (RFC 3261 §8.1.1). */
export function newRequest(
  method: string,
  parts: {
    readonly uri: string
    readonly from: string
    readonly to: string
    readonly fromTag: string
    readonly callId: string
    readonly headers?: readonly (readonly [name: string, value: string | null])[]
    readonly body?: Buffer
  },
): SipRequest {
  return {
    ...{ kind: 'request', method, uri: parts.uri, body: parts.body ?? noBody },
    headers: headersOf([
      ['max-forwards', '70'],
      ['from', `<${parts.from}>;tag=${parts.fromTag}`],
      ['to', `<${parts.to}>`],
      ['call-id', parts.callId],
      ['cseq', `1 ${method}`],
      ...(parts.headers ?? []),
    ]),
  }
}
